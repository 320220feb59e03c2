// Who did something, as the pages tell it: Shopify names a user to an app by a number only.

/** "by you", "by user 42 of your staff"; "by somebody" where it was not kept. */
export const byWhom = (by: string | null, me: string): string =>
  by === null ? "by somebody" : by === me ? "by you" : `by user ${by} of your staff`;

/** The same at the beginning of a sentence. */
export const whoDid = (by: string, me: string): string =>
  by === me ? "You, in another tab or before," : `User ${by} of your staff`;
