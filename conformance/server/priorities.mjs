/** RFC 9113 §5.3 and §6.3: priorities are deprecated. What is left is that PRIORITY has a stream and five octets. */
import { answered, connectionError, ignored, send, streamError } from "../wire/expect.mjs";
import { frame, headers, priority, priorityFields, type } from "../wire/frames.mjs";
import { get, greeted, opened, request } from "./steps.mjs";

export default {
  section: "6.3",
  title: "PRIORITY",
  cases: [
    {
      sent: "PRIORITY on streams in every state",
      required: "it is ignored (§5.3.2, §6.3)",
      run: greeted(
        send(priority(7), opened(1), priority(1, 7), request(3)),
        answered(3),
        send(priority(3)),
        ignored(3),
      ),
    },
    {
      sent: "a request with priority fields in its HEADERS",
      required: "an answer: the fields are skipped (§6.2)",
      run: greeted(send(headers(1, get, { end: true, priority: priorityFields(0, 200) })), answered(1)),
    },
    {
      sent: "a request with priority fields and padding",
      required: "an answer (§6.2)",
      run: greeted(send(headers(1, get, { end: true, pad: 10, priority: priorityFields(3) })), answered(1)),
    },
    {
      sent: "a request with an exclusive dependency on a stream that is not there",
      required: "an answer (§5.3.2)",
      run: greeted(send(headers(1, get, { end: true, priority: priorityFields(0x8000_0063) })), answered(1)),
    },
    {
      sent: "a request that depends on itself",
      required: "an answer: RFC 9113 dropped the rule against it (§5.3.1, B)",
      run: greeted(send(headers(1, get, { end: true, priority: priorityFields(1) })), answered(1)),
    },
    {
      sent: "PRIORITY that makes a stream depend on itself, then a request on it",
      required: "an answer: RFC 9113 dropped the rule against it (§5.3.1, B)",
      run: greeted(send(priority(1, 1), request(1)), answered(1)),
    },
    {
      sent: "PRIORITY on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.3)",
      run: greeted(send(priority(0)), connectionError("PROTOCOL_ERROR")),
    },
    ...[0, 4, 6].map((length) => ({
      sent: `PRIORITY of ${length} octets on an open stream`,
      required: "a stream error FRAME_SIZE_ERROR (§6.3)",
      run: greeted(
        send(opened(1), frame(type.PRIORITY, 0, 1, Buffer.alloc(length))),
        streamError(1, "FRAME_SIZE_ERROR"),
      ),
    })),
    {
      sent: "PRIORITY with undefined flags",
      required: "the flags are ignored (§4.1, §6.3)",
      run: greeted(send(frame(type.PRIORITY, 0xff, 1, priorityFields(0)), request(1)), answered(1)),
    },
  ],
};
