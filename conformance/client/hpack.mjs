/** RFC 7541, as far as it is a connection's business: blocks that cannot be decoded, and the table's size. */
import { entry, manyEntries, rightBlocks, wrongBlocks } from "../faults/blocks.mjs";
import { send, streamError } from "../wire/expect.mjs";
import { headers, setting } from "../wire/frames.mjs";
import { block, indexed, sizeUpdate } from "../wire/hpack.mjs";
import { breaks, call, called, delivered, failed, ok, requestSeen } from "./steps.mjs";

const good = block(ok);
const tell = (streamId, ...parts) => headers(streamId, Buffer.concat(parts), { end: true });
/** The cases that send a size above 4,096 mean a client that did not allow it. */
const unlessAllowed = (step) => async (table) => {
  if ((table.wire.announced().get(setting.HEADER_TABLE_SIZE) ?? 4_096) <= 4_096) return step(table);
};

export default {
  section: "7541",
  title: "HPACK",
  cases: [
    ...wrongBlocks(good).map(([words, parts, section]) => ({
      sent: `an answer with ${words}`,
      required: `a connection error COMPRESSION_ERROR (RFC 7541 ${section}, RFC 9113 §4.3)`,
      run: called(send(tell(1, ...parts)), unlessAllowed(breaks("COMPRESSION_ERROR"))),
    })),
    ...rightBlocks(good).map(([words, blocks, section]) => ({
      sent: words,
      required: `answers are delivered (RFC 7541 ${section})`,
      run: called(call(), requestSeen(3), async (table) => {
        const [first, second = [good]] = blocks;
        table.wire.send(tell(1, ...first), tell(3, ...second));
        await delivered({ octets: 0 })(table);
        await delivered({ call: 1, octets: 0 })(table);
      }),
    })),
    {
      sent: "an index that a size update to 0 has emptied",
      required: "a connection error COMPRESSION_ERROR (RFC 7541 §4.3)",
      run: called(
        call(),
        requestSeen(3),
        send(tell(1, good, entry), tell(3, sizeUpdate(0), sizeUpdate(4_096), good, indexed(62))),
        async (table) => {
          await delivered({ octets: 0 })(table);
          await breaksOnly(table);
        },
      ),
    },
    {
      sent: "an index of an entry that newer ones have pushed out",
      required: "a connection error COMPRESSION_ERROR (RFC 7541 §4.4)",
      run: called(
        call(),
        requestSeen(3),
        send(tell(1, good, ...manyEntries), tell(3, good, indexed(62 + 59))),
        breaksOnly,
      ),
    },
    {
      sent: "an answer that uses an entry which a malformed answer put into the table",
      required: "it is delivered: the block of a refused answer is decoded all the same (RFC 9113 §4.3)",
      run: called(
        call(),
        requestSeen(3),
        send(tell(1, good, block([["Upper", "1"]]), entry)),
        streamError(1, "PROTOCOL_ERROR"),
        send(tell(3, good, indexed(62))),
        delivered({ call: 1, octets: 0 }),
      ),
    },
    {
      sent: "an answer that uses an entry which HEADERS on a stream that was reset put into the table",
      required: "it is delivered: the block of a closed stream is decoded all the same (RFC 9113 §4.3)",
      run: called(
        call(),
        requestSeen(3),
        send(headers(1, [...ok, ["Upper", "1"]])),
        streamError(1, "PROTOCOL_ERROR"),
        send(tell(1, good, entry), tell(3, good, indexed(62))),
        delivered({ call: 1, octets: 0 }),
        failed(0),
      ),
    },
    {
      sent: "a block that cannot be decoded on a stream that was reset",
      required: "a connection error COMPRESSION_ERROR: every block is decoded (RFC 9113 §4.3)",
      run: called(
        send(headers(1, [...ok, ["Upper", "1"]])),
        streamError(1, "PROTOCOL_ERROR"),
        send(tell(1, indexed(0))),
        breaks("COMPRESSION_ERROR"),
      ),
    },
  ],
};

/** The second call fails with the connection, the first had its answer. */
async function breaksOnly(table) {
  await breaks("COMPRESSION_ERROR")({ ...table, calls: [table.calls[1]] });
}
