// What a call to Prisjakt goes out with: the way out, and what the client proves itself by.
import type { Http } from "../destination.ts";

/** Client ID and secret go with every call but the creation of one event, which needs neither. */
export interface Access {
  http: Http;
  clientId: string;
  clientSecret: string;
}
/** All but the creation of one event asks for both. */
export const mayRead = ({ clientId, clientSecret }: Pick<Access, "clientId" | "clientSecret">): boolean =>
  clientId !== "" && clientSecret !== "";
