// What the sandbox's shop sells, and who buys there.

export interface Variant {
  id: number;
  title: string;
  sku: string;
  cents: number;
  grams: number;
}
export interface Product {
  id: number;
  title: string;
  handle: string;
  type: string;
  text: string;
  variants: Variant[];
}
export interface Buyer {
  id: number;
  addressId: number;
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  street: string;
  zip: string;
  city: string;
  acceptsMarketing: boolean;
}
export const MAKER = "Nordhafen";

type Row = [title: string, type: string, text: string, grams: number, variants: [title: string, cents: number][]];
const ROWS: Row[] = [
  [
    "Linen Apron",
    "Kitchen",
    "Washed linen, two pockets, made to be used.",
    320,
    [
      ["Sand", 5900],
      ["Ink", 5900],
    ],
  ],
  [
    "Stoneware Mug",
    "Tableware",
    "Thrown by hand, glazed inside and out.",
    410,
    [
      ["Chalk", 2450],
      ["Moss", 2450],
      ["Night", 2650],
    ],
  ],
  [
    "Oak Bread Board",
    "Kitchen",
    "One piece of oak, oiled, with a groove for crumbs.",
    1250,
    [
      ["Small", 3990],
      ["Large", 6490],
    ],
  ],
  [
    "Wool Throw",
    "Living",
    "Woven of new wool, 130 by 180 centimetres.",
    980,
    [
      ["Grey", 11900],
      ["Rust", 11900],
    ],
  ],
  ["Beeswax Candles", "Living", "Six candles, dipped, about seven hours each.", 260, [["Set of 6", 1890]]],
  ["Copper Watering Can", "Garden", "Holds one litre and pours without a drip.", 690, [["1 litre", 7450]]],
  [
    "Field Notebook",
    "Paper",
    "Ninety-six pages, dotted, sewn to lie flat.",
    180,
    [
      ["Single", 1290],
      ["Pack of 3", 3390],
    ],
  ],
  [
    "Enamel Coffee Pot",
    "Kitchen",
    "For the stove and for the fire outside.",
    870,
    [
      ["White", 4490],
      ["Blue", 4490],
    ],
  ],
  [
    "Canvas Tote",
    "Bags",
    "Heavy canvas, long handles, a pocket for keys.",
    350,
    [
      ["Natural", 2900],
      ["Black", 3100],
    ],
  ],
  ["Rye Sourdough Kit", "Pantry", "Starter, flour and a proofing basket.", 1600, [["Kit", 3450]]],
];

export const PRODUCTS: Product[] = ROWS.map(([title, type, text, grams, variants], at) => ({
  id: 8_410_055_100_000 + at * 37,
  title,
  handle: title.toLowerCase().replaceAll(" ", "-"),
  type,
  text,
  variants: variants.map(([name, cents], place) => ({
    id: 44_120_880_300_000 + at * 101 + place,
    title: name,
    sku: `NH-${String(at + 1).padStart(2, "0")}-${name.slice(0, 3).toUpperCase().trim()}`,
    cents,
    grams,
  })),
}));

const FIRST = ["Mara", "Jonas", "Lena", "Tarek", "Ida", "Felix", "Noor", "Emil", "Paula", "Henrik", "Selin", "Anton"];
const LAST = ["Vogt", "Lindner", "Özdemir", "Brandt", "Kowalski", "Thiel", "Haddad", "Sommer"];
const PLACES: [zip: string, city: string, street: string][] = [
  ["10115", "Berlin", "Invalidenstraße"],
  ["20359", "Hamburg", "Wohlwillstraße"],
  ["04109", "Leipzig", "Käthe-Kollwitz-Straße"],
  ["80469", "München", "Klenzestraße"],
  ["50674", "Köln", "Aachener Straße"],
];
const ascii = (name: string) =>
  name
    .normalize("NFD")
    .replace(/[^a-zA-Z]/g, "")
    .toLowerCase();

export const BUYERS: Buyer[] = FIRST.flatMap((firstName, at) =>
  [0, 3, 5].map((step, turn) => {
    const number = at * 3 + turn;
    const lastName = LAST[(at + step) % LAST.length] as string;
    const [zip, city, street] = PLACES[number % PLACES.length] as [string, string, string];
    return {
      id: 7_330_041_200_000 + number * 11,
      addressId: 9_120_400_700_000 + number * 13,
      firstName,
      lastName,
      email: `${ascii(firstName)}.${ascii(lastName)}${turn || ""}@example.com`,
      // The block of Berlin numbers that the regulator keeps free for films.
      phone: `+493023125${String(number).padStart(3, "0")}`,
      street: `${street} ${(number % 40) + 1}`,
      zip,
      city,
      acceptsMarketing: number % 3 !== 0,
    };
  }),
);
