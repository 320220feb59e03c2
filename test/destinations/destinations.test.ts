// Every destination's examples hold, and every data sheet is whole.
import { parse } from "lossless-json";
import { afterEach, expect, test, vi } from "vitest";
import { jsonOf } from "../../app/destinations/body.ts";
import type { Answer, Destination, Http, Request } from "../../app/destinations/destination.ts";
import type { Example, ExampleAnswer, ExampleRequest, Examples } from "../../app/destinations/example.ts";
import { destinations } from "../../app/destinations/index.ts";
import type { Event } from "../../app/events/event.ts";
import { destinationOf } from "../support/destination-of.ts";
import { asTold } from "../support/told.ts";

const files = import.meta.glob<{ default: Examples }>(
  ["../../app/destinations/*/examples.ts", "../../app/destinations/*/examples/index.ts"],
  { eager: true },
);
const bySlug = new Map(Object.entries(files).map(([path, file]) => [path.split("/")[4], file.default]));

afterEach(() => {
  vi.useRealTimers();
});

/** As it would travel: numbers keep the digits they are written with, and what is undefined is gone. */
const written = (value: unknown) => parse(JSON.stringify(value ?? null));

function answerOf({
  status,
  headers,
  json,
  text = json === undefined ? "" : JSON.stringify(json),
}: ExampleAnswer): Answer {
  return { status, headers: new Headers(headers), text, json: jsonOf(text) };
}

function pathOf({ path, query = {} }: Request): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/** A vendor that gives the example's answers in turn; `asked` is what it heard. */
function vendor(destination: Destination, settings: Record<string, string>, answers: ExampleAnswer[]) {
  const asked: ExampleRequest[] = [];
  const left = [...answers];
  const http: Http = async (request) => {
    const headers = { ...destination.headers(settings), ...request.headers };
    asked.push({ method: request.method, path: pathOf(request), headers, json: request.json });
    const answer = left.shift();
    if (!answer) throw new Error(`the example has no answer to ${request.method} ${pathOf(request)}`);
    return answerOf(answer);
  };
  return { http, asked, left };
}

/** All fields of the sheet: what is given, else its default, else nothing. */
function settingsOf(destination: Destination, given: Record<string, string>): Record<string, string> {
  const unset = Object.entries(destination.fields).map(([name, field]) => [name, field.default ?? ""]);
  return { ...Object.fromEntries(unset), ...given };
}

function said(destination: Destination, event: Event, settings: Record<string, string>) {
  const say = destination.on[event.kind] as ((event: Event, settings: object) => unknown) | undefined;
  if (!say) throw new Error(`${destination.slug} does not take ${event.kind}`);
  return say(event, settings);
}

async function hold(destination: Destination, example: Example, settings: Record<string, string>) {
  if ("skips" in example)
    return expect(asTold(said(destination, example.event, settings))).toEqual({ skip: example.skips });
  if ("sends" in example) {
    const messages = [said(destination, example.event, settings)].flat();
    return expect(written(messages)).toEqual(written(example.sends));
  }
  if ("inDoubt" in example) {
    return expect(destination.inDoubt(example.channel, example.age, settings)).toBe(example.inDoubt);
  }
  if ("needs" in example) {
    const needs = destination.prepare?.needs(example.message, example.event);
    return expect(written(needs)).toEqual(written(example.needs));
  }
  const { http, asked, left } = vendor(destination, settings, example.answers);
  await converse(destination, example, settings, http);
  const heard = asked.map((request, at) => ({ ...request, headers: example.requests[at]?.headers && request.headers }));
  expect(written(heard)).toEqual(written(example.requests));
  expect(left).toEqual([]);
}

type Conversation = Extract<Example, { answers: ExampleAnswer[] }>;

