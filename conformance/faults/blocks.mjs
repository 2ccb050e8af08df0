/** Field blocks that no decoder may take, and unusual ones that each must, RFC 7541. */
import { huffmanString, indexed, indexedLiteral, integer, sizeUpdate, string } from "../wire/hpack.mjs";

export const entry = indexedLiteral("x-a", "1");
/** Of 96 octets or more each (RFC 7541 §4.1), so that the table of 4,096 has room for fewer than 43 of these 60. */
export const manyEntries = Array.from({ length: 60 }, (_, index) => indexedLiteral(`x-${index}`, "v".repeat(60)));
const name = Buffer.concat([Buffer.from([0]), string("x-a")]);

/** What a block holds that is `good` but for one thing, why it cannot be decoded, and where that stands. */
export const wrongBlocks = (good) => [
  ["an indexed field of index 0", [good, indexed(0)], "§6.1"],
  ["an indexed field beyond the tables", [good, indexed(62)], "§2.3.3"],
  ["an indexed field far beyond the tables", [good, indexed(10_000)], "§2.3.3"],
  ["a literal whose name's index is beyond the tables", [good, integer(0x40, 6, 99), string("v")], "§2.3.3"],
  [
    "a literal without indexing whose name's index is beyond the tables",
    [good, integer(0, 4, 99), string("v")],
    "§2.3.3",
  ],
  ["Huffman padding longer than seven bits", [good, name, huffmanString([0x1c, 0x64, 0xff, 0xff])], "§5.2"],
  ["Huffman padding of zeros", [good, name, huffmanString([0x18])], "§5.2"],
  ["the Huffman end-of-string symbol", [good, name, huffmanString([0xff, 0xff, 0xff, 0xff])], "§5.2"],
  ["a string that is longer than the block", [good, name, Buffer.from([0x20, 0x61])], "§5.2"],
  ["a name without a value", [good, name], "§6.2"],
  ["an integer that does not end", [good, Buffer.from([0xff, 0x80, 0x80])], "§5.1"],
  ["an integer above 2^32", [good, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])], "§5.1"],
  [
    "an integer with a hundred zero octets",
    [good, Buffer.from([0xff]), Buffer.alloc(100, 0x80), Buffer.from([0])],
    "§5.1",
  ],
  ["a size update above SETTINGS_HEADER_TABLE_SIZE", [sizeUpdate(4_097), good], "§6.3"],
  ["a size update to 2^31", [sizeUpdate(2 ** 31), good], "§6.3"],
  ["a size update behind the fields", [good, sizeUpdate(100)], "§4.2"],
  ["a size update between the fields", [good, sizeUpdate(100), entry], "§4.2"],
];

/** What blocks in a row hold, and the section that allows it. */
export const rightBlocks = (good) => [
  [
    "a new entry, then its index",
    [
      [good, entry],
      [good, indexed(62)],
    ],
    "§6.2.1",
  ],
  ["a literal that is never indexed", [[good, Buffer.from([0x10]), string("x-a"), string("1")]], "§6.2.3"],
  ["a literal in Huffman code", [[good, name, huffmanString([0x1c, 0x64])]], "§5.2"],
  [
    "a size update to 0 and back to 4,096 in one block",
    [
      [sizeUpdate(0), sizeUpdate(4_096), good, entry],
      [good, indexed(62)],
    ],
    "§4.2",
  ],
  ["a size update to 0, then an entry that is too large for the table", [[sizeUpdate(0), good, entry], [good]], "§4.4"],
  ["an entry larger than the table", [[good, indexedLiteral("x-a", "v".repeat(4_100))], [good]], "§4.4"],
  [
    "the same entry a hundred times",
    [
      [good, ...Array.from({ length: 100 }, () => entry)],
      [good, indexed(62 + 99)],
    ],
    "§2.3.2",
  ],
  [
    "entries until old ones are dropped",
    [
      [good, ...manyEntries],
      [good, indexed(62)],
    ],
    "§4.4",
  ],
];
