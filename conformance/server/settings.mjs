/** RFC 9113 §6.5: SETTINGS as a frame, their values, and their acknowledgement. */
import { alive, answered, check, connectionError, send, settingsAcked, until } from "../wire/expect.mjs";
import { frame, headers, maxWindow, setting, settings, settingsAck, type } from "../wire/frames.mjs";
import { insertions } from "../wire/hpack.mjs";
import { getOf, greeted, request } from "./steps.mjs";

/** Values out of range, and the code that each costs. */
const wrong = [
  ["ENABLE_PUSH", 2, "PROTOCOL_ERROR"],
  ["ENABLE_PUSH", 0xffff_ffff, "PROTOCOL_ERROR"],
  ["INITIAL_WINDOW_SIZE", maxWindow + 1, "FLOW_CONTROL_ERROR"],
  ["INITIAL_WINDOW_SIZE", 0xffff_ffff, "FLOW_CONTROL_ERROR"],
  ["MAX_FRAME_SIZE", 0, "PROTOCOL_ERROR"],
  ["MAX_FRAME_SIZE", 16_383, "PROTOCOL_ERROR"],
  ["MAX_FRAME_SIZE", 16_777_216, "PROTOCOL_ERROR"],
];

/** Values at the edge of their range. */
const right = [
  ["ENABLE_PUSH", 0],
  ["ENABLE_PUSH", 1],
  ["INITIAL_WINDOW_SIZE", maxWindow],
  ["MAX_FRAME_SIZE", 16_384],
  ["MAX_FRAME_SIZE", 16_777_215],
  ["MAX_CONCURRENT_STREAMS", 0],
  ["MAX_CONCURRENT_STREAMS", 0xffff_ffff],
  ["HEADER_TABLE_SIZE", 0],
  ["HEADER_TABLE_SIZE", 0xffff_ffff],
  ["MAX_HEADER_LIST_SIZE", 0xffff_ffff],
];