async function converse(destination: Destination, example: Conversation, settings: Record<string, string>, http: Http) {
  if ("outcomes" in example) {
    const outcomes = await destination.send(example.channel, example.messages, settings, http);
    expect(asTold(outcomes)).toEqual(example.outcomes);
  } else if ("found" in example) {
    const since = new Date(example.since);
    const found = await destination.lookUp?.(example.channel, example.lookUp, since, settings, http);
    expect(found).toEqual(example.found);
  } else if ("declares" in example) {
    const refused = new Map(Object.entries(example.refused ?? {}));
    const declared = await destination.prepare?.declare(example.declares, settings, http);
    const toldRefused = new Map([...(declared?.refused ?? [])].map(([key, reason]) => [key, asTold(reason)]));
    expect({ ...asTold({ ...declared, refused: null }), refused: toldRefused }).toEqual({
      outcome: example.outcome,
      refused,
    });
  } else if ("checks" in example) {
    expect(asTold(await destination.check(settings, http))).toEqual(example.checks);
  } else if ("reports" in example) {
    expect(asTold(await destination.report?.(example.range, settings, http))).toEqual(example.reports);
  } else {
    expect(asTold(await destination.forget?.(example.forgets, settings, http))).toEqual(example.outcome);
  }
}

for (const destination of destinations) {
  const examples = bySlug.get(destination.slug);

  test(`${destination.slug} has examples of what it sends, what it skips and how it hears an answer`, () => {
    const cases = examples?.cases ?? [];
    expect(cases.some((example) => "sends" in example)).toBe(true);
    expect(cases.some((example) => "skips" in example)).toBe(true);
    expect(cases.some((example) => "outcomes" in example)).toBe(true);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  test(`${destination.slug} has an example of every event that it takes`, () => {
    const shown = (examples?.cases ?? []).flatMap((example) =>
      "sends" in example || "skips" in example ? [example.event.kind] : [],
    );
    expect(Object.keys(destination.on).filter((kind) => !shown.includes(kind as Event["kind"]))).toEqual([]);
  });

  for (const example of examples?.cases ?? []) {
    test(`${destination.slug}: ${example.name}`, async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: new Date(examples?.now ?? "") });
      const settings = settingsOf(destination, { ...examples?.settings, ...example.settings });
      await hold(destination, example, settings);
    });
  }

  test(`${destination.slug}'s data sheet is whole`, () => {
    const settings = settingsOf(destination, examples?.settings ?? {});
    for (const text of [destination.name, destination.about]) expect(text).toMatch(/\S/);
    expect(destination.docs).toMatch(/^https:\/\//);
    expect(destination.baseUrl(settings)).toMatch(/^https:\/\//);
    expect(destination.account(settings)).toMatch(/\S/);
    for (const { requests } of destination.budgets) expect(requests).toBeGreaterThan(0);
    expect(destination.window ?? 1).toBeGreaterThan(0);
    for (const { batch, bytes = 1 } of Object.values(destination.channels)) {
      expect(batch).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThan(0);
    }
  });

  test(`${destination.slug}'s fields have a label, a default that fits, and secrets are marked as such`, () => {
    for (const [name, field] of Object.entries(destination.fields)) {
      expect(field.label, name).toMatch(/\S/);
      if (/secret|key$|password|token/i.test(name)) expect(field.secret, name).toBe(true);
      if (field.choices) expect(Object.keys(field.choices), name).toContain(field.default);
      if (field.secret) expect(field.default, name).toBeUndefined();
      if (field.default && field.pattern) expect(field.default).toMatch(field.pattern.matches);
      if (field.pattern) expect(field.pattern.says, name).toMatch(/\S/);
    }
  });

  test(`${destination.slug}'s examples use settings that its form would take`, () => {
    const shared = examples?.settings ?? {};
    for (const [name, value] of Object.entries(shared)) {
      const field = destination.fields[name];
      expect(field, `${name} is a field`).toBeDefined();
      if (field?.pattern) expect(value).toMatch(field.pattern.matches);
    }
    const needed = Object.entries(destination.fields).filter(([, field]) => !field.optional && !field.default);
    expect(needed.map(([name]) => name).filter((name) => !shared[name])).toEqual([]);
  });
}

test("no two destinations have the same name for the road, and all examples belong to one that is listed", () => {
  expect(new Set(destinations.map(({ slug }) => slug)).size).toBe(destinations.length);
  expect([...bySlug.keys()].filter((slug) => !destinationOf(slug ?? ""))).toEqual([]);
});
