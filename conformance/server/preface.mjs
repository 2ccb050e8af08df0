/** RFC 9113 §3.4: what a connection begins with. */
import { alive, answered, connectionError, send, sendOctets, settingsAcked, until } from "../wire/expect.mjs";
import { data, frame, ping, preface, settings, settingsAck, type } from "../wire/frames.mjs";
import { request, ungreeted } from "./steps.mjs";

export default {
  section: "3.4",
  title: "connection preface",
  cases: [
    {
      sent: "the preface and empty SETTINGS",
      required: "SETTINGS as the server's first frame, and an acknowledgement of the client's (§3.4)",
      run: ungreeted(
        send(preface, settings()),
        settingsAcked(1),
        until(
          "SETTINGS as the first frame",
          ({ frames: [first] }) => first?.type === type.SETTINGS && first.flags === 0,
        ),
      ),
    },
    {
      sent: "the preface, SETTINGS and a request at once",
      required: "an answer: a client need not wait for the server's SETTINGS (§3.4)",
      run: ungreeted(send(preface, settings(), request(1)), answered(1)),
    },
    {
      sent: "the preface octet by octet, then SETTINGS and a request",
      required: "an answer: TCP may deliver any pieces (§3.4)",
      run: ungreeted(
        async ({ wire }) => void (wire.polite = false), // an acknowledgement would land inside the preface
        sendOctets(preface),
        send(settings(), settingsAck(), request(1)),
        answered(1),
      ),
    },
    {
      sent: "a preface whose last line is wrong",
      required: "a connection error PROTOCOL_ERROR; GOAWAY may be left out (§3.4)",
      run: ungreeted(
        send(Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\n\n"), settings()),
        connectionError("PROTOCOL_ERROR"),
      ),
    },
    {
      sent: "SETTINGS without the preface",
      required: "a connection error PROTOCOL_ERROR; GOAWAY may be left out (§3.4)",
      run: ungreeted(send(settings(), ping(), request(1)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "an HTTP/1.1 request",
      required: "the end of the connection: it does not begin with the preface (§3.4)",
      run: ungreeted(
        send(Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")),
        until("the connection's end", ({ ended }) => ended !== undefined),
      ),
    },
    {
      sent: "an HTTP/1.1 request that asks for an upgrade to h2c",
      required: "no 101 and no HTTP/2 over it: RFC 9113 took the upgrade away (§3.1)",
      run: ungreeted(
        send(
          Buffer.from(
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
          ),
        ),
        until("the connection's end", ({ ended }) => ended !== undefined),
      ),
    },
    {
      sent: "the preface, then PING before SETTINGS",
      required: "a connection error PROTOCOL_ERROR: SETTINGS come first (§3.4)",
      run: ungreeted(send(preface, ping(), settings()), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "the preface, then a request before SETTINGS",
      required: "a connection error PROTOCOL_ERROR: SETTINGS come first (§3.4)",
      run: ungreeted(send(preface, request(1), settings()), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "the preface, then DATA before SETTINGS",
      required: "a connection error PROTOCOL_ERROR (§3.4)",
      run: ungreeted(send(preface, data(1, "x"), settings()), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "the preface, then a SETTINGS acknowledgement as the first frame",
      required: "a connection error PROTOCOL_ERROR: the client's own SETTINGS come first (§3.4)",
      run: ungreeted(send(preface, settingsAck(), settings()), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "the preface, then a frame of an unknown type before SETTINGS",
      required: "a connection error PROTOCOL_ERROR: SETTINGS come first, whatever else is ignored (§3.4)",
      run: ungreeted(send(preface, frame(0x42, 0, 0), settings()), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "the preface and SETTINGS, and the preface once more",
      required: "a connection error: the second one is a frame header that makes no sense (§3.4, §4.2)",
      run: ungreeted(
        send(preface, settings()),
        settingsAcked(1),
        alive,
        send(preface, settings()),
        connectionError("FRAME_SIZE_ERROR", "PROTOCOL_ERROR"),
      ),
    },
  ],
};
