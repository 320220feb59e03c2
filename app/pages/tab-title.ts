// Names the tab, and App Bridge's title bar with it, by the page's headline: in its language, also where the page is a trouble's.
import { useLocation } from "@remix-run/react";
import { useLayoutEffect } from "react";

/** Stands behind the page: it is drawn anew when one comes to another. */
export function TabTitle() {
  useLocation();
  useLayoutEffect(() => {
    const headline = document.querySelector("h1")?.textContent;
    if (headline) document.title = headline === "Switchyard" ? headline : `${headline} · Switchyard`;
  });
  return null;
}
