// Reads what was posted to a page: text, and nothing that the database could not keep.
/** No page makes such a form: the words are for whoever did; what a person sees is pages/Trouble.tsx. */
const REFUSED = { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } };

/** @throws Response 400 for what is no form, for a file, and for U+0000 in a name or a value */
export async function readForm(request: Request): Promise<FormData> {
  const form = await request.formData().catch((cause: unknown) => {
    // A TypeError is a type or a body that is no form's; the browser that broke off hears nothing anyway.
    if (cause instanceof Error) throw new Response("The form cannot be read.", REFUSED);
    throw cause;
  });
  for (const [name, value] of form) {
    if (typeof value !== "string") throw new Response("The page takes no files.", REFUSED);
    if (`${name}${value}`.includes("\0"))
      throw new Response("The form holds a character that cannot be kept (U+0000).", REFUSED);
  }
  return form;
}
