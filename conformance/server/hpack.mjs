/** RFC 7541, as far as it is a connection's business: blocks that cannot be decoded, and the table's size. */
import { entry, manyEntries, rightBlocks, wrongBlocks } from "../faults/blocks.mjs";
import { answered, connectionError, send } from "../wire/expect.mjs";
import { headers } from "../wire/frames.mjs";
import { block, indexed, sizeUpdate } from "../wire/hpack.mjs";
import { get, greeted } from "./steps.mjs";

const good = block(get);
const ask = (streamId, ...parts) => headers(streamId, Buffer.concat(parts), { end: true });
const right = [
  ...rightBlocks(good),
  ["pseudo-fields by index", [[indexed(2), indexed(6), indexed(4), block([[":authority", "localhost"]])]], "§6.1"],
];

export default {
  section: "7541",
  title: "HPACK",
  cases: [
    ...wrongBlocks(good).map(([words, parts, section]) => ({
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
        send(ask(1, good, ...manyEntries), ask(3, good, indexed(62 + 59))),
        connectionError("COMPRESSION_ERROR"),
      ),
    },
    {
      sent: "a block that cannot be decoded on a stream that is reset already",
      required: "a connection error COMPRESSION_ERROR: every block is decoded (RFC 9113 §4.3)",
      run: greeted(
        send(headers(1, get.slice(1), {}), headers(1, indexed(0), { end: true })),
        connectionError("COMPRESSION_ERROR"),
      ),
    },
  ],
};
