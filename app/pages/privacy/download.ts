// Fetches a file as App Bridge lets it, with a session token, and hands it to the browser to keep.

/** @returns a sentence where there is none. */
export async function download(path: string, name: string): Promise<string | null> {
  try {
    const answer = await fetch(path);
    if (!answer.ok) return "There is no such file any more.";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    return null;
  } catch {
    return "Switchyard did not answer. Try again in a moment.";
  }
}
