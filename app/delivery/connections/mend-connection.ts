// Does at the vendor what the test of a connection offered, and tests it again.
import { NotAsDocumented, SaidNo } from "../../destinations/answer.ts";
import type { Finding } from "../../destinations/destination.ts";
import { AnswerLost, NothingSent } from "../../destinations/http.ts";
import type { Road } from "../road.ts";
import { openConnection } from "./open-connection.ts";
import { switchConnection } from "./switch-connection.ts";
import { testConnection } from "./test-connection.ts";

/** With the stored settings. What the vendor had closed is tried at once where it is mended. */
export async function mendConnection(road: Road, shop: string, id: string, what: string): Promise<Finding[]> {
  const connection = await openConnection(road, id);
  if (connection?.shop !== shop || !connection.sheet.mend)
    return [{ ok: false, says: "there is nothing to mend here" }];
  const { sheet, settings, pacedHttp } = connection;
  try {
    await sheet.mend?.(what, settings, pacedHttp);
  } catch (error) {
    const told = [SaidNo, NotAsDocumented, NothingSent, AnswerLost].some((kind) => error instanceof kind);
    if (!told || !(error instanceof Error)) throw error;
    return [{ ok: false, says: `${sheet.name} did not do it. ${error.message}.` }];
  }
  if (connection.state === "on") await switchConnection(road, shop, id, "on");
  return testConnection(road, shop, { id, destination: sheet.slug, settings });
}
