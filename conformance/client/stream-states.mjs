/** RFC 9113 §5.1: what a server may send on a stream in each of its states. */
import { alive, check, closedStream, ignored, send, streamError, until } from "../wire/expect.mjs";
import { continuation, data, headers, priority, rstStream, settings, type, windowUpdate } from "../wire/frames.mjs";
import { answer, breaks, call, called, calledWith, delivered, failed, ok, requestSeen, settled } from "./steps.mjs";

const upload = { method: "POST", body: Buffer.alloc(100_000) };
const onIdle = (streamId) => [
  ["DATA", data(streamId, "x")],
  ["HEADERS", headers(streamId, ok, { end: true })],
  ["RST_STREAM", rstStream(streamId)],
  ["WINDOW_UPDATE", windowUpdate(streamId, 1)],
];

export default {
  section: "5.1",
  title: "stream states",
  cases: [
    ...onIdle(5).map(([name, bytes]) => ({
      sent: `${name} on a stream that the client has not opened`,
      required: "a connection error PROTOCOL_ERROR: it is idle (§5.1)",
      run: called(send(bytes), breaks("PROTOCOL_ERROR")),
    })),
    ...onIdle(2).map(([name, bytes]) => ({
      sent: `${name} on an even stream that was not promised`,
      required: "a connection error PROTOCOL_ERROR: it is idle (§5.1, §5.1.1)",
      run: called(send(bytes), breaks("PROTOCOL_ERROR")),
    })),
    {
      sent: "PRIORITY on idle streams, odd and even",
      required: "it is ignored (§5.1)",
      run: called(send(priority(2), priority(9), priority(1), answer(1)), delivered(), alive),
    },
    {
      sent: "DATA after the end of an answer",
      required: "it is ignored, or an error STREAM_CLOSED; the call keeps its answer (§5.1)",
      run: called(send(answer(1)), delivered(), send(data(1, "more")), closedStream(1)),
    },
    {
      sent: "DATA after the end of an answer, in the same segment",
      required: "it is ignored, or an error STREAM_CLOSED (§5.1)",
      run: called(send(answer(1), data(1, "more")), closedStream(1)),
    },
    {
      sent: "HEADERS after the end of an answer",
      required: "it is ignored, or an error STREAM_CLOSED (§5.1)",
      run: called(send(answer(1)), delivered(), send(headers(1, ok, { end: true })), closedStream(1)),
    },
    {
      sent: "CONTINUATION after the end of an answer",
      required: "a connection error PROTOCOL_ERROR: no HEADERS went before it (§6.10)",
      run: called(send(answer(1)), delivered(), send(continuation(1, [])), async (table) => {
        await until("GOAWAY or the end", (wire) => wire.ended !== undefined || wire.goaways().length > 0)(table);
        await check("PROTOCOL_ERROR", (wire) => wire.goaways().every(({ code }) => code === "PROTOCOL_ERROR"))(table);
      }),
    },
    {
      sent: "WINDOW_UPDATE, RST_STREAM and PRIORITY after the end of an answer",
      required: "they are ignored: they may be late (§5.1)",
      run: called(send(answer(1)), delivered(), send(windowUpdate(1, 9), priority(1), rstStream(1, "NO_ERROR")), alive),
    },
    {
      sent: "DATA after the end of an answer while the request is not whole yet",
      required: "a stream error STREAM_CLOSED: the stream is half-closed (§5.1)",
      run: calledWith(upload, [], send(answer(1), data(1, "more")), streamError(1, "STREAM_CLOSED")),
    },
    {
      sent: "HEADERS after the end of an answer while the request is not whole yet",
      required: "a stream error STREAM_CLOSED: the stream is half-closed (§5.1)",
      run: calledWith(upload, [], send(answer(1), headers(1, ok, { end: true })), streamError(1, "STREAM_CLOSED")),
    },
    {
      sent: "a whole answer while the request is not whole yet, then windows for the rest",
      required: "the rest of the request, and the answer is delivered (§5.1, §8.1)",
      run: calledWith(
        upload,
        [],
        until("the first window's DATA", (wire) => wire.bytesOf(1) === 65_535),
        send(answer(1), windowUpdate(0, 100_000), windowUpdate(1, 100_000)),
        async (table) => {
          await table.wire.until(() => table.wire.endOf(1) || table.wire.resetOf(1) !== undefined);
          await check(
            "the whole request or CANCEL or NO_ERROR",
            (wire) => wire.endOf(1) || ["CANCEL", "NO_ERROR"].includes(wire.resetOf(1)),
          )(table);
        },
        delivered(),
      ),
    },
    {
      sent: "DATA on a stream that the server reset",
      required: "it is ignored, or an error STREAM_CLOSED; the call fails (§5.1)",
      run: called(send(rstStream(1, "INTERNAL_ERROR"), data(1, "late")), closedStream(1), failed()),
    },
    {
      sent: "HEADERS on a stream that the server reset",
      required: "it is ignored, or an error STREAM_CLOSED; the call fails (§5.1)",
      run: called(send(rstStream(1, "INTERNAL_ERROR"), headers(1, ok, { end: true })), closedStream(1), failed()),
    },
    {
      sent: "the rest of an answer that the client has reset as malformed",
      required: "it is ignored: it was on its way (§5.1)",
      run: called(
        send(
          headers(1, [
            [":status", "200"],
            ["Upper", "1"],
          ]),
          data(1, "x"),
          headers(1, [["x-a", "1"]], { end: true }),
        ),
        streamError(1, "PROTOCOL_ERROR"),
        send(data(1, "y")),
        ignored(3),
        failed(),
      ),
    },
    {
      sent: "a second call's answer before the first's",
      required: "each call gets its own: streams are interleaved (§5)",
      run: called(
        call(),
        requestSeen(3),
        send(
          headers(1, ok),
          headers(3, ok),
          data(1, "12"),
          data(3, "1234567", { end: true }),
          data(1, "34567", { end: true }),
        ),
        delivered({ call: 1, octets: 7 }),
        delivered({ call: 0, octets: 7 }),
      ),
    },
    {
      sent: "three answers in a row",
      required: "requests on streams whose odd numbers rise (§5.1.1)",
      run: called(
        send(answer(1)),
        delivered(),
        call(),
        requestSeen(3),
        send(answer(3)),
        delivered({ call: 1 }),
        call(),
        requestSeen(5),
        send(answer(5)),
        delivered({ call: 2 }),
      ),
    },
    {
      sent: "SETTINGS_MAX_CONCURRENT_STREAMS = 1, and three calls",
      required: "one request at a time (§5.1.2)",
      run: settled(
        {},
        [["MAX_CONCURRENT_STREAMS", 1]],
        call(),
        call(),
        alive,
        check("one request", (wire) => wire.of(type.HEADERS).length === 2),
        send(answer(3)),
        requestSeen(5),
        alive,
        check("two requests", (wire) => wire.of(type.HEADERS).length === 3),
        send(answer(5)),
        requestSeen(7),
        send(answer(7)),
        delivered({ call: 2 }),
      ),
    },
    {
      sent: "SETTINGS_MAX_CONCURRENT_STREAMS = 0 in mid-flight, and a second call",
      required: "the first goes on, the second waits until the limit rises (§5.1.2)",
      run: called(
        send(settings(["MAX_CONCURRENT_STREAMS", 0])),
        until("both acknowledged", (wire) => wire.of(type.SETTINGS).filter(({ flags }) => flags === 1).length === 2),
        call(),
        alive,
        check("no second request", (wire) => wire.of(type.HEADERS).length === 1),
        send(answer(1)),
        delivered(),
        alive,
        check("still none", (wire) => wire.of(type.HEADERS).length === 1),
        send(settings(["MAX_CONCURRENT_STREAMS", 1])),
        requestSeen(3),
        send(answer(3)),
        delivered({ call: 1 }),
      ),
    },
  ],
};
