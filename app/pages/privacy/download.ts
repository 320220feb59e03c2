// Fetches a file as App Bridge lets it, with a session token, and hands it to the browser to keep.

/** @returns why there is none. */
export async function download(path: string, name: string): Promise<"gone" | "away" | null> {
  try {
    const answer = await fetch(path);
    if (!answer.ok) return "gone";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    return null;
  } catch {
    return "away";
  }
}
