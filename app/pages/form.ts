// Reads what was posted to a page: text, and nothing that the database could not keep.
/** No page makes such a form: the code is for whoever did; what a person sees is pages/Trouble.tsx. */
const no = (code: string) =>
  new Response(code, { status: 400, headers: { "content-type": "text/plain; charset=utf-8" } });

/** @throws Response 400 for what is no form, for a file, and for U+0000 in a name or a value */
export async function readForm(request: Request): Promise<FormData> {
  const form = await request.formData().catch((cause: unknown) => {
    // A TypeError is a type or a body that is no form's; the browser that broke off hears nothing anyway.
    if (cause instanceof Error) throw no("form_unreadable");
    throw cause;
  });
  for (const [name, value] of form) {
    if (typeof value !== "string") throw no("form_with_a_file");
    if (`${name}${value}`.includes("\0")) throw no("form_with_u0000");
  }
  return form;
}
