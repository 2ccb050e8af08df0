/** RFC 9113 §4.1 and §4.2: what every frame has, and how large it may be. */
import {
  alive,
  answered,
  check,
  connectionError,
  ignored,
  send,
  sendOctets,
  streamError,
  until,
} from "../wire/expect.mjs";
import {
  data,
  frame,
  headers,
  ping,
  priority,
  reservedBit,
  settings,
  smallestMaxFrame,
  type,
  uint32,
} from "../wire/frames.mjs";
import { get, getOf, greeted, opened, request } from "./steps.mjs";

const tooLong = Buffer.alloc(smallestMaxFrame + 1);

export default {
  section: "4.1",
  title: "frame format and size",
  cases: [
    {
      sent: "a frame of an unknown type",
      required: "it is ignored and discarded (§4.1, §5.5)",
      run: greeted(send(frame(0xff, 0, 0, Buffer.from("what?"))), ignored()),
    },
    {
      sent: "frames of eleven unknown types, on stream 0 and on others, before a request",
      required: "they are ignored (§4.1)",
      run: greeted(
        send(
          ...[0x0b, 0x0d, 0x0e, 0x0f, 0x11, 0x20, 0x40, 0x80, 0xf0, 0xfa, 0xff].map((number) =>
            frame(number, 0xff, number & 1, Buffer.alloc(8)),
          ),
        ),
        send(request(1)),
        answered(1),
      ),
    },
    {
      sent: "PING with every undefined flag set",
      required: "the flags are ignored, the PING answered (§4.1)",
      run: greeted(
        send(frame(type.PING, 0xfe, 0, Buffer.from("flagged!"))),
        until("PING ACK", (wire) => wire.of(type.PING).some(({ payload }) => payload.toString() === "flagged!")),
        alive,
      ),
    },
    {
      sent: "PING whose reserved bit before the stream's number is set",
      required: "the bit is ignored, the PING answered (§4.1)",
      run: greeted(
        send(frame(type.PING, 0, reservedBit, Buffer.from("reserved"))),
        until("PING ACK", (wire) => wire.of(type.PING).some(({ payload }) => payload.toString() === "reserved")),
        alive,
      ),
    },
    {
      sent: "a request whose HEADERS have the reserved bit set",
      required: "the bit is ignored, the request answered (§4.1)",
      run: greeted(async ({ wire }) => {
        const bytes = Buffer.from(request(1));
        bytes.writeUInt32BE(reservedBit + 1, 5);
        wire.send(bytes);
      }, answered(1)),
    },
    {
      sent: "DATA of 16,384 octets",
      required: "it is taken: every endpoint accepts that much (§4.2)",
      run: greeted(send(opened(1), data(1, Buffer.alloc(smallestMaxFrame), { end: true })), answered(1)),
    },
    {
      sent: "HEADERS of exactly 16,384 octets, with padding",
      required: "they are taken (§4.2)",
      run: greeted(async ({ wire }) => {
        const longer = (length) => [...get, ["x-a", "a".repeat(8_000)], ["x-b", "b".repeat(length)]];
        const pad = 100; // and the octet that says so
        const spare = smallestMaxFrame - pad - 1 - (headers(1, longer(8_000), { end: true }).length - 9);
        wire.send(headers(1, longer(8_000 + spare), { end: true, pad }));
      }, answered(1)),
    },
    {
      sent: "DATA larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a stream or connection error FRAME_SIZE_ERROR (§4.2)",
      run: greeted(send(opened(1), data(1, tooLong, { end: true })), streamError(1, "FRAME_SIZE_ERROR")),
    },
    {
      sent: "HEADERS larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a connection error FRAME_SIZE_ERROR: the frame carries a field block (§4.2)",
      run: greeted(
        send(headers(1, [...get, ["x-long", "a".repeat(smallestMaxFrame)]], { end: true })),
        connectionError("FRAME_SIZE_ERROR"),
      ),
    },
    {
      sent: "SETTINGS larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a connection error FRAME_SIZE_ERROR (§4.2)",
      run: greeted(
        // Of 2,731 pairs: the first multiple of six octets above the limit.
        send(settings(), frame(type.SETTINGS, 0, 0, Buffer.alloc(2_731 * 6))),
        connectionError("FRAME_SIZE_ERROR"),
      ),
    },
    {
      sent: "PING larger than SETTINGS_MAX_FRAME_SIZE",
      required: "a connection error FRAME_SIZE_ERROR (§4.2, §6.7)",
      run: greeted(send(frame(type.PING, 0, 0, tooLong)), connectionError("FRAME_SIZE_ERROR")),
    },
    {
      sent: "SETTINGS_MAX_FRAME_SIZE 16,384 and a request for 100,000 octets",
      required: "DATA of at most 16,384 octets each (§4.2)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 1_000_000]), frame(type.WINDOW_UPDATE, 0, 0, uint32(1_000_000))),
        send(headers(1, getOf("/octets/100000"), { end: true })),
        answered(1),
        check("no DATA above 16,384 octets", (wire) =>
          wire.of(type.DATA).every(({ payload }) => payload.length <= smallestMaxFrame),
        ),
        check("100,000 octets", (wire) => wire.bytesOf(1) === 100_000),
      ),
    },
    {
      sent: "each octet of a request in a segment of its own",
      required: "an answer: frames have nothing to do with segments (§4.1)",
      run: greeted(sendOctets(ping(), request(1)), answered(1)),
    },
    {
      sent: "priority for a stream and PING in the same segment as a request",
      required: "an answer to both (§4.1)",
      run: greeted(send(priority(1), ping("together"), request(1)), answered(1), alive),
    },
  ],
};
