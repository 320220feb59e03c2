// The file that was made of a person's request, to download; that somebody did is written down first.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { dataFile } from "../delivery/people/data-requests.ts";
import { noteLook } from "../delivery/people/looks.ts";

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { session, sessionToken } = await context.shopify.authenticate.admin(request);
  const { road } = context;
  const id = params.id ?? "";
  const file = await dataFile(road, session.shop, id);
  if (!file) throw new Response("There is no such file.", { status: 404 });
  await noteLook(road, session.shop, sessionToken.sub, { what: "file", of: id, about: file.about });
  return new Response(file.json, {
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": `attachment; filename="data-request-${id}.json"`,
    },
  });
}
