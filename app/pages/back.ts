// Back leads to where one came from, as it was left; to a page that fits where one came from outside.
import { useNavigate } from "@remix-run/react";

interface Way {
  content: string;
  url: string;
}

/** @param otherwise for who opened the page by its address. @returns a Page's backAction. */
export function useBack(otherwise: Way): { content: string; onAction: () => void } {
  const navigate = useNavigate();
  return {
    content: otherwise.content,
    onAction: () => {
      // The router numbers the pages that it has led to.
      const { idx } = (window.history.state ?? {}) as { idx?: number };
      if (idx) navigate(-1);
      else navigate(otherwise.url);
    },
  };
}
