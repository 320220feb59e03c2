// App Bridge's own elements, as React sees them, and what it hangs on the window.
import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Own = DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>;

declare module "react" {
  interface ButtonHTMLAttributes<T> {
    /** Of a save bar: the button that saves. */
    variant?: "primary";
    loading?: "" | undefined;
  }
  namespace JSX {
    interface IntrinsicElements {
      "ui-nav-menu": Own;
      "ui-save-bar": Own;
    }
  }
}

declare global {
  interface Window {
    /** Absent where the page stands outside of Shopify's admin. */
    shopify?: { saveBar?: { show(id: string): Promise<void>; hide(id: string): Promise<void> } };
  }
}
