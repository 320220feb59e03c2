// Which variants and images a product has lost: Shopify tells a product as it is, never what was taken out of it.
import type { Product } from "./catalog.ts";
import type { Id, Time } from "./facts.ts";
import { field, objects, ownId } from "./fields.ts";
import type { Fields } from "./json.ts";
import type { Heard, Known, Snapshot } from "./reading.ts";
import { deletedVersion, utc } from "./version.ts";
import { productKey, type Ware, wareOf } from "./wares.ts";

/** All variants, or all images, that were ever seen of a product. */
interface Seen {
  there: Id[];
  /** With the time of the first state that was without it. */
  gone: Record<Id, Time>;
}
/** What a snapshot of kind "product" holds. */
type KnownProduct = Record<"variants" | "images", Seen> & { ware?: Ware };
type Lost = Pick<Product, "goneVariantIds" | "goneImageIds">;

// The update that took it out may be superseded, or expire while a connection is paused: so long every later one tells it too.
const toldFor = 30 * 24 * 60 * 60 * 1000;
/** As many variants as Shopify lets a product have. */
const mostGone = 2_048;
/** Of more variants than these, products/* carry the first in full, and all in `variant_gids` (Shopify, "Using the latest GraphQL product APIs"). */
const mostInFull = 100;
const nothing: KnownProduct = { variants: { there: [], gone: {} }, images: { there: [], gone: {} } };

/** What the product has lost lately, and what to remember of it. A state that is older than the one last seen says nothing of that. */
export function lostParts(
  product: Product,
  body: Fields,
  version: string,
  updatedAt: Time,
  known: Known,
): { lost: Lost; snapshots: Snapshot[] } {
  const key = productKey(product.id);
  const before = known(key);
  if (before && before.version > version) return { lost: {}, snapshots: [] };
  const was = (before?.data as KnownProduct | undefined) ?? nothing;
  const data: KnownProduct = {
    variants: after(was.variants, variantsIn(body), utc(updatedAt)),
    images: after(was.images, idsIn(body, "images"), utc(updatedAt)),
    ware: wareOf(product),
  };
  const [goneVariantIds, goneImageIds] = [data.variants, data.images].map(({ gone }) => Object.keys(gone).sort());
  return {
    lost: {
      ...(goneVariantIds?.length ? { goneVariantIds } : {}),
      ...(goneImageIds?.length ? { goneImageIds } : {}),
    },
    snapshots: [{ ...key, version, data, expiresAt: null }],
  };
}

/** A product that is deleted: remembered only until no late update of it can come any more. */
export const deletedParts = (id: Id, heard: Heard): Snapshot => ({
  ...productKey(id),
  version: deletedVersion(heard),
  data: nothing,
  expiresAt: new Date(Date.parse(heard.heardAt) + toldFor).toISOString(),
});

/** @param there null: not known, so nothing is taken for gone that may be there. */
function after(was: Seen, there: Id[] | null, at: Time): Seen {
  const now = new Set(there ?? was.there);
  const gone = [...Object.entries(was.gone), ...was.there.map((id): [Id, Time] => [id, at])]
    .filter(([id, since]) => !now.has(id) && Date.parse(at) - Date.parse(since) < toldFor)
    .sort(([, one], [, other]) => other.localeCompare(one))
    .slice(0, mostGone);
  return { there: [...now], gone: Object.fromEntries(gone) };
}

function variantsIn(body: Fields): Id[] | null {
  const told = idsIn(body, "variants");
  const all = idsIn(body, "variant_gids");
  if (all?.length) return [...all, ...(told ?? [])];
  // A product has a variant at least.
  return told && told.length > 0 && told.length < mostInFull ? told : null;
}

/** null where there is no list, or one of it has no id that can be read. */
function idsIn(body: Fields, name: string): Id[] | null {
  const list = field(body, name);
  const ids = objects(body, name).flatMap((one) => ownId(one) ?? []);
  return Array.isArray(list) && ids.length === list.length ? ids : null;
}
