/** RFC 9113 §6.4 and §5.4: ending a stream at once, and what errors do. */
import { alive, answered, check, connectionError, ignored, send } from "../wire/expect.mjs";
import { frame, headers, rstStream, type, uint32 } from "../wire/frames.mjs";
import { getOf, greeted, opened, postTo, request } from "./steps.mjs";

export default {
  section: "6.4",
  title: "RST_STREAM",
  cases: [
    {
      sent: "RST_STREAM CANCEL on an open stream, then a request",
      required: "no answer to RST_STREAM, and the next request is answered (§5.4.2, §6.4)",
      run: greeted(send(headers(1, postTo("/unread")), rstStream(1), request(3)), answered(3), ignored(1)),
    },
    {
      sent: "RST_STREAM while an answer waits for the window",
      required: "no more DATA on the stream; the connection goes on (§6.4)",
      run: greeted(
        send(headers(1, getOf("/octets/200000"), { end: true })),
        async ({ wire }) => wire.until(() => wire.bytesOf(1) >= 65_535),
        send(rstStream(1), frame(type.WINDOW_UPDATE, 0, 0, uint32(100_000)), request(3)),
        answered(3),
        check("no DATA after the reset", (wire) => wire.bytesOf(1) <= 65_535),
      ),
    },
    {
      sent: "RST_STREAM with an error code that nobody knows",
      required: "no special behaviour (§6.4, §7)",
      run: greeted(send(opened(1), frame(type.RST_STREAM, 0, 1, uint32(0xfeed_f00d)), request(3)), answered(3), alive),
    },
    {
      sent: "RST_STREAM with undefined flags",
      required: "the flags are ignored (§4.1)",
      run: greeted(send(opened(1), frame(type.RST_STREAM, 0xff, 1, uint32(8)), request(3)), answered(3), alive),
    },
    {
      sent: "RST_STREAM on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.4)",
      run: greeted(send(rstStream(0)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "RST_STREAM on an idle stream",
      required: "a connection error PROTOCOL_ERROR (§6.4)",
      run: greeted(send(rstStream(1)), connectionError("PROTOCOL_ERROR")),
    },
    ...[0, 3, 5].map((length) => ({
      sent: `RST_STREAM of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR (§6.4)",
      run: greeted(
        send(opened(1), frame(type.RST_STREAM, 0, 1, Buffer.alloc(length))),
        connectionError("FRAME_SIZE_ERROR"),
      ),
    })),
  ],
};
