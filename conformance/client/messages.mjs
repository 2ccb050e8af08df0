/** RFC 9113 §8.1 and §8.6: how an answer is made of frames, informational ones and trailers among them. */
import { alive, ignored, send, until } from "../wire/expect.mjs";
import { data, headers, rstStream, windowUpdate } from "../wire/frames.mjs";
import { answer, call, called, calledWith, delivered, failed, malformed, ok, requestSeen, settled } from "./steps.mjs";

const info = (status, fields = [], options = {}) => headers(1, [[":status", String(status)], ...fields], options);
const head = (...fields) => headers(1, [...ok, ...fields]);
const trailers = (fields, options = { end: true }) => headers(1, fields, options);
const end = data(1, "hello", { end: true });

/** Answers that are not as long as content-length says. */
const lengths = [
  ["a longer body than content-length says, in one DATA", [head(["content-length", "1"]), end]],
  ["a longer body than content-length says, in two DATA", [head(["content-length", "7"]), data(1, "hello"), end]],
  ["a longer body than content-length says, the end still to come", [head(["content-length", "3"]), data(1, "hello")]],
  ["a shorter body than content-length says", [head(["content-length", "6"]), end]],
  [
    "a shorter body than content-length says, then trailers",
    [head(["content-length", "6"]), data(1, "hello"), trailers([["x-t", "1"]])],
  ],
  ["no body at all though content-length says five", [headers(1, [...ok, ["content-length", "5"]], { end: true })]],
  ["an empty DATA though content-length says five", [head(["content-length", "5"]), data(1, "", { end: true })]],
  ["a body though content-length says none", [head(["content-length", "0"]), end]],
  ["two content-length fields that differ", [head(["content-length", "5"], ["content-length", "6"]), end]],
];
const notLengths = ["-5", "+5", "five", "5, 6", "0x5", "5 5", "", "5e0"];

/** Frames that are no answer, and why. */
const wrong = [
  ["100 with END_STREAM", [info(100, [], { end: true })], "an informational answer cannot be the last (§8.1)"],
  [
    "103 with END_STREAM",
    [info(103, [["link", "</a>"]], { end: true })],
    "an informational answer cannot be the last (§8.1)",
  ],
  ["101", [info(101, [], {}), answer(1)], "there is no upgrade in HTTP/2 (§8.6)"],
  ["101 with END_STREAM", [info(101, [], { end: true })], "there is no upgrade in HTTP/2 (§8.6)"],
  ["100, then DATA", [info(100), end], "the final answer's HEADERS are missing (§8.1)"],
  ["103 after the final HEADERS", [head(), info(103), end], "a second HEADERS ends a message (§8.1)"],
  ["a second answer behind the first's HEADERS", [head(), head(), end], "a second HEADERS ends a message (§8.1)"],
  [
    "a second answer with END_STREAM behind the first's body",
    [head(), data(1, "x"), headers(1, ok, { end: true })],
    "trailers have no pseudo-fields (§8.1)",
  ],
  [
    "trailers without END_STREAM",
    [head(), data(1, "hello"), trailers([["x-t", "1"]], {})],
    "trailers end a message (§8.1)",
  ],
  [
    "trailers without END_STREAM, then DATA",
    [head(), data(1, "he"), trailers([["x-t", "1"]], {}), end],
    "trailers end a message (§8.1)",
  ],
  [
    "trailers with :status",
    [head(), data(1, "hello"), trailers([[":status", "200"]])],
    "trailers have no pseudo-fields (§8.1)",
  ],
  [
    "trailers with an unknown pseudo-field",
    [head(), data(1, "hello"), trailers([[":x", "1"]])],
    "trailers have no pseudo-fields (§8.1)",
  ],
  [
    "trailers with an upper-case name",
    [head(), data(1, "hello"), trailers([["X-T", "1"]])],
    "names are in lower case (§8.2.1)",
  ],
  [
    "trailers with a connection-specific field",
    [head(), data(1, "hello"), trailers([["connection", "close"]])],
    "the field is prohibited (§8.2.2)",
  ],
  [
    "trailers with LF in a value",
    [head(), data(1, "hello"), trailers([["x-t", "a\nb"]])],
    "the octet is prohibited (§8.2.1)",
  ],
  ["trailers in place of HEADERS", [trailers([["x-t", "1"]])], ":status is missing (§8.3.2)"],
];

