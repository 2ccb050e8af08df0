/** RFC 9113 §5.2 and §6.9: windows, both ways. */
import { alive, check, send, streamError, until } from "../wire/expect.mjs";
import { data, frame, headers, maxWindow, setting, settings, type, windowUpdate } from "../wire/frames.mjs";
import { withinWindows } from "../wire/within-windows.mjs";
import { answer, breaks, called, calledWith, delivered, ok, resets, settled } from "./steps.mjs";

const upload = (length) => ({ method: "POST", body: Buffer.alloc(length) });
const sent = (count) => until(`${count} octets of the request`, (wire) => wire.bytesOf(3) === count);
const exactly = (count) => check(`${count} octets, not more`, (wire) => wire.bytesOf(3) === count);
const whole = (count) => until(`${count} octets and END_STREAM`, (wire) => wire.bytesOf(3) === count && wire.endOf(3));
const window = (value) => ["INITIAL_WINDOW_SIZE", value];
const sum = (frames) => frames.reduce((all, { payload }) => all + payload.readUInt32BE(0), 0);

export default {
  section: "6.9",
  title: "flow control",
  cases: [
    {
      sent: "SETTINGS_INITIAL_WINDOW_SIZE = 1, for a request of ten octets",
      required: "one octet; the rest after WINDOW_UPDATE (§6.9.2)",
      run: settled(
        upload(10),
        [window(1)],
        sent(1),
        alive,
        exactly(1),
        send(windowUpdate(3, 4)),
        sent(5),
        alive,
        exactly(5),
        send(windowUpdate(3, 5)),
        whole(10),
      ),
    },
    {
      sent: "SETTINGS_INITIAL_WINDOW_SIZE = 0, then 10, for a request of ten octets",
      required: "no DATA, then ten octets (§6.9.2)",
      run: settled(
        upload(10),
        [window(0)],
        alive,
        exactly(0),
        send(settings(window(10))),
        whole(10),
        send(answer(3)),
        delivered(),
      ),
    },
    {
      sent: "a window of 20,000, then SETTINGS of 0 and of 20,000 again in mid-flight, for a request of 30,000",
      required: "20,000 octets; no more until WINDOW_UPDATE, which a window below 0 takes in (§6.9.2)",
      run: settled(
        upload(30_000),
        [window(20_000)],
        sent(20_000),
        send(settings(window(0)), windowUpdate(3, 10_000)),
        alive,
        exactly(20_000),
        send(settings(window(20_000))),
        whole(30_000),
        send(answer(3)),
        delivered(),
      ),
    },
    {
      sent: "windows of 3, then SETTINGS of 2 (the window is -1), then WINDOW_UPDATE by 1 and by 1",
      required: "three octets, then one (§6.9.2)",
      run: settled(
        upload(10),
        [window(3)],
        sent(3),
        send(settings(window(2)), windowUpdate(3, 1)),
        alive,
        exactly(3),
        send(windowUpdate(3, 1)),
        sent(4),
        alive,
        exactly(4),
      ),
    },
    {
      sent: "a wide stream window, for a request of 100,000 octets",
      required: "65,535 octets: the connection's window is its own (§6.9.2)",
      run: settled(
        upload(100_000),
        [window(1_000_000)],
        sent(65_535),
        alive,
        exactly(65_535),
        send(windowUpdate(0, 34_465)),
        whole(100_000),
      ),
    },
    {
      sent: "a wide connection window, for a request of 100,000 octets",
      required: "65,535 octets: the stream's window is its own (§6.9.1)",
      run: settled(
        upload(100_000),
        [],
        send(windowUpdate(0, 1_000_000)),
        sent(65_535),
        alive,
        exactly(65_535),
        send(windowUpdate(3, 34_465)),
        whole(100_000),
      ),
    },
    {
      sent: "SETTINGS that widen the window of a stream in mid-flight",
      required: "DATA goes on: the difference counts for streams that are open (§6.9.2)",
      run: settled(upload(60_000), [window(100)], sent(100), send(settings(window(60_000))), whole(60_000)),
    },
    {
      sent: "WINDOW_UPDATE whose reserved bit is set",
      required: "the bit is ignored (§6.9)",
      run: settled(
        upload(10),
        [window(1)],
        sent(1),
        send(frame(type.WINDOW_UPDATE, 0, 3, Buffer.from([0x80, 0, 0, 9]))),
        whole(10),
      ),
    },
    {
      sent: "WINDOW_UPDATE by 0 on the connection",
      required: "a connection error PROTOCOL_ERROR (§6.9)",
      run: called(send(windowUpdate(0, 0)), breaks("PROTOCOL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATE by 0 on the call's stream",
      required: "a stream error PROTOCOL_ERROR (§6.9)",
      run: called(send(windowUpdate(1, 0)), resets("PROTOCOL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATE by 2^31-1 on the connection",
      required: "a connection error FLOW_CONTROL_ERROR (§6.9.1)",
      run: called(send(windowUpdate(0, maxWindow)), breaks("FLOW_CONTROL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATE by 2^31-1 on the call's stream",
      required: "a stream error FLOW_CONTROL_ERROR (§6.9.1)",
      run: called(send(windowUpdate(1, maxWindow)), resets("FLOW_CONTROL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATEs that take the connection's window to 2^31",
      required: "a connection error FLOW_CONTROL_ERROR: one too many (§6.9.1)",
      run: called(send(windowUpdate(0, maxWindow - 65_535), windowUpdate(0, 1)), breaks("FLOW_CONTROL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATEs that take the stream's window to 2^31",
      required: "a stream error FLOW_CONTROL_ERROR: one too many (§6.9.1)",
      run: called(send(windowUpdate(1, maxWindow - 65_535), windowUpdate(1, 1)), resets("FLOW_CONTROL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATEs that take both windows to exactly 2^31-1",
      required: "they are taken (§6.9.1)",
      run: called(
        send(windowUpdate(0, maxWindow - 65_535), windowUpdate(1, maxWindow - 65_535), answer(1)),
        delivered(),
        alive,
      ),
    },
    {
      sent: "SETTINGS_INITIAL_WINDOW_SIZE that takes the stream's window above 2^31-1",
      required: "a connection error FLOW_CONTROL_ERROR (§6.9.2)",
      run: called(send(windowUpdate(1, maxWindow - 65_535), settings(window(65_536))), breaks("FLOW_CONTROL_ERROR")),
    },
    ...[0, 3, 5].flatMap((length) =>
      [0, 1].map((streamId) => ({
        sent: `WINDOW_UPDATE of ${length} octets on stream ${streamId}`,
        required: "a connection error FRAME_SIZE_ERROR (§6.9)",
        run: called(send(frame(type.WINDOW_UPDATE, 0, streamId, Buffer.alloc(length, 1))), breaks("FRAME_SIZE_ERROR")),
      })),
    ),
    {
      sent: "an answer of one octet more than the stream's window, to a caller that does not read",
      required: "a stream or connection error FLOW_CONTROL_ERROR (§6.9.1)",
      run: calledWith({ unread: true }, [], async (table) => {
        const { wire } = table;
        wire.send(headers(1, ok));
        const stream = wire.announced().get(setting.INITIAL_WINDOW_SIZE) ?? 65_535;
        for (let left = stream + 1; left > 0; left -= 16_384) {
          const length = Math.min(left, 16_384);
          const room = () => 65_535 + sum(wire.of(type.WINDOW_UPDATE, 0)) - (stream + 1 - left) >= length;
          // A client whose connection window is the smaller one is told by that.
          if (!room()) await wire.until(room, 200);
          wire.send(data(1, Buffer.alloc(length)));
        }
        if (wire.of(type.WINDOW_UPDATE, 1).length > 0) return;
        await streamError(1, "FLOW_CONTROL_ERROR")(table);
      }),
    },
    {
      sent: "an answer of 1,000,000 octets, keeping to the windows",
      required: "WINDOW_UPDATEs as needed, and the answer is delivered (§5.2, §6.9)",
      run: called(
        send(headers(1, ok)),
        withinWindows(1, 1_000_000, 16_384, (length, last) => data(1, Buffer.alloc(length), { end: last })),
        delivered({ octets: 1_000_000 }),
      ),
    },
    {
      sent: "an answer of 500,000 octets of padding, keeping to the windows",
      required:
        "WINDOW_UPDATEs as needed, and an empty answer is delivered: padding counts, and is credited (§6.1, §6.9.1)",
      run: called(
        send(headers(1, ok)),
        withinWindows(1, 500_000, 256, (length, last) => data(1, "", { pad: length - 1, end: last })),
        delivered({ octets: 0 }),
      ),
    },
  ],
};
