// Facts in pairs of a name and a value.
import type { ReactNode } from "react";

export const Facts = ({ children }: { children: ReactNode }) => <dl className="facts times">{children}</dl>;

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
