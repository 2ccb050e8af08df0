/** RFC 9113 §6.5: SETTINGS as a frame, values, acknowledgements, and changes in mid-flight. */
import { alive, check, send, until } from "../wire/expect.mjs";
import { frame, maxWindow, settings, settingsAck, type } from "../wire/frames.mjs";
import { insertions } from "../wire/hpack.mjs";
import { answer, breaks, call, called, calledWith, delivered, requestSeen } from "./steps.mjs";

const wrong = [
  ["ENABLE_PUSH", 1, "PROTOCOL_ERROR"],
  ["ENABLE_PUSH", 2, "PROTOCOL_ERROR"],
  ["INITIAL_WINDOW_SIZE", maxWindow + 1, "FLOW_CONTROL_ERROR"],
  ["INITIAL_WINDOW_SIZE", 0xffff_ffff, "FLOW_CONTROL_ERROR"],
  ["MAX_FRAME_SIZE", 0, "PROTOCOL_ERROR"],
  ["MAX_FRAME_SIZE", 16_383, "PROTOCOL_ERROR"],
  ["MAX_FRAME_SIZE", 16_777_216, "PROTOCOL_ERROR"],
];
const right = [
  ["ENABLE_PUSH", 0],
  ["INITIAL_WINDOW_SIZE", maxWindow],
  ["INITIAL_WINDOW_SIZE", 0],
  ["MAX_FRAME_SIZE", 16_777_215],
  ["MAX_CONCURRENT_STREAMS", 0xffff_ffff],
  ["HEADER_TABLE_SIZE", 0xffff_ffff],
  ["MAX_HEADER_LIST_SIZE", 0xffff_ffff],
  [0xbeef, 0xffff_ffff],
];
const acks = (count) =>
  until(`${count} SETTINGS ACK`, (wire) => wire.of(type.SETTINGS).filter(({ flags }) => flags === 1).length === count);

export default {
  section: "6.5",
  title: "SETTINGS",
  cases: [
    ...right.map(([name, value]) => ({
      sent: `SETTINGS_${name} = ${value} in mid-flight`,
      required: "an acknowledgement; the call and a second one go on (§6.5.2, §6.5.3)",
      run: called(
        send(settings([name, value])),
        acks(2),
        send(answer(1)),
        delivered(),
        call(),
        requestSeen(3),
        send(answer(3)),
        delivered({ call: 1 }),
      ),
    })),
    ...wrong.map(([name, value, code]) => ({
      sent: `SETTINGS_${name} = ${value} in mid-flight`,
      required: `a connection error ${code} (§6.5.2)`,
      run: called(send(settings([name, value])), breaks(code)),
    })),
    {
      sent: "SETTINGS_MAX_FRAME_SIZE = 0 in the first SETTINGS",
      required: "a connection error PROTOCOL_ERROR (§6.5.2)",
      run: async (open) => {
        const table = await open({});
        table.wire.send(settings(["MAX_FRAME_SIZE", 0]));
        await breaks("PROTOCOL_ERROR")(table);
      },
    },
    {
      sent: "SETTINGS four times in a row",
      required: "an acknowledgement of each (§6.5.3)",
      run: called(send(settings(), settings(), settings(), settings()), acks(5), send(answer(1)), delivered()),
    },
    {
      sent: "SETTINGS_HEADER_TABLE_SIZE = 0 between two calls",
      required: "a second request whose block begins with a size update, if the encoder's table was used (§4.3.1)",
      run: called(
        send(answer(1)),
        delivered(),
        send(settings(["HEADER_TABLE_SIZE", 0])),
        acks(2),
        call(),
        requestSeen(3),
        check("a size update to 0 first", (wire) => {
          const [first, second] = wire.of(type.HEADERS).map(({ payload }) => payload);
          return insertions(first) === 0 || second[0] === 0x20;
        }),
        send(answer(3)),
        delivered({ call: 1 }),
      ),
    },
    {
      sent: "SETTINGS_HEADER_TABLE_SIZE = 0 at once and 4,096 later",
      required: "requests all the same (§6.5.2)",
      run: calledWith(
        {},
        [["HEADER_TABLE_SIZE", 0]],
        send(settings(["HEADER_TABLE_SIZE", 4_096])),
        acks(2),
        send(answer(1)),
        delivered(),
        call(),
        requestSeen(3),
        send(answer(3)),
        delivered({ call: 1 }),
      ),
    },
    {
      sent: "a SETTINGS acknowledgement that answers nothing",
      required: "the connection goes on, or is an error PROTOCOL_ERROR (§6.5.3)",
      run: called(
        send(settingsAck(), answer(1)),
        async ({ wire }) => void (await wire.until(() => wire.goaways().length > 0, 50)),
        check("no other error", (wire) =>
          wire.goaways().every(({ code }) => code === "PROTOCOL_ERROR" || code === "NO_ERROR"),
        ),
      ),
    },
    {
      sent: "a SETTINGS acknowledgement with six octets",
      required: "a connection error FRAME_SIZE_ERROR (§6.5)",
      run: called(send(settingsAck(Buffer.alloc(6))), breaks("FRAME_SIZE_ERROR")),
    },
    {
      sent: "a SETTINGS acknowledgement with one octet",
      required: "a connection error FRAME_SIZE_ERROR (§6.5)",
      run: called(send(settingsAck(Buffer.alloc(1))), breaks("FRAME_SIZE_ERROR")),
    },
    {
      sent: "SETTINGS on the call's stream",
      required: "a connection error PROTOCOL_ERROR (§6.5)",
      run: called(send(frame(type.SETTINGS, 0, 1)), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "a SETTINGS acknowledgement on the call's stream",
      required: "a connection error PROTOCOL_ERROR (§6.5)",
      run: called(send(frame(type.SETTINGS, 1, 1)), breaks("PROTOCOL_ERROR")),
    },
    ...[1, 5, 7].map((length) => ({
      sent: `SETTINGS of ${length} octets`,
      required: "a connection error FRAME_SIZE_ERROR: not a multiple of six (§6.5)",
      run: called(send(frame(type.SETTINGS, 0, 0, Buffer.alloc(length))), breaks("FRAME_SIZE_ERROR")),
    })),
    {
      sent: "SETTINGS with the same setting twice, the last one right",
      required: "values are processed in order; the connection goes on (§6.5.3)",
      run: called(
        send(settings(["INITIAL_WINDOW_SIZE", 0], ["INITIAL_WINDOW_SIZE", 100]), answer(1)),
        delivered(),
        alive,
      ),
    },
  ],
};
