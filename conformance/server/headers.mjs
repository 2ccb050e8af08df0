/** RFC 9113 §6.2: HEADERS as a frame. */
import { answered, connectionError, send, streamError } from "../wire/expect.mjs";
import { frame, headers, priorityFields, type } from "../wire/frames.mjs";
import { block } from "../wire/hpack.mjs";
import { get, greeted, request } from "./steps.mjs";

export default {
  section: "6.2",
  title: "HEADERS",
  cases: [
    {
      sent: "a request in HEADERS",
      required: "an answer (§6.2)",
      run: greeted(send(request(1)), answered(1)),
    },
    {
      sent: "a request with padding",
      required: "an answer (§6.2)",
      run: greeted(send(headers(1, get, { end: true, pad: 8 })), answered(1)),
    },
    {
      sent: "a request with a pad length of 0",
      required: "an answer (§6.2)",
      run: greeted(send(headers(1, get, { end: true, pad: 0 })), answered(1)),
    },
    {
      sent: "a request with 255 octets of padding and priority fields",
      required: "an answer (§6.2)",
      run: greeted(send(headers(1, get, { end: true, pad: 255, priority: priorityFields(0) })), answered(1)),
    },
    {
      sent: "a request with undefined flags",
      required: "an answer: the flags are ignored (§4.1)",
      run: greeted(send(headers(1, get, { end: true, flags: 0xd2 })), answered(1)),
    },
    {
      sent: "HEADERS whose pad length is above what the frame holds",
      required: "a connection error PROTOCOL_ERROR (§6.2)",
      run: greeted(send(headers(1, get, { end: true, pad: 0, padSays: 255 })), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "HEADERS whose pad length leaves no room for the priority fields",
      required: "a connection error PROTOCOL_ERROR (§6.2)",
      run: greeted(
        send(frame(type.HEADERS, 0x2d, 1, Buffer.concat([Buffer.from([4]), priorityFields(0), Buffer.alloc(3)]))),
        connectionError("PROTOCOL_ERROR", "FRAME_SIZE_ERROR"),
      ),
    },
    {
      sent: "HEADERS with PADDED and no octets",
      required: "a connection error FRAME_SIZE_ERROR or PROTOCOL_ERROR (§4.2, §6.2)",
      run: greeted(send(frame(type.HEADERS, 0x0d, 1)), connectionError("FRAME_SIZE_ERROR", "PROTOCOL_ERROR")),
    },
    {
      sent: "HEADERS with PRIORITY and four octets",
      required: "a connection error FRAME_SIZE_ERROR or PROTOCOL_ERROR (§4.2, §6.2)",
      run: greeted(
        send(frame(type.HEADERS, 0x25, 1, Buffer.alloc(4))),
        connectionError("FRAME_SIZE_ERROR", "PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "HEADERS on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.2)",
      run: greeted(send(frame(type.HEADERS, 0x5, 0, block(get))), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "HEADERS on a stream whose request is whole",
      required: "a stream error STREAM_CLOSED (§5.1, §6.2)",
      run: greeted(
        send(headers(1, get, { end: true }), headers(1, get, { end: true })),
        streamError(1, "STREAM_CLOSED"),
      ),
    },
  ],
};
