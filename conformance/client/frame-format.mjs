/** RFC 9113 §4.1, §4.2 and §5.5: what every frame has, how large it may be, and frames that nobody knows. */
import { alive, check, send, until } from "../wire/expect.mjs";
import { data, frame, headers, reservedBit, settings, smallestMaxFrame, type } from "../wire/frames.mjs";
import { answer, breaks, call, called, calledWith, delivered, ok, resets, settled } from "./steps.mjs";

const unknownTypes = [0x0b, 0x0d, 0x0e, 0x0f, 0x11, 0x20, 0x40, 0x80, 0xf0, 0xfa, 0xff];
const withReservedBit = (bytes) => {
  const copy = Buffer.from(bytes);
  copy.writeUInt32BE(reservedBit + copy.readUInt32BE(5), 5);
  return copy;
};
/** Octets of DATA that the largest frame of those that came has. */
const largestData = (wire) => Math.max(0, ...wire.of(type.DATA, 3).map(({ payload }) => payload.length));
const wide = ["INITIAL_WINDOW_SIZE", 1_000_000];
const wideConnection = frame(type.WINDOW_UPDATE, 0, 0, Buffer.from([0, 8, 0, 0]));

export default {
  section: "4.1",
  title: "frame format and size",
  cases: [
    {
      sent: "frames of unknown types on stream 0, on the call's and on an idle one",
      required: "they are ignored, the answer is delivered (§4.1, §5.5)",
      run: called(
        send(...unknownTypes.map((number, index) => frame(number, 0xff, [0, 1, 7][index % 3], Buffer.alloc(8)))),
        send(answer(1)),
        delivered(),
      ),
    },
    {
      sent: "a frame of an unknown type between HEADERS and DATA of an answer",
      required: "it is ignored (§5.5)",
      run: called(
        send(headers(1, ok), frame(0xee, 0, 1, Buffer.from("x")), data(1, "hello", { end: true })),
        delivered(),
      ),
    },
    {
      sent: "an answer whose HEADERS and DATA have undefined flags",
      required: "the flags are ignored (§4.1)",
      run: called(send(headers(1, ok, { flags: 0xd2 }), data(1, "hello", { end: true, flags: 0xf6 })), delivered()),
    },
    {
      sent: "an answer whose frames have the reserved bit set",
      required: "the bit is ignored (§4.1)",
      run: called(send(withReservedBit(headers(1, ok)), withReservedBit(data(1, "hello", { end: true }))), delivered()),
    },
    {
      sent: "PING, SETTINGS and WINDOW_UPDATE with undefined flags",
      required: "the flags are ignored (§4.1)",
      run: called(
        send(frame(type.PING, 0xfe, 0, Buffer.alloc(8)), frame(type.SETTINGS, 0xfe, 0)),
        send(frame(type.WINDOW_UPDATE, 0xff, 0, Buffer.from([0, 0, 0, 1]))),
        send(answer(1)),
        delivered(),
        alive,
      ),
    },
    {
      sent: "DATA of 16,384 octets",
      required: "it is delivered: every endpoint accepts that much (§4.2)",
      run: called(
        send(headers(1, ok), data(1, Buffer.alloc(smallestMaxFrame), { end: true })),
        delivered({ octets: smallestMaxFrame }),
      ),
    },
    {
      sent: "DATA larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a stream or connection error FRAME_SIZE_ERROR (§4.2)",
      run: called(
        send(headers(1, ok), data(1, Buffer.alloc(smallestMaxFrame + 1), { end: true })),
        resets("FRAME_SIZE_ERROR"),
      ),
    },
    {
      sent: "HEADERS larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a connection error FRAME_SIZE_ERROR: the frame carries a field block (§4.2)",
      run: called(
        send(headers(1, [...ok, ["x-long", "a".repeat(smallestMaxFrame)]], { end: true })),
        breaks("FRAME_SIZE_ERROR"),
      ),
    },
    {
      sent: "a frame of an unknown type larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a connection or stream error FRAME_SIZE_ERROR (§4.2)",
      run: called(send(frame(0xee, 0, 0, Buffer.alloc(smallestMaxFrame + 1))), breaks("FRAME_SIZE_ERROR")),
    },
    {
      sent: "SETTINGS larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a connection error FRAME_SIZE_ERROR (§4.2)",
      // Of 2,731 pairs: the first multiple of six octets above the limit.
      run: called(send(frame(type.SETTINGS, 0, 0, Buffer.alloc(2_731 * 6))), breaks("FRAME_SIZE_ERROR")),
    },
    {
      sent: "wide windows, for a request of 100,000 octets",
      required: "DATA of at most 16,384 octets each (§4.2)",
      run: settled(
        { method: "POST", body: Buffer.alloc(100_000) },
        [wide],
        send(wideConnection),
        until("the whole request", (wire) => wire.endOf(3)),
        check(
          "no DATA above 16,384 octets",
          (wire) => largestData(wire) <= smallestMaxFrame && wire.bytesOf(3) === 100_000,
        ),
      ),
    },
    {
      sent: "SETTINGS_MAX_FRAME_SIZE of 20,000, for a request of 100,000 octets",
      required: "DATA of at most 20,000 octets each (§4.2)",
      run: settled(
        { method: "POST", body: Buffer.alloc(100_000) },
        [wide, ["MAX_FRAME_SIZE", 20_000]],
        send(wideConnection),
        until("the whole request", (wire) => wire.endOf(3)),
        check("no DATA above 20,000 octets", (wire) => largestData(wire) <= 20_000),
      ),
    },
    {
      sent: "SETTINGS_MAX_FRAME_SIZE of 16,384 after a larger one, for a second request",
      required: "DATA of at most 16,384 octets each (§6.5.2)",
      run: calledWith(
        {},
        [wide, ["MAX_FRAME_SIZE", 100_000]],
        send(wideConnection, settings(["MAX_FRAME_SIZE", smallestMaxFrame]), answer(1)),
        delivered(),
        until("both acknowledged", (wire) => wire.of(type.SETTINGS).filter(({ flags }) => flags === 1).length === 2),
        call({ method: "POST", body: Buffer.alloc(60_000) }),
        until("the whole request", (wire) => wire.endOf(3)),
        check("no DATA above 16,384 octets", (wire) =>
          wire.of(type.DATA, 3).every(({ payload }) => payload.length <= smallestMaxFrame),
        ),
      ),
    },
  ],
};
