// Files of the pages whose texts are not in the catalogue yet; a file that is leaves this list.
export const NOT_CONVERTED: string[] = [
  "app/pages/attention/AllCard.tsx",
  "app/pages/attention/AttentionCard.tsx",
  "app/pages/attention/Decide.tsx",
  "app/pages/attention/DismissedCard.tsx",
  "app/pages/attention/NeedsCard.tsx",
  "app/pages/attention/ReplayCard.tsx",
  "app/pages/attention/UnreadableCard.tsx",
  "app/pages/connection/state.ts",
  "app/pages/home/DestinationTable.tsx",
  "app/pages/home/headline.ts",
  "app/pages/home/shopify-side.ts",
  "app/pages/settings/AlertUrlCard.tsx",
  "app/pages/storefront/StorefrontCard.tsx",
  "app/routes/app._index.tsx",
  "app/routes/app.attention.tsx",
];
