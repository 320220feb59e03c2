// Values that nobody sends in good faith.
export const VALUES = [
  ...["", " ", "0", "-1", "1.5", "1e3", "NaN", "new", "null", "__proto__", "constructor", "[object Object]"],
  ...[String(2n ** 63n - 1n), String(2n ** 63n), String(2n ** 70n), `-${2n ** 63n}`, "9".repeat(400)],
  ...[
    "00000000-0000-0000-0000-000000000000",
    "11111111-1111-4111-8111-11111111111g",
    "'; DROP TABLE shop; --",
    "%",
    "\\",
  ],
  ...["\0", "a\0b", "\ud800", "\udfff\ud800", "\u202e", "\ufeff", "😀", "<script>alert(1)</script>", "{{7*7}}"],
  ...[
    "../../etc/passwd",
    "//evil.example.com",
    "javascript:alert(1)",
    "http://[::1",
    "https://a b",
    "\r\nX-A: b",
    "\u2028",
  ],
  ...[
    "-000001-01-01",
    "2026-02-30",
    "9999-12-31",
    "2026-11-28T00:00:00Z",
    '{"a":',
    "[]",
    '["\\u0000"]',
    "a".repeat(5_000),
  ],
];
