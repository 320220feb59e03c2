// What ShopiMind's API only lets us read: contacts, which it makes of customers itself, and carts.
import { fitting } from "../answer.ts";
import type { Http } from "../destination.ts";
import { type Listed, listed, type Page, queryOf } from "./envelopes.ts";

const get = async (http: Http, path: string, asked: object): Promise<Listed> =>
  fitting(listed, await http({ method: "GET", path: `/v1/${path}`, query: queryOf(asked) }));

/** The quickstart lists contacts by this path, the SDK finds one by an identifier; both are asked this way. */
export const listContacts = (
  http: Http,
  asked: Page & { id_shop_contact?: number; id_customer_shop?: string; contact_data_email?: string } = {},
) => get(http, "contacts", asked);
/** The path by which the SDK lists all contacts. */
export const listAllContacts = (http: Http, page: Page = {}) => get(http, "contacts/all", page);
export const listsOf = (http: Http, contactId: number) => get(http, `contacts/${contactId}/lists`, {});
export const tagsOf = (http: Http, contactId: number) => get(http, `contacts/${contactId}/tags`, {});
export const customDataOf = (http: Http, contactId: number) =>
  get(http, `contacts/${contactId}/custom-data-definitions`, {});
export const consentHistory = (http: Http, page: Page = {}) => get(http, "contact-consent-history", page);
export const rejectedMessages = (http: Http, page: Page = {}) => get(http, "contact-messages-reject", page);
/** In progress, abandoned and converted. There is no call that writes one. */
export const listCarts = (http: Http, page: Page = {}) => get(http, "carts", page);
