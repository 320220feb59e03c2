// Remembers where a click wanted to go until it is there: where the page's script is gone (a deploy), Remix loads the page that was left anew.
import { createPath, useLocation, useNavigation } from "@remix-run/react";
import { useEffect } from "react";

const KEY = "wanted";
const A_MOMENT = 60_000;

interface Wanted {
  from: string;
  to: string;
  at: number;
}

/** For the frame of all pages. */
export function useWanted(): void {
  const { pathname } = useLocation();
  const { state, location } = useNavigation();
  const to = state === "loading" && createPath(location);
  useEffect(() => keep(to ? { from: pathname, to, at: Date.now() } : null), [pathname, to]);
}

/** Before the page is woken up. @returns true: this is the page that was left, and the browser is on its way to the one that was wanted, this once. */
export function goWhereItWanted(): boolean {
  const wanted = kept();
  if (wanted?.from !== location.pathname) return false;
  keep(null);
  if (Date.now() - wanted.at > A_MOMENT) return false;
  location.replace(location.origin + wanted.to);
  return true;
}

/** A browser that keeps nothing for a framed page loses no more than the click. */
function keep(wanted: Wanted | null): void {
  try {
    if (wanted) sessionStorage.setItem(KEY, JSON.stringify(wanted));
    else sessionStorage.removeItem(KEY);
  } catch {}
}

function kept(): Wanted | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}
