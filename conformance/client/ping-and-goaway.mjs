/** RFC 9113 §6.7 and §6.8: PING, and servers that leave in good and bad order. */
import { alive, check, send, until } from "../wire/expect.mjs";
import { data, frame, goaway, headers, ping, type, uint32 } from "../wire/frames.mjs";
import { answer, breaks, call, called, delivered, failed, ok, requestSeen } from "./steps.mjs";

const last = 0x7fff_ffff; // RFC 9113 §6.8: of a server that only warns
const pong = (text) =>
  until(`PING ACK of ${text}`, (wire) =>
    wire.of(type.PING).some(({ flags, payload }) => flags === 1 && payload.toString() === text),
  );
const raw = (lastStreamId, code, debug = "") =>
  frame(type.GOAWAY, 0, 0, Buffer.concat([uint32(lastStreamId), uint32(code), Buffer.from(debug)]));
const noMoreThan = (count) => check(`no more than ${count} requests`, (wire) => wire.of(type.HEADERS).length <= count);
/** Long enough for a client that would open a stream to have opened it. */
const soon = async ({ wire }) => void (await wire.until(() => false, 100));

export default {
  section: "6.8",
  title: "PING and GOAWAY",
  cases: [
    {
      sent: "PING",
      required: "PING with ACK and the same octets (§6.7)",
      run: called(send(ping("identity")), pong("identity"), send(answer(1)), delivered()),
    },
    {
      sent: "three PINGs in the middle of an answer",
      required: "three acknowledgements; the answer is delivered (§6.7)",
      run: called(
        send(
          headers(1, ok),
          ping("number 1"),
          data(1, "he"),
          ping("number 2"),
          data(1, "llo", { end: true }),
          ping("number 3"),
        ),
        pong("number 1"),
        pong("number 2"),
        pong("number 3"),
        delivered(),
      ),
    },
    ...[0, 7, 9].map((length) => ({
      sent: `PING of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR (§6.7)",
      run: called(send(frame(type.PING, 0, 0, Buffer.alloc(length))), breaks("FRAME_SIZE_ERROR")),
    })),
    {
      sent: "PING with ACK of seven octets",
      required: "a connection error FRAME_SIZE_ERROR (§6.7)",
      run: called(send(frame(type.PING, 1, 0, Buffer.alloc(7))), breaks("FRAME_SIZE_ERROR")),
    },
    {
      sent: "PING on the call's stream",
      required: "a connection error PROTOCOL_ERROR (§6.7)",
      run: called(send(ping("8 octets", { streamId: 1 })), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "GOAWAY whose last stream is the call's, then the answer",
      required: "the answer is delivered: what is taken goes on (§6.8)",
      run: called(send(goaway(1), answer(1)), delivered()),
    },
    {
      sent: "GOAWAY 2^31-1, a pause, GOAWAY of the last stream, then the answer",
      required: "the answer is delivered: a leave in two steps (§6.8)",
      run: called(send(goaway(last)), alive, send(goaway(1)), alive, send(answer(1)), delivered()),
    },
    {
      sent: "GOAWAY 2^31-1 alone, then the answer",
      required: "the answer is delivered, and no further request on this connection (§6.8)",
      run: called(send(goaway(last)), alive, call(), soon, noMoreThan(1), send(answer(1)), delivered()),
    },
    {
      sent: "GOAWAY of the last stream, and a second call",
      required: "no further request on this connection (§6.8)",
      run: called(send(goaway(1)), alive, call(), soon, noMoreThan(1), send(answer(1)), delivered()),
    },
    {
      sent: "GOAWAY 1 while two calls are open, then the answer to the first",
      required: "the first is delivered, the second was not processed and fails (§6.8)",
      run: called(call(), requestSeen(3), send(goaway(1)), failed(1), send(answer(1)), delivered()),
    },
    {
      sent: "GOAWAY 0",
      required: "the call fails: it was not processed (§6.8)",
      run: called(send(goaway(0)), failed()),
    },
    {
      sent: "GOAWAYs whose last streams fall, 5, 3 and 1, with three calls open",
      required: "the first call is delivered, the others fail (§6.8)",
      run: called(
        call(),
        requestSeen(3),
        call(),
        requestSeen(5),
        send(goaway(5), goaway(3)),
        failed(2),
        send(goaway(1)),
        failed(1),
        send(answer(1)),
        delivered(),
      ),
    },
    {
      sent: "GOAWAY 1, then GOAWAY 3, with two calls open",
      required: "what was given up stays given up; the first is delivered, or a connection error PROTOCOL_ERROR (§6.8)",
      run: called(call(), requestSeen(3), send(goaway(1)), failed(1), send(goaway(3), answer(1)), async (table) => {
        await table.wire.until(() => table.wire.goaways().length > 0, 100);
        if (table.wire.goaways().some(({ code }) => code === "PROTOCOL_ERROR")) return;
        await delivered()(table);
      }),
    },
    {
      sent: "GOAWAY INTERNAL_ERROR whose last stream is the call's, then the answer",
      required: "the answer is delivered: streams up to the last one may complete (§6.8)",
      run: called(send(goaway(1, "INTERNAL_ERROR"), answer(1)), delivered()),
    },
    {
      sent: "GOAWAY with an error code that nobody knows, then the answer",
      required: "no special behaviour: the answer is delivered (§6.8, §7)",
      run: called(send(raw(1, 0xfeed), answer(1)), delivered()),
    },
    {
      sent: "GOAWAY with 10,000 octets of debug data, then the answer",
      required: "the data means nothing: the answer is delivered (§6.8)",
      run: called(send(raw(1, 0, "x".repeat(10_000)), answer(1)), delivered()),
    },
    {
      sent: "GOAWAY whose reserved bit is set, then the answer",
      required: "the bit is ignored (§6.8)",
      run: called(send(raw(0x8000_0001, 0), answer(1)), delivered()),
    },
    {
      sent: "GOAWAY of the last stream in the middle of an answer",
      required: "the answer is delivered (§6.8)",
      run: called(send(headers(1, ok), data(1, "he"), goaway(1), data(1, "llo", { end: true })), delivered()),
    },
    {
      sent: "GOAWAY on the call's stream",
      required: "a connection error PROTOCOL_ERROR (§6.8)",
      run: called(send(goaway(1, "NO_ERROR", "", 1)), breaks("PROTOCOL_ERROR")),
    },
    ...[0, 4, 7].map((length) => ({
      sent: `GOAWAY of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR (§4.2, §6.8)",
      run: called(send(frame(type.GOAWAY, 0, 0, Buffer.alloc(length))), breaks("FRAME_SIZE_ERROR")),
    })),
    {
      sent: "the end of the connection in place of an answer",
      required: "the call fails (§8.1)",
      run: called(async ({ wire }) => wire.finish(), failed()),
    },
    {
      sent: "the end of the connection in the middle of an answer",
      required: "the call fails: END_STREAM did not come (§8.1)",
      run: called(send(headers(1, ok), data(1, "hello")), async ({ wire }) => wire.finish(), failed()),
    },
    {
      sent: "a whole answer and the end of the connection in one segment",
      required: "the answer is delivered (§8.1)",
      run: called(send(answer(1)), async ({ wire }) => wire.finish(), delivered()),
    },
    {
      sent: "a frame that breaks the connection",
      required: "GOAWAY whose last stream is 0: a server opened none (§6.8)",
      run: called(
        send(ping("8 octets", { streamId: 1 })),
        breaks("PROTOCOL_ERROR"),
        check("last stream 0, or no GOAWAY", (wire) => wire.goaways().every(({ lastStreamId }) => lastStreamId === 0)),
      ),
    },
  ],
};
