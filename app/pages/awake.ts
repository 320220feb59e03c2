// Has the browser taken the page over? What only it can say would differ from what the server drew: names by its own language data.
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** false while the server draws, and for the first drawing of the browser. */
export const useAwake = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
