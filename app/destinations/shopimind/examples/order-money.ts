// What ShopiMind is told of an order's amounts: lines, shipping, taxes, vouchers.

import type { Example } from "../../example.ts";
import { decimal } from "../../number.ts";
import { amounts, item } from "../../samples.ts";
import { mugs, sent } from "./example-order.ts";

const LONG = "X".repeat(200);

export const orderMoneyExamples: Example[] = [
  sent("a paid order, taxes included: the shipping's tax is what its own lines tell", {}, {}),
  sent(
    "a tax that is told for the order only belongs to no line, nor to the shipping",
    {
      taxesIncluded: false,
      items: [item({ tax: "0" })],
      amounts: amounts({ total: "34.67", tax: "4.77", shippingTax: undefined }),
    },
    {
      products: [{ ...mugs, price_without_tax: decimal("12.50") }],
      amount: decimal("34.67"),
      amount_without_tax: decimal("29.90"),
      shipping_costs_without_tax: decimal("4.90"),
    },
  ),
  sent(
    "a cent that the order's tax was rounded up by is not the shipping's",
    { taxesIncluded: false, items: [item({ tax: "3.99" })], amounts: amounts({ tax: "4.00", shippingTax: undefined }) },
    {
      products: [{ ...mugs, price: decimal("14.50"), price_without_tax: decimal("12.50") }],
      amount_without_tax: decimal("25.90"),
      shipping_costs_without_tax: decimal("4.90"),
    },
  ),
  sent(
    "taxes on top: the price of a piece is with them, and shipping has its share",
    { taxesIncluded: false, amounts: amounts({ total: "34.67" }) },
    {
      products: [{ ...mugs, price: decimal("14.50"), price_without_tax: decimal("12.50") }],
      amount: decimal("34.67"),
      amount_without_tax: decimal("29.90"),
      shipping_costs: decimal("5.68"),
      shipping_costs_without_tax: decimal("4.90"),
    },
  ),
  sent(
    "a discount is shared by the pieces, rounded half up to two decimals",
    {
      items: [item({ quantity: 3, price: "12.50", discount: "3.75", tax: "5.39" })],
      amounts: amounts({ tax: "5.39", shippingTax: undefined }),
    },
    {
      products: [{ ...mugs, quantity: 3, price: decimal("11.25"), price_without_tax: decimal("9.45") }],
      amount_without_tax: decimal("24.51"),
      shipping_costs_without_tax: decimal("4.90"),
    },
  ),
  sent(
    "a currency without decimals stays whole",
    {
      amounts: amounts({ currency: "JPY", total: "1000", tax: "91", shipping: "0", shippingTax: undefined }),
      items: [item({ price: "1000", quantity: 1, discount: "0", tax: "91" })],
    },
    {
      currency: "JPY",
      amount: decimal("1000"),
      amount_without_tax: decimal("909"),
      shipping_costs: decimal("0"),
      shipping_costs_without_tax: decimal("0"),
      products: [{ ...mugs, quantity: 1, price: decimal("1000.00"), price_without_tax: decimal("909.00") }],
    },
  ),
  sent(
    "a currency with three decimals is rounded half up to two",
    {
      amounts: amounts({ currency: "KWD", total: "29.905", tax: "0", shipping: "4.904", shippingTax: undefined }),
      items: [item({ tax: "0" })],
    },
    {
      currency: "KWD",
      amount: decimal("29.91"),
      amount_without_tax: decimal("29.91"),
      shipping_costs: decimal("4.90"),
      shipping_costs_without_tax: decimal("4.90"),
      products: [{ ...mugs, price_without_tax: decimal("12.50") }],
    },
  ),
  sent(
    "codes are listed, ShopiMind's own first; the buyer's language has two letters",
    { discountCodes: ["SUMMER", "SPM-77", "SPM_88"], codesWorth: ["1.00", "2.50", "0.10"], locale: "en-US" },
    { voucher_used: "SPM-77,SPM_88,SUMMER", voucher_value: "3.60", lang: "en" },
  ),
  sent(
    "where a code does not tell what it took off, the value is what the order's discounts come to",
    { discountCodes: ["FREESHIP"], amounts: amounts({ discount: "1.00", shippingDiscount: "4.90" }) },
    { voucher_used: "FREESHIP", voucher_value: "5.90" },
  ),
  sent(
    "of codes that are too long together, the ones that fit, whole",
    { discountCodes: [LONG, `${LONG}-2`, "SUMMER"], codesWorth: ["1.00", "2.00", "4.00"] },
    { voucher_used: `${LONG},SUMMER`, voucher_value: "5.00" },
  ),
];
