/** RFC 9113 §6.6 to §6.8 and §8.4: PING, GOAWAY, and the PUSH_PROMISE that a client may not send. */
import { answered, connectionError, send, until } from "../wire/expect.mjs";
import { data, frame, goaway, ping, pushPromise, type, uint32 } from "../wire/frames.mjs";
import { get, greeted, opened, request } from "./steps.mjs";

const pong = (text) =>
  until(`PING ACK of ${text}`, (wire) =>
    wire.of(type.PING).some(({ flags, payload }) => (flags & 1) !== 0 && payload.toString() === text),
  );

export default {
  section: "6.7",
  title: "PING, GOAWAY and PUSH_PROMISE",
  cases: [
    {
      sent: "PING",
      required: "PING with ACK and the same eight octets (§6.7)",
      run: greeted(send(ping("identity")), pong("identity")),
    },
    {
      sent: "three PINGs at once",
      required: "three acknowledgements (§6.7)",
      run: greeted(
        send(ping("number 1"), ping("number 2"), ping("number 3")),
        pong("number 1"),
        pong("number 2"),
        pong("number 3"),
      ),
    },
    {
      sent: "PING with ACK that answers nothing",
      required: "no answer to it (§6.7)",
      run: greeted(
        send(ping("unasked!", { ack: true }), ping("barrier.")),
        until(
          "an answer to the next PING, or the end",
          (wire) => wire.goaways().length > 0 || wire.of(type.PING).length > 0,
        ),
        until(
          "no PING in return",
          (wire) => !wire.of(type.PING).some(({ payload }) => payload.toString() === "unasked!"),
        ),
      ),
    },
    {
      sent: "PING while a request's body is half sent",
      required: "an acknowledgement at once (§6.7)",
      run: greeted(
        send(opened(1), data(1, "half"), ping("midway..")),
        pong("midway.."),
        send(data(1, "", { end: true })),
        answered(1),
      ),
    },
    {
      sent: "PING on stream 1",
      required: "a connection error PROTOCOL_ERROR (§6.7)",
      run: greeted(send(ping("8 octets", { streamId: 1 })), connectionError("PROTOCOL_ERROR")),
    },
    ...[0, 6, 7, 9, 16].map((length) => ({
      sent: `PING of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR (§6.7)",
      run: greeted(send(frame(type.PING, 0, 0, Buffer.alloc(length))), connectionError("FRAME_SIZE_ERROR")),
    })),
    {
      sent: "PING with ACK of seven octets",
      required: "a connection error FRAME_SIZE_ERROR (§6.7)",
      run: greeted(send(frame(type.PING, 1, 0, Buffer.alloc(7))), connectionError("FRAME_SIZE_ERROR")),
    },
    {
      sent: "GOAWAY NO_ERROR while a request is open, then its body",
      required: "an answer: what is open goes on (§6.8)",
      run: greeted(send(opened(1), goaway(0), data(1, "rest", { end: true })), answered(1)),
    },
    {
      sent: "GOAWAY with debug data and an error code that nobody knows while a request is open",
      required: "an answer: what is open goes on (§6.8, §7)",
      run: greeted(
        send(opened(1), frame(type.GOAWAY, 0, 0, Buffer.concat([uint32(0), uint32(0xff), Buffer.from("because")]))),
        send(data(1, "rest", { end: true })),
        answered(1),
      ),
    },
    {
      sent: "two GOAWAYs, the second with a lower last stream",
      required: "they are taken; what is open goes on (§6.8)",
      run: greeted(send(opened(1), goaway(0x7fff_fffe), goaway(0), data(1, "rest", { end: true })), answered(1)),
    },
    {
      sent: "GOAWAY on stream 1",
      required: "a connection error PROTOCOL_ERROR (§6.8)",
      run: greeted(send(goaway(0, "NO_ERROR", "", 1)), connectionError("PROTOCOL_ERROR")),
    },
    ...[0, 7].map((length) => ({
      sent: `GOAWAY of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR (§4.2, §6.8)",
      run: greeted(
        send(frame(type.GOAWAY, 0, 0, Buffer.alloc(length))),
        connectionError("FRAME_SIZE_ERROR", "PROTOCOL_ERROR"),
      ),
    })),
    {
      sent: "a request, then a frame that breaks the connection",
      required: "GOAWAY whose last stream is the request's: it was processed (§6.8)",
      run: greeted(
        send(request(1)),
        answered(1),
        send(ping("8 octets", { streamId: 1 })),
        connectionError("PROTOCOL_ERROR"),
        until("GOAWAY with last stream 1, or none", (wire) =>
          wire.goaways().every(({ lastStreamId }) => lastStreamId === 1),
        ),
      ),
    },
    {
      sent: "PUSH_PROMISE on stream 1",
      required: "a connection error PROTOCOL_ERROR: clients cannot push (§8.4)",
      run: greeted(send(opened(1), pushPromise(1, 2, get)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "PUSH_PROMISE on stream 0",
      required: "a connection error PROTOCOL_ERROR (§6.6)",
      run: greeted(send(pushPromise(0, 2, get)), connectionError("PROTOCOL_ERROR")),
    },
  ],
};
