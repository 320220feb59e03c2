// The ways in which the stand-in for Shopify can be made to fail, for its tokens and for its Admin API apart.

/** What each does. */
const TROUBLES = {
  down: "Cuts the connection before it reads",
  hang: "Takes the request and never answers",
  slow: "Answers after three seconds",
  lost: "Does the work, and the answer is lost",
  throttled: "Answers 200 with THROTTLED, whatever is left in the bucket",
  "429": "Answers 429, come back in two seconds",
  "400": "Answers 400",
  "401": "Does not take the token",
  "402": "The shop is frozen",
  "403": "Does not let the app in",
  "423": "The shop is locked",
  "500": "Answers 500",
  "502": "Answers 502 with a web page",
  "503": "Answers 503",
  nonsense: "Answers 200 with a web page",
} as const;
export type Trouble = keyof typeof TROUBLES;
export type Place = "token" | "graphql" | "file";
export const isTrouble = (text: unknown): text is Trouble => typeof text === "string" && Object.hasOwn(TROUBLES, text);

/** How an answer leaves; the server does what only a connection can. */
export type Manner = "at once" | "late" | "never" | "cut";
export interface Met {
  trouble: Trouble | null;
  manner: Manner;
}
export type Troubles = ReturnType<typeof openTroubles>;

export function openTroubles() {
  const now = new Map<Place, { trouble: Trouble; left: number }>();
  return {
    /** null: well again. With `times` it heals by itself after so many requests. */
    set(place: Place, trouble: Trouble | null, times = Number.POSITIVE_INFINITY) {
      if (trouble) now.set(place, { trouble, left: times });
      else now.delete(place);
    },
    next(place: Place): Met {
      const met = now.get(place);
      if (!met) return { trouble: null, manner: "at once" };
      met.left -= 1;
      if (met.left <= 0) now.delete(place);
      return { trouble: met.trouble, manner: mannerOf(met.trouble) };
    },
  };
}

function mannerOf(trouble: Trouble): Manner {
  if (trouble === "hang") return "never";
  if (trouble === "down" || trouble === "lost") return "cut";
  return trouble === "slow" ? "late" : "at once";
}

/** What is answered in place of the work; null where the work is done all the same. */
export function insteadOf(trouble: Trouble | null): Response | null {
  if (trouble === null || ["slow", "lost", "throttled"].includes(trouble)) return null;
  if (trouble === "nonsense" || trouble === "502")
    return new Response("<!doctype html><title>Shopify</title><p>Something went wrong.", {
      status: trouble === "502" ? 502 : 200,
      headers: { "content-type": "text/html" },
    });
  const headers: Record<string, string> = trouble === "429" ? { "retry-after": "2.0" } : {};
  return Response.json({ errors: TROUBLES[trouble] }, { status: Number(trouble) || 503, headers });
}
