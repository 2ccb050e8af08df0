/** RFC 9113 §4.3 and §6.10: field blocks, and the frames that they are spread over. */
import { alive, answered, connectionError, ignored, malformed, send } from "../wire/expect.mjs";
import {
  continuation,
  data,
  frame,
  headers,
  ping,
  priority,
  rstStream,
  settings,
  windowUpdate,
} from "../wire/frames.mjs";
import { block, indexed } from "../wire/hpack.mjs";
import { get, greeted, opened, post, request } from "./steps.mjs";

const whole = block(get);
const begun = headers(1, whole.subarray(0, 10), { end: true, more: true });
const rest = continuation(1, whole.subarray(10));

/** What may not stand between HEADERS and its CONTINUATION. */
const intruders = [
  ["DATA on the same stream", data(1, "x")],
  ["HEADERS on the same stream", headers(1, whole)],
  ["HEADERS on another stream", request(3)],
  ["PRIORITY", priority(1)],
  ["RST_STREAM on the same stream", rstStream(1)],
  ["SETTINGS", settings()],
  ["PING", ping()],
  ["WINDOW_UPDATE on the connection", windowUpdate(0, 1)],
  ["a frame of an unknown type", frame(0xbe, 0, 1)],
  ["CONTINUATION on another stream", continuation(3, whole.subarray(10))],
];

export default {
  section: "6.10",
  title: "field blocks and CONTINUATION",
  cases: [
    {
      sent: "a request in HEADERS and one CONTINUATION",
      required: "an answer (§6.10)",
      run: greeted(send(begun, rest), answered(1)),
    },
    {
      sent: "a request in HEADERS and six CONTINUATIONs of one octet",
      required: "an answer: any number is allowed (§6.10)",
      run: greeted(
        send(headers(1, whole.subarray(0, whole.length - 6), { end: true, more: true })),
        send(
          ...[...whole.subarray(whole.length - 6)].map((octet, index) =>
            continuation(1, Buffer.from([octet]), { more: index < 5 }),
          ),
        ),
        answered(1),
      ),
    },
    {
      sent: "a request whose HEADERS are empty, the block being in CONTINUATION",
      required: "an answer (§6.10)",
      run: greeted(send(headers(1, Buffer.alloc(0), { end: true, more: true }), continuation(1, whole)), answered(1)),
    },
    {
      sent: "a request whose last CONTINUATION is empty",
      required: "an answer (§6.10)",
      run: greeted(send(headers(1, whole, { end: true, more: true }), continuation(1, Buffer.alloc(0))), answered(1)),
    },
    {
      sent: "a body's trailers in HEADERS and CONTINUATION",
      required: "an answer (§6.10, §8.1)",
      run: greeted(
        send(opened(1), data(1, "body"), headers(1, block([["x-a", "1"]]), { end: true, more: true })),
        send(continuation(1, [["x-b", "2"]])),
        answered(1),
      ),
    },
    ...intruders.map(([words, bytes]) => ({
      sent: `HEADERS without END_HEADERS, then ${words}`,
      required: "a connection error PROTOCOL_ERROR: nothing may come between (§6.10)",
      run: greeted(send(begun, bytes, rest), connectionError("PROTOCOL_ERROR")),
    })),
    {
      sent: "HEADERS and a CONTINUATION without END_HEADERS, then DATA",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: greeted(
        send(begun, continuation(1, whole.subarray(10), { more: true }), data(1, "x")),
        connectionError("PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "CONTINUATION on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: greeted(send(begun, continuation(0, whole.subarray(10))), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "CONTINUATION after HEADERS that had END_HEADERS",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: greeted(send(opened(1), continuation(1, block([["x-a", "1"]]))), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "CONTINUATION after a CONTINUATION that had END_HEADERS",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: greeted(
        send(headers(1, block(post).subarray(0, 10), { more: true }), continuation(1, block(post).subarray(10))),
        send(continuation(1, block([["x-a", "1"]]))),
        connectionError("PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "CONTINUATION after DATA",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: greeted(
        send(opened(1), data(1, "x"), continuation(1, block([["x-a", "1"]]))),
        connectionError("PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "CONTINUATION as the first frame of a connection",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: greeted(send(continuation(1, whole)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "CONTINUATION with undefined flags",
      required: "an answer: the flags are ignored (§4.1, §6.10)",
      run: greeted(send(begun, continuation(1, whole.subarray(10), { flags: 0xfb })), answered(1)),
    },
    {
      sent: "HEADERS whose block cannot be decoded",
      required: "a connection error COMPRESSION_ERROR (§4.3)",
      run: greeted(send(headers(1, indexed(0), { end: true })), connectionError("COMPRESSION_ERROR")),
    },
    {
      sent: "HEADERS and CONTINUATION whose joined block ends inside a field",
      required: "a connection error COMPRESSION_ERROR (§4.3)",
      run: greeted(
        send(begun, continuation(1, whole.subarray(10, whole.length - 3))),
        connectionError("COMPRESSION_ERROR"),
      ),
    },
    {
      sent: "HEADERS with an empty block",
      required: "a stream error PROTOCOL_ERROR: the pseudo-fields are missing (§8.3.1)",
      run: greeted(send(headers(1, Buffer.alloc(0), { end: true })), malformed(1)),
    },
    {
      sent: "a request that uses an entry which a malformed request put into the table",
      required: "an answer: the block of a refused request is decoded all the same (§4.3)",
      run: greeted(
        send(
          headers(1, Buffer.concat([block([[":method", "GET"]]), Buffer.from("4003782d610131", "hex")]), { end: true }),
        ),
        malformed(1),
        send(headers(3, Buffer.concat([whole, indexed(62)]), { end: true })),
        answered(3),
      ),
    },
    {
      sent: "a request that uses an entry which trailers on a stream that was reset put into the table",
      required: "an answer: the block of a closed stream is decoded all the same (§4.3)",
      run: greeted(
        send(opened(1), data(1, "x"), headers(1, [[":bad", "1"]], { end: true })),
        malformed(1),
        send(headers(3, Buffer.concat([whole, Buffer.from("4003782d610131", "hex")]), { end: true })),
        answered(3),
        send(headers(5, Buffer.concat([whole, indexed(62)]), { end: true })),
        answered(5),
        alive,
        ignored(5),
      ),
    },
  ],
};
