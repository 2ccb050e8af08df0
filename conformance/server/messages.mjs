/** RFC 9113 §8.1 and §8.8: how a request is made of frames. */
import { answered, check, malformed, send, until } from "../wire/expect.mjs";
import { data, headers, type } from "../wire/frames.mjs";
import { get, getOf, greeted, opened, post, request } from "./steps.mjs";

const head = get.map(([name, value]) => [name, name === ":method" ? "HEAD" : value]);
const trailers = (fields, options = { end: true }) => headers(1, fields, options);

/** Bodies that are not as long as content-length says. */
const lengths = [
  ["a longer body than content-length says, in one DATA", [["content-length", "1"]], [data(1, "four", { end: true })]],
  [
    "a longer body than content-length says, in two DATA",
    [["content-length", "5"]],
    [data(1, "four"), data(1, "four", { end: true })],
  ],
  ["a shorter body than content-length says", [["content-length", "5"]], [data(1, "four", { end: true })]],
  ["no octets at all though content-length says one", [["content-length", "1"]], [data(1, "", { end: true })]],
  [
    "a shorter body than content-length says, then trailers",
    [["content-length", "5"]],
    [data(1, "four"), trailers([["x-a", "1"]])],
  ],
  ["octets though content-length says none", [["content-length", "0"]], [data(1, "x", { end: true })]],
];

/** Values of content-length that are none. */
const notLengths = ["-1", "+4", "four", "4, 5", "0x4", "4 4", "", "1e1"];

export default {
  section: "8.1",
  title: "HTTP messages",
  cases: [
    {
      sent: "GET",
      required: "an answer: HEADERS with :status first, then DATA (§8.8)",
      run: greeted(
        send(request(1)),
        answered(1),
        check(
          "HEADERS before DATA",
          (wire) =>
            wire.frames.findIndex((frame) => frame.streamId === 1 && frame.type !== type.WINDOW_UPDATE) ===
            wire.frames.indexOf(wire.of(type.HEADERS, 1)[0]),
        ),
      ),
    },
    {
      sent: "HEAD",
      required: "an answer without DATA octets (§8.8.1)",
      run: greeted(
        send(headers(1, head, { end: true })),
        answered(1),
        check("no octets", (wire) => wire.bytesOf(1) === 0),
      ),
    },
    {
      sent: "POST with a body",
      required: "an answer (§8.8.3)",
      run: greeted(send(opened(1, [["content-length", "4"]]), data(1, "four", { end: true })), answered(1)),
    },
    {
      sent: "POST with a body and trailers",
      required: "an answer (§8.1)",
      run: greeted(send(opened(1), data(1, "four"), trailers([["x-trailer", "1"]])), answered(1)),
    },
    {
      sent: "POST with trailers and no DATA",
      required: "an answer (§8.1)",
      run: greeted(send(opened(1), trailers([["x-trailer", "1"]])), answered(1)),
    },
    {
      sent: "POST whose trailers have an empty block",
      required: "an answer (§8.1)",
      run: greeted(send(opened(1), data(1, "four"), trailers([])), answered(1)),
    },
    {
      sent: "OPTIONS for *",
      required: "it is not malformed (§8.3.1)",
      run: greeted(
        send(
          headers(
            1,
            [
              [":method", "OPTIONS"],
              [":scheme", "http"],
              [":path", "*"],
              [":authority", "localhost"],
            ],
            { end: true },
          ),
        ),
        until("an answer of any status", (wire) => wire.endOf(1)),
        check("no reset", (wire) => (wire.resetOf(1) ?? "NO_ERROR") === "NO_ERROR"),
      ),
    },
    {
      sent: "a request for 20,000 octets and one for one octet",
      required: "answers to both (§8.8.2)",
      run: greeted(
        send(headers(1, getOf("/octets/20000"), { end: true }), headers(3, getOf("/octets/1"), { end: true })),
        answered(1),
        answered(3),
      ),
    },
    {
      sent: "a second HEADERS without END_STREAM",
      required: "a stream error PROTOCOL_ERROR: trailers end a message (§8.1)",
      run: greeted(send(opened(1), trailers([["x-a", "1"]], {}), data(1, "", { end: true })), malformed(1)),
    },
    {
      sent: "a body, then HEADERS without END_STREAM",
      required: "a stream error PROTOCOL_ERROR (§8.1)",
      run: greeted(
        send(opened(1), data(1, "x"), trailers([["x-a", "1"]], {}), data(1, "y", { end: true })),
        malformed(1),
      ),
    },
    {
      sent: "trailers with a pseudo-field",
      required: "a stream error PROTOCOL_ERROR (§8.1, §8.3)",
      run: greeted(send(opened(1), data(1, "x"), trailers([[":method", "GET"]])), malformed(1)),
    },
    {
      sent: "trailers with an upper-case name",
      required: "a stream error PROTOCOL_ERROR (§8.2)",
      run: greeted(send(opened(1), data(1, "x"), trailers([["X-Trailer", "1"]])), malformed(1)),
    },
    {
      sent: "trailers with a connection-specific field",
      required: "a stream error PROTOCOL_ERROR (§8.2.2)",
      run: greeted(send(opened(1), data(1, "x"), trailers([["connection", "close"]])), malformed(1)),
    },
    ...lengths.map(([words, extra, frames]) => ({
      sent: words,
      required: "a stream error PROTOCOL_ERROR: the request is malformed (§8.1.1)",
      run: greeted(send(opened(1, extra), ...frames), malformed(1)),
    })),
    {
      sent: "HEADERS with END_STREAM though content-length says one",
      required: "a stream error PROTOCOL_ERROR: the request is malformed (§8.1.1)",
      run: greeted(send(headers(1, [...post, ["content-length", "1"]], { end: true })), malformed(1)),
    },
    {
      sent: "HEADERS with END_STREAM and content-length 0",
      required: "an answer (§8.1.1)",
      run: greeted(send(headers(1, [...post, ["content-length", "0"]], { end: true })), answered(1)),
    },
    {
      sent: "two content-length fields that differ",
      required: "a stream error PROTOCOL_ERROR (§8.1.1, RFC 9110 §8.6)",
      run: greeted(
        send(
          opened(1, [
            ["content-length", "4"],
            ["content-length", "5"],
          ]),
          data(1, "four", { end: true }),
        ),
        malformed(1),
      ),
    },
    ...notLengths.map((value) => ({
      sent: `content-length: ${JSON.stringify(value)}`,
      required: "a stream error PROTOCOL_ERROR or a status of the 400s: it is no number (RFC 9110 §8.6)",
      run: greeted(send(opened(1, [["content-length", value]]), data(1, "four", { end: true })), malformed(1)),
    })),
    {
      sent: "a malformed request, then a good one",
      required: "an answer: only the stream is in error (§8.1.1)",
      run: greeted(send(headers(1, get.slice(1), { end: true })), malformed(1), send(request(3)), answered(3)),
    },
  ],
};