/** Frames that are an answer, and what is to be delivered. */
const right = [
  ["100, then an answer", [info(100), answer(1)], {}],
  ["103 with fields, then an answer", [info(103, [["link", "</a.css>"]]), answer(1)], {}],
  ["100, 102, 103, 103 and an answer", [info(100), info(102), info(103), info(103), answer(1)], {}],
  ["199, which nobody knows, then an answer", [info(199), answer(1)], {}],
  ["an answer without a body, END_STREAM on HEADERS", [headers(1, ok, { end: true })], { octets: 0 }],
  ["an answer with the right content-length", [answer(1, [["content-length", "5"]])], {}],
  [
    "an answer with the right content-length and padding",
    [head(["content-length", "5"]), data(1, "hello", { pad: 9, end: true })],
    {},
  ],
  [
    "an answer with content-length 0 and no body",
    [headers(1, [...ok, ["content-length", "0"]], { end: true })],
    { octets: 0 },
  ],
  ["an answer with trailers", [head(), data(1, "hello"), trailers([["x-t", "1"]])], { trailers: { "x-t": "1" } }],
  ["an answer with trailers and no DATA", [head(), trailers([["x-t", "1"]])], { octets: 0, trailers: { "x-t": "1" } }],
  [
    "an answer with content-length and trailers",
    [head(["content-length", "5"]), data(1, "hello"), trailers([["x-t", "1"]])],
    {},
  ],
  ["an answer with trailers of no fields", [head(), data(1, "hello"), trailers([])], {}],
  ["204", [headers(1, [[":status", "204"]], { end: true })], { status: 204, octets: 0 }],
  [
    "304 whose content-length is that of what was not sent",
    [
      headers(
        1,
        [
          [":status", "304"],
          ["content-length", "500"],
        ],
        { end: true },
      ),
    ],
    { status: 304, octets: 0 },
  ],
  ["599", [headers(1, [[":status", "599"]]), end], { status: 599 }],
];

export default {
  section: "8.1",
  title: "HTTP messages",
  cases: [
    ...right.map(([words, frames, outcome]) => ({
      sent: words,
      required: "it is delivered (§8.1)",
      run: called(send(...frames), delivered(outcome), alive),
    })),
    ...wrong.map(([words, frames, why]) => ({
      sent: words,
      required: `a stream error PROTOCOL_ERROR: ${why}`,
      run: called(send(...frames), malformed),
    })),
    ...lengths.map(([words, frames]) => ({
      sent: words,
      required: "a stream error PROTOCOL_ERROR: the answer is malformed (§8.1.1)",
      run: called(send(...frames), malformed),
    })),
    ...notLengths.map((value) => ({
      sent: `content-length: ${JSON.stringify(value)}`,
      required: "a stream error PROTOCOL_ERROR: it is no number (§8.1.1, RFC 9110 §8.6)",
      run: called(send(head(["content-length", value]), end), malformed),
    })),
    {
      sent: "an answer to HEAD with content-length and no body",
      required: "it is delivered: the length is that of what GET would get (RFC 9110 §9.3.2)",
      run: calledWith(
        { method: "HEAD" },
        [],
        send(headers(1, [...ok, ["content-length", "500"]], { end: true })),
        delivered({ octets: 0 }),
      ),
    },
    {
      sent: "a whole answer and RST_STREAM NO_ERROR while the request is not whole",
      required: "the answer is delivered: the server needs no more of the request (§8.1)",
      run: calledWith(
        { method: "POST", body: Buffer.alloc(200_000) },
        [],
        send(answer(1), rstStream(1, "NO_ERROR")),
        delivered(),
        alive,
      ),
    },
    {
      sent: "a whole answer and RST_STREAM NO_ERROR after a whole request",
      required: "the answer is delivered (§8.1)",
      run: called(send(answer(1), rstStream(1, "NO_ERROR")), delivered(), alive),
    },
    {
      sent: "100 while the request is not whole, windows for the rest, then an answer",
      required: "the rest of the request; the answer is delivered (§8.1)",
      run: settled(
        { method: "POST", body: Buffer.alloc(5_000) },
        [["INITIAL_WINDOW_SIZE", 100]],
        send(headers(3, [[":status", "100"]])),
        until("100 octets", (wire) => wire.bytesOf(3) === 100),
        send(windowUpdate(3, 4_900)),
        until("the rest", (wire) => wire.endOf(3)),
        send(answer(3)),
        delivered(),
      ),
    },
    {
      sent: "a malformed answer to one call, a good one to another",
      required: "the first fails, the second is delivered (§8.1.1, §5.4.2)",
      run: called(
        call(),
        requestSeen(3),
        send(headers(1, [...ok, ["Upper", "1"]], { end: true }), answer(3)),
        failed(0),
        delivered({ call: 1 }),
        ignored(3),
      ),
    },
  ],
};
