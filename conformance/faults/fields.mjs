/** Fields that make any message malformed, and fields that are unusual and right, RFC 9113 §8.2. */

/** What is wrong, the field, and the section that says so. */
export const wrongFields = [
  ["an upper-case letter in a name", "X-Upper", "1", "§8.2.1"],
  ["a name in upper case altogether", "UPPER", "1", "§8.2.1"],
  ["an empty name", "", "1", "§8.2.1"],
  ["a space in a name", "x a", "1", "§8.2.1"],
  ["NUL in a name", "x\0a", "1", "§8.2.1"],
  ["CR and LF in a name", "x\r\na", "1", "§8.2.1"],
  ["DEL in a name", "x\x7fa", "1", "§8.2.1"],
  ["an octet above 0x7f in a name", "x\xe4", "1", "§8.2.1"],
  ["a colon inside a name", "x:a", "1", "§8.2.1"],
  ["NUL in a value", "x-a", "a\0b", "§8.2.1"],
  ["LF in a value", "x-a", "a\nb", "§8.2.1"],
  ["CR in a value", "x-a", "a\rb", "§8.2.1"],
  ["CR LF and a second field in a value", "x-a", "1\r\nx-smuggled: 1", "§8.2.1"],
  ["a space in front of a value", "x-a", " 1", "§8.2.1"],
  ["a space behind a value", "x-a", "1 ", "§8.2.1"],
  ["a tab in front of a value", "x-a", "\t1", "§8.2.1"],
  ["a tab behind a value", "x-a", "1\t", "§8.2.1"],
  ["connection", "connection", "keep-alive", "§8.2.2"],
  ["proxy-connection", "proxy-connection", "keep-alive", "§8.2.2"],
  ["keep-alive", "keep-alive", "timeout=5", "§8.2.2"],
  ["transfer-encoding", "transfer-encoding", "chunked", "§8.2.2"],
  ["upgrade", "upgrade", "websocket", "§8.2.2"],
];

/** What is unusual, the fields, and the section that allows them. */
export const rightFields = [
  ["an empty value", [["x-a", ""]], "§8.2.1"],
  ["every character that a name may have", [["!#$%&'*+-.^_`|~09az", "1"]], "§8.2.1"],
  ["a value of octets above 0x7f", [["x-a", "\xe4\xff\x80"]], "§8.2.1"],
  ["spaces and tabs inside a value", [["x-a", "a \t b"]], "§8.2.1"],
  [
    "a field twice",
    [
      ["x-a", "1"],
      ["x-a", "2"],
    ],
    "§8.2",
  ],
  [
    "cookie in three pieces",
    [
      ["cookie", "a=1"],
      ["cookie", "b=2"],
      ["cookie", "c=3"],
    ],
    "§8.2.3",
  ],
  ["100 fields", Array.from({ length: 100 }, (_, index) => [`x-${index}`, "v"]), "§8.2"],
  ["a value of 5,000 octets", [["x-a", "v".repeat(5_000)]], "§8.2"],
];
