/** RFC 9113 §3.4: what a connection begins with. */
import { alive, check, send, sendOctets, until } from "../wire/expect.mjs";
import { data, frame, goaway, headers, ping, setting, settings, settingsAck, type } from "../wire/frames.mjs";
import { answer, breaks, called, calledWith, connected, delivered, failed, ok, requestSeen } from "./steps.mjs";

/** What a server may not begin with. */
const first = [
  ["PING", ping()],
  ["HEADERS", headers(1, ok, { end: true })],
  ["DATA", data(1, "x")],
  ["a SETTINGS acknowledgement", settingsAck()],
  ["a frame of an unknown type", frame(0x42, 0, 0)],
  ["WINDOW_UPDATE", frame(type.WINDOW_UPDATE, 0, 0, Buffer.from([0, 0, 0, 1]))],
];

/** Servers that do not speak HTTP/2. */
const strangers = [
  ["an HTTP/1.1 answer", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"],
  ["a TLS alert", "\x15\x03\x01\x00\x02\x02\x28"],
  ["another protocol's greeting", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"],
];

export default {
  section: "3.4",
  title: "connection preface",
  cases: [
    {
      sent: "nothing",
      required: "the client's preface, then SETTINGS as its first frame (§3.4)",
      run: connected(
        check(
          "SETTINGS first",
          ({ frames }) => frames[0].type === type.SETTINGS && frames[0].flags === 0 && frames[0].streamId === 0,
        ),
      ),
    },
    {
      sent: "empty SETTINGS",
      required: "an acknowledgement, and a request (§3.4, §6.5.3)",
      run: called(
        until("SETTINGS ACK", (wire) =>
          wire.of(type.SETTINGS).some(({ flags, payload }) => flags === 1 && payload.length === 0),
        ),
      ),
    },
    {
      sent: "nothing but SETTINGS",
      required: "SETTINGS of the client with values in range (§6.5.2)",
      run: called(
        check("values in range", (wire) => {
          const values = wire.announced();
          const frameSize = values.get(setting.MAX_FRAME_SIZE) ?? 16_384;
          const inRange = frameSize >= 16_384 && frameSize < 2 ** 24;
          return (
            inRange &&
            (values.get(setting.INITIAL_WINDOW_SIZE) ?? 0) < 2 ** 31 &&
            (values.get(setting.ENABLE_PUSH) ?? 1) <= 1
          );
        }),
      ),
    },
    {
      sent: "SETTINGS and an answer, octet by octet",
      required: "the answer is delivered: TCP may deliver any pieces (§3.4)",
      run: connected(
        sendOctets(settings(["MAX_CONCURRENT_STREAMS", 10])),
        requestSeen(1),
        sendOctets(answer(1)),
        delivered(),
      ),
    },
    {
      sent: "SETTINGS, WINDOW_UPDATE and PING in one segment",
      required: "the connection goes on (§3.4)",
      run: connected(
        send(settings(), frame(type.WINDOW_UPDATE, 0, 0, Buffer.from([0, 1, 0, 0])), ping()),
        requestSeen(1),
        send(answer(1)),
        delivered(),
        alive,
      ),
    },
    {
      sent: "SETTINGS with every value at its default",
      required: "the answer is delivered (§6.5.2)",
      run: calledWith(
        {},
        [
          ["HEADER_TABLE_SIZE", 4_096],
          ["INITIAL_WINDOW_SIZE", 65_535],
          ["MAX_FRAME_SIZE", 16_384],
        ],
        send(answer(1)),
        delivered(),
      ),
    },
    ...first.map(([words, bytes]) => ({
      sent: `${words} before SETTINGS`,
      required: "a connection error PROTOCOL_ERROR: SETTINGS come first (§3.4)",
      run: connected(send(bytes, settings()), breaks("PROTOCOL_ERROR")),
    })),
    {
      sent: "GOAWAY before SETTINGS",
      required: "the call fails: no server preface came (§3.4)",
      run: connected(send(goaway(0), settings()), async ({ wire }) => wire.finish(), failed()),
    },
    ...strangers.map(([words, text]) => ({
      sent: `${words} in place of SETTINGS, and the end of the connection`,
      required: "the call fails (§3.4)",
      run: connected(send(Buffer.from(text, "latin1")), async ({ wire }) => wire.finish(), failed()),
    })),
  ],
};
