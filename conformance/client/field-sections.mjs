/** RFC 9113 §4.3 and §6.10: field blocks, and the frames that they are spread over. */
import { send } from "../wire/expect.mjs";
import {
  continuation,
  data,
  frame,
  goaway,
  headers,
  ping,
  priority,
  rstStream,
  settings,
  windowUpdate,
} from "../wire/frames.mjs";
import { block } from "../wire/hpack.mjs";
import { breaks, call, called, delivered, malformed, ok, requestSeen } from "./steps.mjs";

const fields = [...ok, ["x-a", "one"], ["x-b", "two"]];
const whole = block(fields);
const begun = headers(1, whole.subarray(0, 9), { more: true });
const rest = continuation(1, whole.subarray(9));
const body = data(1, "hello", { end: true });

/** What may not stand between HEADERS and its CONTINUATION. */
const intruders = [
  ["DATA on the same stream", data(1, "x")],
  ["HEADERS on the same stream", headers(1, whole)],
  ["PRIORITY", priority(1)],
  ["RST_STREAM on the same stream", rstStream(1)],
  ["SETTINGS", settings()],
  ["PING", ping()],
  ["GOAWAY", goaway(1)],
  ["WINDOW_UPDATE on the connection", windowUpdate(0, 1)],
  ["a frame of an unknown type", frame(0xbe, 0, 1)],
  ["CONTINUATION on another stream", continuation(3, whole.subarray(9))],
];

export default {
  section: "6.10",
  title: "field blocks and CONTINUATION",
  cases: [
    {
      sent: "an answer in HEADERS and one CONTINUATION",
      required: "it is delivered (§6.10)",
      run: called(send(begun, rest, body), delivered()),
    },
    {
      sent: "an answer in HEADERS and six CONTINUATIONs, one of them empty",
      required: "it is delivered (§6.10)",
      run: called(
        send(headers(1, whole.subarray(0, 5), { more: true }), continuation(1, Buffer.alloc(0), { more: true })),
        send(...[5, 6, 7, 8].map((at) => continuation(1, whole.subarray(at, at + 1), { more: true }))),
        send(continuation(1, whole.subarray(9)), body),
        delivered(),
      ),
    },
    {
      sent: "an answer whose HEADERS with END_STREAM are followed by CONTINUATION",
      required: "an empty answer is delivered: END_STREAM holds after CONTINUATION (§6.2, §6.10)",
      run: called(send(headers(1, whole.subarray(0, 9), { more: true, end: true }), rest), delivered({ octets: 0 })),
    },
    {
      sent: "trailers in HEADERS and CONTINUATION",
      required: "they are delivered (§6.10, §8.1)",
      run: called(
        send(
          headers(1, ok),
          data(1, "hello"),
          headers(1, block([["x-t", "1"]]).subarray(0, 3), { more: true, end: true }),
        ),
        send(continuation(1, block([["x-t", "1"]]).subarray(3))),
        delivered({ trailers: { "x-t": "1" } }),
      ),
    },
    ...intruders.map(([words, bytes]) => ({
      sent: `HEADERS without END_HEADERS, then ${words}`,
      required: "a connection error PROTOCOL_ERROR: nothing may come between (§6.10)",
      run: called(call(), requestSeen(3), send(begun, bytes, rest, body), breaks("PROTOCOL_ERROR")),
    })),
    {
      sent: "CONTINUATION on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: called(send(begun, continuation(0, whole.subarray(9))), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "CONTINUATION after HEADERS that had END_HEADERS",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: called(send(headers(1, ok), continuation(1, block([["x-a", "1"]]))), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "CONTINUATION without HEADERS",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: called(send(continuation(1, whole)), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "CONTINUATION after DATA",
      required: "a connection error PROTOCOL_ERROR (§6.10)",
      run: called(send(headers(1, ok), data(1, "x"), continuation(1, [["x-t", "1"]])), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "HEADERS with an empty block",
      required: "a stream error PROTOCOL_ERROR: :status is missing (§8.3.2)",
      run: called(send(headers(1, Buffer.alloc(0), { end: true })), malformed),
    },
    {
      sent: "HEADERS and CONTINUATION whose joined block ends inside a field",
      required: "a connection error COMPRESSION_ERROR (§4.3)",
      run: called(send(begun, continuation(1, whole.subarray(9, whole.length - 2))), breaks("COMPRESSION_ERROR")),
    },
  ],
};
