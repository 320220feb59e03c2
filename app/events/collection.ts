// Reads collections.
import type { Collection } from "./catalog.ts";
import type { Event } from "./event.ts";
import { must, ownId, text, time } from "./fields.ts";
import type { Fields } from "./json.ts";
import { subjectOf } from "./keys.ts";
import type { Heard, Reading } from "./reading.ts";
import { deletedVersion, frame, stateKey, version, when } from "./version.ts";

/** collections/create, collections/update. @throws Unreadable */
export function readCollection(body: Fields, heard: Heard): Reading {
  const collection: Collection = {
    id: must(ownId, body, "id", "an_id"),
    title: text(body, "title") ?? "",
    handle: text(body, "handle"),
    descriptionHtml: text(body, "body_html"),
    publishedAt: time(body, "published_at"),
    updatedAt: time(body, "updated_at"),
  };
  const subject = subjectOf("collection", collection.id);
  const updatedAt = when(heard, collection.updatedAt);
  const event: Event = {
    kind: "collection.saved",
    key: stateKey(subject, updatedAt, collection),
    subject,
    occurredAt: updatedAt,
    version: version(heard, updatedAt),
    ...frame(heard, collection.updatedAt),
    collection,
  };
  return { is: "events", needs: [], normalize: () => ({ events: [event], snapshots: [] }) };
}

/** collections/delete. @throws Unreadable */
export function readCollectionDeleted(body: Fields, heard: Heard): Reading {
  const collectionId = must(ownId, body, "id", "an_id");
  const event: Event = {
    kind: "collection.deleted",
    key: `collection:${collectionId}@deleted`,
    subject: subjectOf("collection", collectionId),
    occurredAt: when(heard),
    version: deletedVersion(heard),
    ...frame(heard),
    collectionId,
  };
  return { is: "events", needs: [], normalize: () => ({ events: [event], snapshots: [] }) };
}
