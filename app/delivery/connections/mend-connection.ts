// Does at the vendor what the test of a connection offered, and tests it again.
import { SaidNo } from "../../destinations/answer.ts";
import type { Finding } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import { because } from "../reasons.ts";
import type { Road } from "../road.ts";
import { openConnection } from "./open-connection.ts";
import { switchConnection } from "./switch-connection.ts";
import { testConnection } from "./test-connection.ts";

/** With the stored settings. What the vendor had closed is tried at once where it is mended. */
export async function mendConnection(road: Road, shop: string, id: string, what: string): Promise<Finding[]> {
  const connection = await openConnection(road, id);
  if (connection?.shop !== shop || !connection.sheet.mend) return [{ ok: false, says: because("nothing_to_mend") }];
  const { sheet, settings, pacedHttp } = connection;
  try {
    await sheet.mend?.(what, settings, pacedHttp);
  } catch (error) {
    if (!(error instanceof SaidNo || error instanceof NothingSent || error instanceof AnswerLost)) throw error;
    return [
      {
        ok: false,
        says: because("not_mended", { vendor: sheet.name, words: error.why }),
      },
    ];
  }
  if (connection.state === "on") await switchConnection(road, shop, id, "on");
  return testConnection(road, shop, { id, destination: sheet.slug, settings });
}
