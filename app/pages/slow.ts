// Is the way to another page longer than a moment? Then what stands there gives way to the outline of the next.
import { useLocation, useNavigation } from "@remix-run/react";
import { useEffect, useState } from "react";

const A_MOMENT = 300;

export function useSlow(): boolean {
  const { pathname } = useLocation();
  const { state, location } = useNavigation();
  const leaving = state === "loading" && location.pathname !== pathname;
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!leaving) return;
    const timer = setTimeout(() => setSlow(true), A_MOMENT);
    return () => clearTimeout(timer);
  }, [leaving]);
  return leaving && slow;
}
