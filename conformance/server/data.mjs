/** RFC 9113 §6.1: bodies. */
import { answered, connectionError, ignored, send, streamError } from "../wire/expect.mjs";
import { data, frame, headers, type } from "../wire/frames.mjs";
import { get, greeted, opened, request } from "./steps.mjs";

export default {
  section: "6.1",
  title: "DATA",
  cases: [
    {
      sent: "a body in one DATA frame",
      required: "an answer (§6.1)",
      run: greeted(send(opened(1), data(1, "body", { end: true })), answered(1)),
    },
    {
      sent: "a body in several DATA frames, empty ones between, an empty one last",
      required: "an answer (§6.1)",
      run: greeted(send(opened(1), data(1, "a"), data(1, ""), data(1, "b"), data(1, "", { end: true })), answered(1)),
    },
    {
      sent: "a body with padding",
      required: "an answer (§6.1)",
      run: greeted(send(opened(1), data(1, "padded", { pad: 100, end: true })), answered(1)),
    },
    {
      sent: "a body with the longest padding, 255 octets, and one with none but its length",
      required: "an answer (§6.1)",
      run: greeted(send(opened(1), data(1, "long", { pad: 255 }), data(1, "none", { pad: 0, end: true })), answered(1)),
    },
    {
      sent: "DATA that is padding alone",
      required: "an answer (§6.1)",
      run: greeted(send(opened(1), data(1, "", { pad: 20, end: true })), answered(1)),
    },
    {
      sent: "a body whose length is right only without its padding",
      required: "an answer: padding is not counted by content-length (§6.1, §8.1.1)",
      run: greeted(send(opened(1, [["content-length", "4"]]), data(1, "four", { pad: 40, end: true })), answered(1)),
    },
    {
      sent: "DATA with undefined flags",
      required: "the flags are ignored (§4.1)",
      run: greeted(send(opened(1), data(1, "x", { end: true, flags: 0xf6 })), answered(1)),
    },
    {
      sent: "DATA on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.1)",
      run: greeted(send(data(0, "x")), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "DATA on a stream that is half-closed",
      required: "a stream error STREAM_CLOSED (§6.1)",
      run: greeted(send(headers(1, get, { end: true }), data(1, "x", { end: true })), streamError(1, "STREAM_CLOSED")),
    },
    {
      sent: "DATA whose pad length is the length of the frame",
      required: "a connection error PROTOCOL_ERROR (§6.1)",
      run: greeted(
        send(opened(1), data(1, "four", { pad: 0, padSays: 5, end: true })),
        connectionError("PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "DATA whose pad length is far above the length of the frame",
      required: "a connection error PROTOCOL_ERROR (§6.1)",
      run: greeted(
        send(opened(1), data(1, "", { pad: 0, padSays: 255, end: true })),
        connectionError("PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "padded DATA of no octets at all",
      required: "a connection error FRAME_SIZE_ERROR or PROTOCOL_ERROR: its pad length is missing (§4.2, §6.1)",
      run: greeted(send(opened(1), frame(type.DATA, 0x8, 1)), connectionError("FRAME_SIZE_ERROR", "PROTOCOL_ERROR")),
    },
    {
      sent: "DATA for one stream after another's answer",
      required: "it goes to its own stream (§6.1)",
      run: greeted(
        send(opened(1), request(3)),
        answered(3),
        send(data(1, "late", { end: true })),
        answered(1),
        ignored(3),
      ),
    },
  ],
};
