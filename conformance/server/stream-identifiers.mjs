/** RFC 9113 §5.1.1 and §5.1.2: which numbers streams have, and how many there are at once. */
import { answered, connectionError, send, until } from "../wire/expect.mjs";
import { data, headers, setting } from "../wire/frames.mjs";
import { greeted, opened, postTo, request } from "./steps.mjs";

/** Beyond this a server's limit is not tried: it would be a flood. */
const mostStreams = 2_000;

export default {
  section: "5.1.1",
  title: "stream identifiers and concurrency",
  cases: [
    {
      sent: "a request on an even stream",
      required: "a connection error PROTOCOL_ERROR: a client's are odd (§5.1.1)",
      run: greeted(send(request(2)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "a request on stream 0",
      required: "a connection error PROTOCOL_ERROR (§5.1.1, §6.2)",
      run: greeted(send(request(0)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "a request on stream 5, then one on stream 3",
      required: "a connection error PROTOCOL_ERROR: numbers rise (§5.1.1)",
      run: greeted(send(request(5)), answered(5), send(request(3)), connectionError("PROTOCOL_ERROR", "STREAM_CLOSED")),
    },
    {
      sent: "a request on stream 5 that is open, then one on stream 3",
      required: "a connection error PROTOCOL_ERROR: numbers rise (§5.1.1)",
      run: greeted(send(opened(5), request(3)), connectionError("PROTOCOL_ERROR", "STREAM_CLOSED")),
    },
    {
      sent: "requests on streams 1, 7 and 101",
      required: "answers to all: numbers may be left out (§5.1.1)",
      run: greeted(send(request(1), request(7), request(101)), answered(1), answered(7), answered(101)),
    },
    {
      sent: "a request on stream 2^31-1",
      required: "an answer: it is the last number there is (§5.1.1)",
      run: greeted(send(request(0x7fff_ffff)), answered(0x7fff_ffff)),
    },
    {
      sent: "a request while another stream's body is half sent, then the rest",
      required: "answers to both: streams are interleaved (§5)",
      run: greeted(
        send(opened(1), data(1, "half"), request(3)),
        answered(3),
        send(data(1, "rest", { end: true })),
        answered(1),
      ),
    },
    {
      sent: "50 requests at once",
      required: "answers to all (§5.1.2)",
      run: greeted(
        async ({ wire }) => wire.send(...Array.from({ length: 50 }, (_, index) => request(2 * index + 1))),
        ...Array.from({ length: 50 }, (_, index) => answered(2 * index + 1)),
      ),
    },
    {
      sent: "one stream more than SETTINGS_MAX_CONCURRENT_STREAMS allows",
      required: "a stream error REFUSED_STREAM or PROTOCOL_ERROR (§5.1.2)",
      run: greeted(async ({ wire }) => {
        const limit = wire.announced().get(setting.MAX_CONCURRENT_STREAMS) ?? Infinity;
        if (limit > mostStreams) return;
        const ids = Array.from({ length: limit + 1 }, (_, index) => 2 * index + 1);
        wire.send(...ids.map((id) => headers(id, postTo("/unread"))));
        const last = ids.at(-1);
        const told = () => wire.resetOf(last) !== undefined || wire.goaways().length > 0;
        await until("RST_STREAM on the last", told)({ wire });
        const code = wire.resetOf(last) ?? wire.goaways().at(-1).code;
        await until("REFUSED_STREAM or PROTOCOL_ERROR", () => ["REFUSED_STREAM", "PROTOCOL_ERROR"].includes(code))({
          wire,
        });
      }),
    },
  ],
};
