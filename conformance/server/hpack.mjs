/** RFC 7541, as far as it is a connection's business: blocks that cannot be decoded, and the table's size. */
import { answered, connectionError, send, settingsAcked } from "../wire/expect.mjs";
import { headers } from "../wire/frames.mjs";
import { block, huffmanString, indexed, indexedLiteral, integer, sizeUpdate, string } from "../wire/hpack.mjs";
import { get, greeted } from "./steps.mjs";

const good = block(get);
const ask = (streamId, ...parts) => headers(streamId, Buffer.concat(parts), { end: true });
const name = Buffer.concat([Buffer.from([0]), string("x-a")]);

/** What stands behind a good request's fields, or in front of them, and why it cannot be decoded. */
const wrong = [
  ["an indexed field of index 0", [good, indexed(0)], "§6.1"],
  ["an indexed field beyond the tables", [good, indexed(62)], "§2.3.3"],
  ["an indexed field far beyond the tables", [good, indexed(10_000)], "§2.3.3"],
  ["a literal whose name's index is beyond the tables", [good, integer(0x40, 6, 99), string("v")], "§2.3.3"],
  ["a literal without indexing whose name's index is beyond the tables", [good, integer(0, 4, 99), string("v")], "§2.3.3"],
  ["Huffman padding longer than seven bits", [good, name, huffmanString([0x1c, 0x64, 0xff, 0xff])], "§5.2"],
  ["Huffman padding of zeros", [good, name, huffmanString([0x18])], "§5.2"],
  ["the Huffman end-of-string symbol", [good, name, huffmanString([0xff, 0xff, 0xff, 0xff])], "§5.2"],
  ["a string that is longer than the block", [good, name, Buffer.from([0x20, 0x61])], "§5.2"],
  ["a name without a value", [good, name], "§6.2"],
  ["an integer that does not end", [good, Buffer.from([0xff, 0x80, 0x80])], "§5.1"],
  ["an integer above 2^32", [good, Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])], "§5.1"],
  ["an integer with a hundred zero octets", [good, Buffer.from([0xff]), Buffer.alloc(100, 0x80), Buffer.from([0])], "§5.1"],
  ["a size update above SETTINGS_HEADER_TABLE_SIZE", [sizeUpdate(4_097), good], "§6.3"],
  ["a size update to 2^31", [sizeUpdate(2 ** 31), good], "§6.3"],
  ["a size update behind the fields", [good, sizeUpdate(100)], "§4.2"],
  ["a size update between the fields", [block(get.slice(0, 2)), sizeUpdate(100), block(get.slice(2))], "§4.2"],
];

const entry = indexedLiteral("x-a", "1");
const right = [
  ["a new entry, then its index", [[good, entry], [good, indexed(62)]], "§6.2.1"],
  ["a literal that is never indexed", [[good, Buffer.from([0x10]), string("x-a"), string("1")]], "§6.2.3"],
  ["a literal in Huffman code", [[good, name, huffmanString([0x1c, 0x64])]], "§5.2"],
  ["pseudo-fields by index", [[indexed(2), indexed(6), indexed(4), block([[":authority", "localhost"]])]], "§6.1"],
  ["a size update to 0 and back to 4,096 in one block", [[sizeUpdate(0), sizeUpdate(4_096), good, entry], [good, indexed(62)]], "§4.2"],
  ["a size update to 0, then an entry that is too large for the table", [[sizeUpdate(0), good, entry], [good]], "§4.4"],
  ["an entry larger than the table", [[good, indexedLiteral("x-a", "v".repeat(4_100))], [good]], "§4.4"],
  ["the same entry a hundred times", [[good, ...Array.from({ length: 100 }, () => entry)], [good, indexed(62 + 99)]], "§2.3.2"],
  ["entries until old ones are dropped", [[good, ...Array.from({ length: 130 }, (_, index) => indexedLiteral(`x-${index}`, "v"))], [good, indexed(62)]], "§4.4"],
];

export default {
  section: "7541",
  title: "HPACK",
  cases: [
    ...wrong.map(([words, parts, section]) => ({
      sent: `a request with ${words}`,
      required: `a connection error COMPRESSION_ERROR (RFC 7541 ${section}, RFC 9113 §4.3)`,
      run: greeted(send(ask(1, ...parts)), connectionError("COMPRESSION_ERROR")),
    })),
    ...right.map(([words, requests, section]) => ({
      sent: words,
      required: `an answer (RFC 7541 ${section})`,
      run: greeted(
        send(...requests.map((parts, index) => ask(2 * index + 1, ...parts))),
        ...requests.map((_, index) => answered(2 * index + 1)),
      ),
    })),
    {
      sent: "an index that a size update to 0 has emptied",
      required: "a connection error COMPRESSION_ERROR (RFC 7541 §4.3)",
      run: greeted(
        send(ask(1, good, entry), ask(3, sizeUpdate(0), sizeUpdate(4_096), good, indexed(62))),
        connectionError("COMPRESSION_ERROR"),
      ),
    },
    {
      sent: "an index of an entry that newer ones have pushed out",
      required: "a connection error COMPRESSION_ERROR (RFC 7541 §4.4)",
      run: greeted(
        send(ask(1, good, ...Array.from({ length: 130 }, (_, index) => indexedLiteral(`x-${index}`, "v"))), ask(3, good, indexed(62 + 129))),
        connectionError("COMPRESSION_ERROR"),
      ),
    },
    {
      sent: "a block that cannot be decoded on a stream that is reset already",
      required: "a connection error COMPRESSION_ERROR: every block is decoded (RFC 9113 §4.3)",
      run: greeted(
        settingsAcked(1),
        send(headers(1, get.slice(1), {}), headers(1, indexed(0), { end: true })),
        connectionError("COMPRESSION_ERROR"),
      ),
    },
  ],
};
