// Customers, products and variants, as GraphQL tells them.
import { createHash } from "node:crypto";
import { connection, type Node, type Paging } from "./connection.ts";
import { cents, type Memory, type Payload, refunded } from "./memory.ts";
import { addressNode, amount, bag, named, tagsOf, utc } from "./nodes.ts";

/** What a customer bought, and whether they want mail, comes of the shop's memory; looked for when it is asked for. */
export function customerNode(
  customer: Payload,
  memory: Memory,
  orders: (of: Payload[], paging: Paging) => unknown,
  bulk: boolean,
): Node {
  let known: Payload[] | undefined;
  const bought = () => {
    known ??= [...memory.orders.values()].flatMap(({ payload }) =>
      payload.customer?.id === customer.id ? [payload] : [],
    );
    return known;
  };
  const spent = () => bought().reduce((sum, order) => sum + cents(order.total_price) - refunded(order), 0);
  const consent = memory.consents.get(String(customer.id))?.email_marketing_consent;
  const wants = () =>
    String(consent?.state ?? (bought().at(-1)?.buyer_accepts_marketing ? "subscribed" : "not_subscribed"));
  const addresses = (customer.addresses ?? [customer.default_address]).filter(Boolean).map(addressNode);
  const marketing = {
    ...{ marketingState: () => wants().toUpperCase(), marketingUpdatedAt: utc(consent?.consent_updated_at) },
    marketingOptInLevel: consent?.opt_in_level?.toUpperCase() ?? null,
  };
  return named("Customer", customer.id, {
    ...{ legacyResourceId: String(customer.id), firstName: customer.first_name, lastName: customer.last_name },
    displayName: `${customer.first_name} ${customer.last_name}`,
    ...{ email: customer.email, phone: customer.phone, note: customer.note, tags: tagsOf(customer.tags) },
    ...{ createdAt: utc(customer.created_at), updatedAt: utc(customer.updated_at), locale: "de" },
    ...{ state: "ENABLED", verifiedEmail: customer.verified_email, taxExempt: customer.tax_exempt },
    ...{ numberOfOrders: () => String(bought().length), amountSpent: () => amount(spent()) },
    defaultEmailAddress: customer.email ? { emailAddress: customer.email, validFormat: true, ...marketing } : null,
    emailMarketingConsent: customer.email ? { ...marketing, consentUpdatedAt: marketing.marketingUpdatedAt } : null,
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone, marketingState: "NOT_SUBSCRIBED" } : null,
    smsMarketingConsent: null,
    defaultAddress: addressNode(customer.default_address),
    addresses: ({ first }: { first?: number }) => addresses.slice(0, first),
    addressesV2: (paging: Paging) => connection(addresses, (one: Node) => one, paging, bulk),
    orders: (paging: Paging) => orders(bought(), paging),
    lastOrder: () => (orders(bought().slice(-1), { first: 1 }) as { nodes: Node[] }).nodes[0] ?? null,
  });
}

export function productNode(product: Payload, bulk: boolean): Node {
  const prices = product.variants.map((one: Payload) => cents(one.price));
  const none = (paging: Paging) => connection([], (one: Node) => one, paging, bulk);
  return named("Product", product.id, {
    ...{ legacyResourceId: String(product.id), title: product.title, handle: product.handle, vendor: product.vendor },
    ...{ productType: product.product_type, status: product.status.toUpperCase(), tags: tagsOf(product.tags) },
    ...{ descriptionHtml: product.body_html, description: product.body_html?.replace(/<[^>]+>/g, "") ?? "" },
    ...{
      createdAt: utc(product.created_at),
      updatedAt: utc(product.updated_at),
      publishedAt: utc(product.published_at),
    },
    totalInventory: product.variants.reduce((sum: number, one: Payload) => sum + one.inventory_quantity, 0),
    ...{
      onlineStoreUrl: `https://sandbox-shop.myshopify.com/products/${product.handle}`,
      featuredMedia: null,
      featuredImage: null,
    },
    ...{ isGiftCard: false, templateSuffix: null, category: null },
    options: (product.options ?? []).map(({ name, values }: Payload) => ({ name, values })),
    priceRangeV2: { minVariantPrice: amount(Math.min(...prices)), maxVariantPrice: amount(Math.max(...prices)) },
    variants: (paging: Paging) =>
      connection(product.variants, (one: Payload) => variantNode(one, product, bulk), paging, bulk),
    images: (paging: Paging) => connection(product.images ?? [], imageNode, paging, bulk),
    ...{ media: none, collections: none },
    metafield: ({ namespace, key }: { namespace?: string; key: string }) => metafieldOf(product.id, namespace, key),
  });
}

export const variantNode = (variant: Payload, product: Payload, bulk: boolean): Node =>
  named("ProductVariant", variant.id, {
    ...{
      legacyResourceId: String(variant.id),
      title: variant.title,
      displayName: `${product.title} - ${variant.title}`,
    },
    ...{ sku: variant.sku, barcode: variant.barcode, price: variant.price, compareAtPrice: variant.compare_at_price },
    ...{
      inventoryQuantity: variant.inventory_quantity,
      position: variant.position,
      availableForSale: true,
      taxable: true,
    },
    inventoryPolicy: (variant.inventory_policy ?? "deny").toUpperCase(),
    image: pictureOf(variant, product),
    ...{ createdAt: utc(variant.created_at), updatedAt: utc(variant.updated_at) },
    selectedOptions: [{ name: "Variant", value: variant.option1 ?? variant.title }],
    inventoryItem: named("InventoryItem", variant.inventory_item_id ?? variant.id, {
      sku: variant.sku,
      tracked: variant.inventory_management !== null,
      unitCost: bag(cents(variant.price) / 2).shopMoney,
    }),
    product: () => productNode(product, bulk),
  });

const imageNode = (image: Payload): Node => named("ProductImage", image.id, { url: image.src, altText: null });

function pictureOf(variant: Payload, product: Payload): Node | null {
  const image = (product.images ?? []).find(({ id }: Payload) => id === variant.image_id);
  return image ? imageNode(image) : null;
}

/** The sandbox's products have one metafield, custom.alana_id: a UUID that is always the same for a product. */
function metafieldOf(id: number, namespace: string | undefined, key: string): Node | null {
  if (`${namespace}.${key}` !== "custom.alana_id") return null;
  const digits = createHash("sha256").update(`gid://shopify/Product/${id}`).digest("hex");
  const value = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5");
  return named("Metafield", id, { namespace, key, value, type: "single_line_text_field" });
}
