/** RFC 9113 §6.1 to §6.4: DATA, HEADERS, PRIORITY and RST_STREAM as frames. */
import { alive, closedStream, send, streamError } from "../wire/expect.mjs";
import { data, frame, headers, priority, priorityFields, rstStream, type, uint32 } from "../wire/frames.mjs";
import { block } from "../wire/hpack.mjs";
import { answer, breaks, call, called, delivered, failed, malformed, ok, requestSeen } from "./steps.mjs";

const body = (...frames) => send(headers(1, ok), ...frames);

export default {
  section: "6.1",
  title: "DATA, HEADERS, PRIORITY and RST_STREAM",
  cases: [
    {
      sent: "a body in several DATA frames, empty ones between, an empty one last",
      required: "it is delivered (§6.1)",
      run: called(body(data(1, "he"), data(1, ""), data(1, "llo"), data(1, "", { end: true })), delivered()),
    },
    {
      sent: "a body with padding of 1, 255 and 0 octets",
      required: "it is delivered without the padding (§6.1)",
      run: called(
        body(data(1, "he", { pad: 1 }), data(1, "l", { pad: 255 }), data(1, "lo", { pad: 0, end: true })),
        delivered(),
      ),
    },
    {
      sent: "DATA that is padding alone",
      required: "an empty body is delivered (§6.1)",
      run: called(body(data(1, "", { pad: 30, end: true })), delivered({ octets: 0 })),
    },
    {
      sent: "DATA whose padding is longer than the frame by one",
      required: "a connection error PROTOCOL_ERROR (§6.1)",
      run: called(body(data(1, "four", { pad: 0, padSays: 5, end: true })), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "DATA whose padding is far longer than the frame",
      required: "a connection error PROTOCOL_ERROR (§6.1)",
      run: called(body(data(1, "", { pad: 0, padSays: 255, end: true })), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "padded DATA of no octets at all",
      required: "a connection error FRAME_SIZE_ERROR or PROTOCOL_ERROR (§4.2, §6.1)",
      run: called(body(frame(type.DATA, 0x9, 1)), breaks("FRAME_SIZE_ERROR", "PROTOCOL_ERROR")),
    },
    {
      sent: "DATA on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.1)",
      run: called(send(data(0, "x")), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "DATA before HEADERS",
      required: "a stream error PROTOCOL_ERROR: an answer begins with HEADERS (§8.1)",
      run: called(send(data(1, "hello"), headers(1, ok, { end: true })), malformed),
    },
    {
      sent: "HEADERS with padding",
      required: "the answer is delivered (§6.2)",
      run: called(send(headers(1, ok, { pad: 200 }), data(1, "hello", { end: true })), delivered()),
    },
    {
      sent: "HEADERS with priority fields",
      required: "the answer is delivered: the fields are skipped (§6.2)",
      run: called(send(headers(1, ok, { priority: priorityFields(1) }), data(1, "hello", { end: true })), delivered()),
    },
    {
      sent: "HEADERS with padding and priority fields",
      required: "the answer is delivered (§6.2)",
      run: called(
        send(headers(1, ok, { pad: 3, priority: priorityFields(0) }), data(1, "hello", { end: true })),
        delivered(),
      ),
    },
    {
      sent: "HEADERS whose padding is longer than the frame",
      required: "a connection error PROTOCOL_ERROR (§6.2)",
      run: called(send(headers(1, ok, { end: true, pad: 0, padSays: 200 })), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "HEADERS whose padding leaves no room for the priority fields",
      required: "a connection error PROTOCOL_ERROR (§6.2)",
      run: called(
        send(frame(type.HEADERS, 0x2d, 1, Buffer.concat([Buffer.from([4]), priorityFields(0), Buffer.alloc(3)]))),
        breaks("PROTOCOL_ERROR", "FRAME_SIZE_ERROR"),
      ),
    },
    {
      sent: "HEADERS with PADDED and no octets",
      required: "a connection error FRAME_SIZE_ERROR or PROTOCOL_ERROR (§4.2, §6.2)",
      run: called(send(frame(type.HEADERS, 0x0d, 1)), breaks("FRAME_SIZE_ERROR", "PROTOCOL_ERROR")),
    },
    {
      sent: "HEADERS with PRIORITY and four octets",
      required: "a connection error FRAME_SIZE_ERROR or PROTOCOL_ERROR (§4.2, §6.2)",
      run: called(send(frame(type.HEADERS, 0x25, 1, Buffer.alloc(4))), breaks("FRAME_SIZE_ERROR", "PROTOCOL_ERROR")),
    },
    {
      sent: "HEADERS on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.2)",
      run: called(send(frame(type.HEADERS, 0x5, 0, block(ok))), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "PRIORITY on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.3)",
      run: called(send(priority(0)), breaks("PROTOCOL_ERROR")),
    },
    ...[0, 4, 6].map((length) => ({
      sent: `PRIORITY of ${length} octets`,
      required: "a stream error FRAME_SIZE_ERROR (§6.3)",
      run: called(send(frame(type.PRIORITY, 0, 1, Buffer.alloc(length))), streamError(1, "FRAME_SIZE_ERROR"), failed()),
    })),
    {
      sent: "RST_STREAM INTERNAL_ERROR in place of an answer",
      required: "the call fails, the connection goes on (§6.4)",
      run: called(
        send(rstStream(1, "INTERNAL_ERROR")),
        failed(),
        alive,
        call(),
        requestSeen(3),
        send(answer(3)),
        delivered({ call: 1 }),
      ),
    },
    {
      sent: "RST_STREAM NO_ERROR in place of an answer",
      required: "the call fails: there is no answer (§6.4)",
      run: called(send(rstStream(1, "NO_ERROR")), failed(), alive),
    },
    {
      sent: "RST_STREAM in the middle of an answer",
      required: "the call fails: the answer is not whole (§6.4)",
      run: called(body(data(1, "hel"), rstStream(1, "INTERNAL_ERROR")), failed(), alive),
    },
    {
      sent: "RST_STREAM with an error code that nobody knows",
      required: "no special behaviour: the call fails (§7)",
      run: called(send(frame(type.RST_STREAM, 0, 1, uint32(0xfeed_f00d))), failed(), alive),
    },
    {
      sent: "RST_STREAM twice",
      required: "the second is ignored (§5.1)",
      run: called(send(rstStream(1, "INTERNAL_ERROR"), rstStream(1, "INTERNAL_ERROR")), closedStream(1), failed()),
    },
    {
      sent: "RST_STREAM on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.4)",
      run: called(send(rstStream(0)), breaks("PROTOCOL_ERROR")),
    },
    ...[0, 3, 5].map((length) => ({
      sent: `RST_STREAM of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR (§6.4)",
      run: called(send(frame(type.RST_STREAM, 0, 1, Buffer.alloc(length))), breaks("FRAME_SIZE_ERROR")),
    })),
  ],
};
