// The vendors' control over HTTP: what each counted, and how each shall behave.
import { isMode, type Misbehaviour } from "./misbehave.ts";
import { byRoute, type Call, isObject, type Reply, readJson, type Vendor } from "./vendor.ts";

/** What stands behind the server and its control. */
export interface House {
  now(): number;
  budgets: boolean;
  vendors: Map<string, { vendor: Vendor; misbehaviour: Misbehaviour }>;
  moveClock(milliseconds: number): void;
}

const ok = (json: unknown): Reply => ({ status: 200, json });
const no = (status: number, error: string): Reply => ({ status, json: { error } });

export function answerControl(house: House, call: Call): Reply {
  const summary = (slug: string) => {
    const { vendor, misbehaviour } = house.vendors.get(slug) ?? {};
    const { entries: _entries, last: _last, breaches = [], ...rest } = vendor?.ledger.view() ?? {};
    return { mode: misbehaviour?.now() ?? null, ...rest, breaches: breaches.length };
  };
  const reply = byRoute(
    [
      ["GET", /^\/$/, () => ok(stateOf(house, summary))],
      ["POST", /^\/clock$/, () => moveClock(house, call)],
      [
        "GET",
        /^\/([^/]+)$/,
        (_call, [slug = ""]) => {
          const found = house.vendors.get(slug);
          return found
            ? ok({ slug, mode: found.misbehaviour.now(), ...found.vendor.ledger.view() })
            : no(404, "there is no such vendor");
        },
      ],
      ["POST", /^\/([^/]+)$/, (_call, [slug = ""]) => setMode(house, slug, call)],
    ],
    call,
  );
  return reply ?? no(404, "there is nothing at this path");
}

const stateOf = (house: House, summary: (slug: string) => object) => ({
  now: new Date(house.now()).toISOString(),
  budgets: house.budgets,
  vendors: Object.fromEntries([...house.vendors.keys()].map((slug) => [slug, summary(slug)])),
});

function bodyOf(call: Call): Record<string, unknown> {
  try {
    const body = readJson(call.body);
    return isObject(body) ? body : {};
  } catch {
    // Said by the caller, as a wrong value.
    return {};
  }
}

function setMode(house: House, slug: string, call: Call): Reply {
  const found = house.vendors.get(slug);
  const { mode, times } = bodyOf(call);
  if (!found) return no(404, "there is no such vendor");
  if (mode !== null && !isMode(mode)) return no(400, "mode must be one of the documented ones, or null");
  if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0)) return no(400, "times must be 1 or more");
  found.misbehaviour.set(mode, times === undefined ? undefined : Number(times));
  return ok({ slug, mode });
}

function moveClock(house: House, call: Call): Reply {
  const { forward } = bodyOf(call);
  if (!Number.isFinite(forward)) return no(400, "forward must be a number of milliseconds");
  house.moveClock(Number(forward));
  return ok({ now: new Date(house.now()).toISOString() });
}