export default {
  section: "6.5",
  title: "SETTINGS",
  cases: [
    {
      sent: "empty SETTINGS",
      required: "an acknowledgement of no octets (§6.5.3)",
      run: greeted(
        send(settings()),
        settingsAcked(2),
        check("SETTINGS ACK without payload", (wire) =>
          wire.of(type.SETTINGS).every(({ flags, payload }) => (flags & 1) === 0 || payload.length === 0),
        ),
      ),
    },
    {
      sent: "SETTINGS five times in a row",
      required: "five acknowledgements (§6.5.3)",
      run: greeted(send(settings(), settings(), settings(), settings(), settings()), settingsAcked(6), alive),
    },
    ...right.map(([name, value]) => ({
      sent: `SETTINGS_${name} = ${value}`,
      required: "an acknowledgement, and an answer to a request (§6.5.2)",
      run: greeted(send(settings([name, value])), settingsAcked(2), send(request(1)), answered(1), alive),
    })),
    {
      sent: "a setting that nobody knows",
      required: "it is ignored, and the SETTINGS acknowledged (§6.5.2)",
      run: greeted(send(settings([0xff, 1], [0xbeef, 0xffff_ffff])), settingsAcked(2), send(request(1)), answered(1)),
    },
    {
      sent: "INITIAL_WINDOW_SIZE twice in one frame, 100 and then 1",
      required: "the last value holds: they are processed in order (§6.5.3)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 100], ["INITIAL_WINDOW_SIZE", 1])),
        settingsAcked(2),
        send(headers(1, getOf("/octets/10"), { end: true })),
        until("one octet of DATA", (wire) => wire.bytesOf(1) === 1),
        alive,
        check("no more than one octet", (wire) => wire.bytesOf(1) === 1),
      ),
    },
    ...wrong.map(([name, value, code]) => ({
      sent: `SETTINGS_${name} = ${value}`,
      required: `a connection error ${code} (§6.5.2)`,
      run: greeted(send(settings([name, value])), connectionError(code)),
    })),
    {
      sent: "good SETTINGS with a wrong value behind them in the same frame",
      required: "a connection error PROTOCOL_ERROR (§6.5.2)",
      run: greeted(send(settings(["HEADER_TABLE_SIZE", 0], ["ENABLE_PUSH", 9])), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "a SETTINGS acknowledgement with six octets",
      required: "a connection error FRAME_SIZE_ERROR (§6.5)",
      run: greeted(send(settingsAck(Buffer.alloc(6))), connectionError("FRAME_SIZE_ERROR")),
    },
    {
      sent: "a SETTINGS acknowledgement with one octet",
      required: "a connection error FRAME_SIZE_ERROR (§6.5)",
      run: greeted(send(settingsAck(Buffer.alloc(1))), connectionError("FRAME_SIZE_ERROR")),
    },
    {
      sent: "SETTINGS on stream 1",
      required: "a connection error PROTOCOL_ERROR (§6.5)",
      run: greeted(send(frame(type.SETTINGS, 0, 1)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "a SETTINGS acknowledgement on stream 1",
      required: "a connection error PROTOCOL_ERROR (§6.5)",
      run: greeted(send(frame(type.SETTINGS, 1, 1)), connectionError("PROTOCOL_ERROR")),
    },
    ...[1, 5, 8].map((length) => ({
      sent: `SETTINGS of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR: not a multiple of six (§6.5)",
      run: greeted(send(frame(type.SETTINGS, 0, 0, Buffer.alloc(length))), connectionError("FRAME_SIZE_ERROR")),
    })),
    {
      sent: "SETTINGS with undefined flags",
      required: "the flags are ignored, the SETTINGS acknowledged (§4.1)",
      run: greeted(send(frame(type.SETTINGS, 0xfe, 0)), settingsAcked(2), alive),
    },
    {
      sent: "nothing but the preface and SETTINGS",
      required: "SETTINGS of the server with values in range, ENABLE_PUSH not 1 (§6.5.2)",
      run: greeted(
        check("values in range", (wire) => {
          const values = wire.announced();
          const frameSize = values.get(setting.MAX_FRAME_SIZE) ?? 16_384;
          const window = values.get(setting.INITIAL_WINDOW_SIZE) ?? 0;
          const push = values.get(setting.ENABLE_PUSH) ?? 0;
          return frameSize >= 16_384 && frameSize < 2 ** 24 && window <= maxWindow && push === 0;
        }),
      ),
    },
    {
      sent: "a larger MAX_FRAME_SIZE and a request for 100,000 octets",
      required: "an answer whose DATA keep to it (§6.5.2)",
      run: greeted(
        send(settings(["MAX_FRAME_SIZE", 20_000], ["INITIAL_WINDOW_SIZE", 100_000])),
        settingsAcked(2),
        send(
          frame(type.WINDOW_UPDATE, 0, 0, Buffer.from([0, 1, 0, 0])),
          headers(1, getOf("/octets/100000"), { end: true }),
        ),
        answered(1),
        check("no DATA above 20,000 octets", (wire) =>
          wire.of(type.DATA).every(({ payload }) => payload.length <= 20_000),
        ),
      ),
    },
    {
      sent: "HEADER_TABLE_SIZE = 0 between two requests",
      required: "an answer whose block begins with a size update to 0 if the encoder's table was larger (§4.3.1)",
      run: greeted(
        send(request(1)),
        answered(1),
        send(settings(["HEADER_TABLE_SIZE", 0])),
        settingsAcked(2),
        send(request(3)),
        answered(3),
        check("a size update to 0 first, then no new entries", (wire) => {
          const [first, second] = wire.of(type.HEADERS).map(({ payload }) => payload);
          return insertions(first) === 0 || (second[0] === 0x20 && insertions(second) === 0);
        }),
      ),
    },
  ],
};
