// Names the tab, and App Bridge's title bar with it, by the page's headline: in its language, also where the page is a trouble's.
import { useEffect } from "react";

/** For the frame of all pages: it is drawn anew when one comes to another page. */
export function useTabTitle(): void {
  useEffect(() => {
    const headline = document.querySelector("h1")?.textContent;
    if (headline) document.title = headline === "Switchyard" ? headline : `${headline} · Switchyard`;
  });
}
