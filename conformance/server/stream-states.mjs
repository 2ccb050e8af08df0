/** RFC 9113 §5.1: what may be sent on a stream in each of its states. */
import {
  alive,
  answered,
  closedStream,
  connectionError,
  ignored,
  malformed,
  send,
  streamError,
  until,
} from "../wire/expect.mjs";
import {
  continuation,
  data,
  frame,
  goaway,
  headers,
  priority,
  pushPromise,
  rstStream,
  windowUpdate,
} from "../wire/frames.mjs";
import { get, greeted, opened, postTo, request } from "./steps.mjs";

const noFields = Buffer.alloc(0);
/** A request whose stream stays half-closed: its handler never answers. */
const unanswered = headers(1, postTo("/unread"), { end: true });

const onIdle = [
  ["DATA", data(1, "x")],
  ["RST_STREAM", rstStream(1)],
  ["WINDOW_UPDATE", windowUpdate(1, 100)],
  ["CONTINUATION", continuation(1, noFields)],
];

export default {
  section: "5.1",
  title: "stream states",
  cases: [
    ...onIdle.map(([name, bytes]) => ({
      sent: `${name} on an idle stream`,
      required: "a connection error PROTOCOL_ERROR (§5.1)",
      run: greeted(send(bytes), connectionError("PROTOCOL_ERROR")),
    })),
    {
      sent: "RST_STREAM on an idle stream above one that is open",
      required: "a connection error PROTOCOL_ERROR (§5.1, §6.4)",
      run: greeted(send(opened(1), rstStream(3)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATE on a stream of the server's, which never opened one",
      required: "a connection error PROTOCOL_ERROR: it is idle (§5.1)",
      run: greeted(send(windowUpdate(2, 1)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "RST_STREAM on a stream of the server's, which never opened one",
      required: "a connection error PROTOCOL_ERROR: it is idle (§5.1)",
      run: greeted(send(rstStream(2)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "PRIORITY on an idle stream, then a request on it",
      required: "an answer: PRIORITY may come in any state (§5.1)",
      run: greeted(send(priority(1), request(1)), answered(1)),
    },
    {
      sent: "DATA on a half-closed (remote) stream",
      required: "a stream error STREAM_CLOSED (§5.1)",
      run: greeted(send(unanswered, data(1, "x")), streamError(1, "STREAM_CLOSED")),
    },
    {
      sent: "HEADERS on a half-closed (remote) stream",
      required: "a stream error STREAM_CLOSED (§5.1)",
      run: greeted(send(unanswered, headers(1, get, { end: true })), streamError(1, "STREAM_CLOSED")),
    },
    {
      sent: "CONTINUATION on a half-closed (remote) stream",
      required: "a connection error PROTOCOL_ERROR: no HEADERS went before it (§5.1, §6.10)",
      run: greeted(send(unanswered, continuation(1, noFields)), connectionError("PROTOCOL_ERROR", "STREAM_CLOSED")),
    },
    {
      sent: "WINDOW_UPDATE and PRIORITY on a half-closed (remote) stream",
      required: "they are taken (§5.1)",
      run: greeted(send(unanswered, windowUpdate(1, 10), priority(1)), ignored(1)),
    },
    {
      sent: "RST_STREAM on a half-closed (remote) stream",
      required: "the stream is closed, the connection goes on (§5.1)",
      run: greeted(send(unanswered, rstStream(1), request(3)), answered(3)),
    },
    {
      sent: "DATA on a stream that the client reset",
      required: "it is ignored, or an error STREAM_CLOSED (§5.1)",
      run: greeted(send(opened(1), rstStream(1), data(1, "x")), closedStream(1)),
    },
    {
      sent: "HEADERS on a stream that the client reset",
      required: "it is ignored, or an error STREAM_CLOSED (§5.1)",
      run: greeted(send(opened(1), rstStream(1), headers(1, get, { end: true })), closedStream(1)),
    },
    {
      sent: "CONTINUATION on a stream that the client reset",
      required: "a connection error PROTOCOL_ERROR or STREAM_CLOSED (§5.1, §6.10)",
      run: greeted(
        send(opened(1), rstStream(1), continuation(1, noFields)),
        connectionError("PROTOCOL_ERROR", "STREAM_CLOSED"),
      ),
    },
    {
      sent: "DATA on a stream that ended on both sides",
      required: "it is ignored, or an error STREAM_CLOSED (§5.1)",
      run: greeted(send(request(1)), answered(1), send(data(1, "x")), closedStream(1)),
    },
    {
      sent: "HEADERS on a stream that ended on both sides",
      required: "it is ignored, or an error STREAM_CLOSED (§5.1)",
      run: greeted(send(request(1)), answered(1), send(request(1)), closedStream(1)),
    },
    {
      sent: "CONTINUATION on a stream that ended on both sides",
      required: "a connection error PROTOCOL_ERROR or STREAM_CLOSED (§5.1, §6.10)",
      run: greeted(
        send(request(1)),
        answered(1),
        send(continuation(1, noFields)),
        connectionError("PROTOCOL_ERROR", "STREAM_CLOSED"),
      ),
    },
    {
      sent: "WINDOW_UPDATE, RST_STREAM and PRIORITY on a stream that ended on both sides",
      required: "they are ignored: they may be late (§5.1)",
      run: greeted(send(request(1)), answered(1), send(windowUpdate(1, 10), rstStream(1), priority(1)), alive),
    },
    {
      sent: "RST_STREAM twice",
      required: "the second is ignored (§5.1)",
      run: greeted(send(opened(1), rstStream(1), rstStream(1)), ignored(1)),
    },
    {
      sent: "the rest of a body, and trailers, on a stream that the server reset",
      required: "they are ignored: they were on their way (§5.1)",
      run: greeted(
        send(opened(1, [["content-length", "1"]]), data(1, "xx")),
        malformed(1),
        send(data(1, "y"), headers(1, [["x-a", "1"]], { end: true })),
        alive,
      ),
    },
    {
      sent: "a frame of an unknown type on an idle, an open and a closed stream",
      required: "it is ignored (§5.1, §5.5)",
      run: greeted(
        send(frame(0xee, 0, 1), opened(1), frame(0xee, 0, 1), data(1, "", { end: true }), frame(0xee, 0, 3)),
        answered(1),
        send(frame(0xee, 0, 1)),
        ignored(1),
      ),
    },
    {
      sent: "PUSH_PROMISE on an open stream",
      required: "a connection error PROTOCOL_ERROR: clients cannot push (§5.1, §8.4)",
      run: greeted(send(opened(1), pushPromise(1, 2, get)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "a whole exchange, GOAWAY, and the end of the client's half",
      required: "the server closes the connection, too (§6.8)",
      run: greeted(
        send(request(1)),
        answered(1),
        send(goaway(0)),
        async ({ wire }) => wire.finish(),
        until("the connection's end", ({ ended }) => ended !== undefined),
      ),
    },
  ],
};
