/** RFC 9113 §5.2 and §6.9: windows, both ways. */
import {
  alive,
  answered,
  check,
  connectionError,
  ignored,
  send,
  settingsAcked,
  streamError,
  until,
} from "../wire/expect.mjs";
import { data, frame, headers, maxWindow, setting, settings, type, windowUpdate } from "../wire/frames.mjs";
import { withinWindows } from "../wire/within-windows.mjs";
import { getOf, greeted, opened, postTo, request } from "./steps.mjs";

const tenOctets = headers(1, getOf("/octets/10"), { end: true });
const many = headers(1, getOf("/octets/100000"), { end: true });
const received = (count, streamId = 1) =>
  until(`${count} octets on ${streamId}`, (wire) => wire.bytesOf(streamId) === count);
const exactly = (count, streamId = 1) =>
  check(`${count} octets on ${streamId}, not more`, (wire) => wire.bytesOf(streamId) === count);

/** DATA on stream 1 until the endpoint's own window for it is passed by one octet. One that reads all the same is let go. */
async function overflow(table) {
  const { wire } = table;
  const stream = wire.announced().get(setting.INITIAL_WINDOW_SIZE) ?? 65_535;
  const connection =
    65_535 + wire.of(type.WINDOW_UPDATE, 0).reduce((sum, { payload }) => sum + payload.readUInt32BE(0), 0);
  for (let left = Math.min(stream, connection) + 1; left > 0; left -= 16_384) {
    wire.send(data(1, Buffer.alloc(Math.min(left, 16_384))));
  }
  const credited = () => wire.of(type.WINDOW_UPDATE, 1).length > 0;
  await wire.until(() => credited() || wire.resetOf(1) !== undefined || wire.goaways().length > 0);
  if (!credited()) await streamError(1, "FLOW_CONTROL_ERROR")(table);
}

const plain = (length, last) => data(1, Buffer.alloc(length), { end: last });
const paddingAlone = (length, last) => data(1, "", { pad: length - 1, end: last });

export default {
  section: "6.9",
  title: "flow control",
  cases: [
    {
      sent: "INITIAL_WINDOW_SIZE = 1 and a request for ten octets",
      required: "one octet of DATA, and no more (§6.9.2)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 1])),
        settingsAcked(2),
        send(tenOctets),
        received(1),
        alive,
        exactly(1),
      ),
    },
    {
      sent: "the same, then WINDOW_UPDATE by 4 and by 5",
      required: "five octets, then all ten and the end (§6.9)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 1])),
        settingsAcked(2),
        send(tenOctets),
        received(1),
        send(windowUpdate(1, 4)),
        received(5),
        alive,
        exactly(5),
        send(windowUpdate(1, 5)),
        answered(1),
        exactly(10),
      ),
    },
    {
      sent: "INITIAL_WINDOW_SIZE = 0 and a request",
      required: "HEADERS at once, DATA only after WINDOW_UPDATE (§6.9.2)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 0])),
        settingsAcked(2),
        send(tenOctets),
        until("HEADERS", (wire) => wire.of(type.HEADERS, 1).length === 1),
        alive,
        exactly(0),
        send(windowUpdate(1, 10)),
        answered(1),
      ),
    },
    {
      sent: "INITIAL_WINDOW_SIZE = 0, a request, then INITIAL_WINDOW_SIZE = 10",
      required: "DATA after the second: the difference counts for streams that are open (§6.9.2)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 0])),
        settingsAcked(2),
        send(tenOctets),
        until("HEADERS", (wire) => wire.of(type.HEADERS, 1).length === 1),
        send(settings(["INITIAL_WINDOW_SIZE", 10])),
        answered(1),
      ),
    },
    {
      sent: "INITIAL_WINDOW_SIZE = 3, a request, then 2 (the window is -1), then WINDOW_UPDATE by 2",
      required: "three octets, then one: windows can be negative (§6.9.2)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 3])),
        settingsAcked(2),
        send(tenOctets),
        received(3),
        send(settings(["INITIAL_WINDOW_SIZE", 2])),
        settingsAcked(3),
        send(windowUpdate(1, 1)),
        alive,
        exactly(3),
        send(windowUpdate(1, 1)),
        received(4),
        alive,
        exactly(4),
      ),
    },
    {
      sent: "a request for 100,000 octets with a wide stream window",
      required: "65,535 octets: SETTINGS do not change the connection's window (§6.9.2)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 1_000_000])),
        settingsAcked(2),
        send(many),
        received(65_535),
        alive,
        exactly(65_535),
        send(windowUpdate(0, 34_465)),
        answered(1),
        exactly(100_000),
      ),
    },
    {
      sent: "a request for 100,000 octets with a wide connection window",
      required: "65,535 octets: the stream has a window of its own (§6.9.1)",
      run: greeted(
        send(windowUpdate(0, 1_000_000), many),
        received(65_535),
        alive,
        exactly(65_535),
        send(windowUpdate(1, 34_465)),
        answered(1),
      ),
    },
    {
      sent: "WINDOW_UPDATE on the connection for two streams that wait for it",
      required: "both are served (§6.9.1)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 1_000_000])),
        settingsAcked(2),
        send(many, headers(3, getOf("/octets/100000"), { end: true })),
        until("65,535 octets in all", (wire) => wire.bytesOf(1) + wire.bytesOf(3) === 65_535),
        send(windowUpdate(0, 134_465)),
        answered(1),
        answered(3),
      ),
    },
    {
      sent: "a request with END_STREAM and an answer without octets while both windows are empty",
      required: "the answer: only DATA counts (§6.9)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 1_000_000])),
        settingsAcked(2),
        send(many),
        received(65_535),
        send(headers(3, getOf("/octets/0"), { end: true })),
        until("HEADERS on 3", (wire) => wire.of(type.HEADERS, 3).length > 0),
        alive,
      ),
    },
    {
      sent: "WINDOW_UPDATE by 0 on the connection",
      required: "a connection error PROTOCOL_ERROR (§6.9)",
      run: greeted(send(windowUpdate(0, 0)), connectionError("PROTOCOL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATE by 0 on an open stream",
      required: "a stream error PROTOCOL_ERROR (§6.9)",
      run: greeted(send(opened(1), windowUpdate(1, 0)), streamError(1, "PROTOCOL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATE whose reserved bit is set",
      required: "the bit is ignored (§6.9)",
      run: greeted(
        send(settings(["INITIAL_WINDOW_SIZE", 1])),
        settingsAcked(2),
        send(tenOctets),
        received(1),
        send(frame(type.WINDOW_UPDATE, 0, 1, Buffer.from([0x80, 0, 0, 9]))),
        answered(1),
      ),
    },
    ...[0, 3, 5].flatMap((length) =>
      [0, 1].map((streamId) => ({
        sent: `WINDOW_UPDATE of ${length} octets on stream ${streamId}`,
        required: "a connection error FRAME_SIZE_ERROR (§6.9)",
        run: greeted(
          send(opened(1), frame(type.WINDOW_UPDATE, 0, streamId, Buffer.alloc(length, 1))),
          connectionError("FRAME_SIZE_ERROR"),
        ),
      })),
    ),
    {
      sent: "WINDOW_UPDATEs that take the connection's window above 2^31-1",
      required: "a connection error FLOW_CONTROL_ERROR (§6.9.1)",
      run: greeted(send(windowUpdate(0, maxWindow), windowUpdate(0, maxWindow)), connectionError("FLOW_CONTROL_ERROR")),
    },
    {
      sent: "WINDOW_UPDATEs that take a stream's window above 2^31-1",
      required: "a stream error FLOW_CONTROL_ERROR (§6.9.1)",
      run: greeted(
        send(headers(1, postTo("/unread")), windowUpdate(1, maxWindow), windowUpdate(1, maxWindow)),
        streamError(1, "FLOW_CONTROL_ERROR"),
      ),
    },
    {
      sent: "WINDOW_UPDATEs that take the connection's window to 2^31",
      required: "a connection error FLOW_CONTROL_ERROR: one too many (§6.9.1)",
      run: greeted(
        send(windowUpdate(0, maxWindow - 65_535), windowUpdate(0, 1)),
        connectionError("FLOW_CONTROL_ERROR"),
      ),
    },
    {
      sent: "WINDOW_UPDATEs that take a stream's window to 2^31",
      required: "a stream error FLOW_CONTROL_ERROR: one too many (§6.9.1)",
      run: greeted(
        send(headers(1, postTo("/unread")), windowUpdate(1, maxWindow - 65_535), windowUpdate(1, 1)),
        streamError(1, "FLOW_CONTROL_ERROR"),
      ),
    },
    {
      sent: "WINDOW_UPDATEs that take both windows to exactly 2^31-1",
      required: "they are taken (§6.9.1)",
      run: greeted(
        send(headers(1, postTo("/unread")), windowUpdate(1, maxWindow - 65_535), windowUpdate(0, maxWindow - 65_535)),
        ignored(1),
      ),
    },
    {
      sent: "INITIAL_WINDOW_SIZE that takes an open stream's window above 2^31-1",
      required: "a connection error FLOW_CONTROL_ERROR (§6.9.2)",
      run: greeted(
        send(
          headers(1, postTo("/unread")),
          windowUpdate(1, maxWindow - 65_535),
          settings(["INITIAL_WINDOW_SIZE", 65_536]),
        ),
        connectionError("FLOW_CONTROL_ERROR"),
      ),
    },
    {
      sent: "one octet of DATA more than the server's windows allow, to a handler that does not read",
      required: "a stream or connection error FLOW_CONTROL_ERROR (§6.9.1)",
      run: greeted(send(headers(1, postTo("/unread"))), alive, overflow),
    },
    {
      sent: "1,000,000 octets of DATA to a handler that reads, keeping to the windows",
      required: "WINDOW_UPDATEs as needed, and an answer (§5.2, §6.9)",
      run: greeted(send(opened(1)), withinWindows(1, 1_000_000, 16_384, plain), answered(1)),
    },
    {
      sent: "500,000 octets of padding to a handler that reads, keeping to the windows",
      required: "WINDOW_UPDATEs as needed: padding counts, and is credited (§6.1, §6.9.1)",
      run: greeted(send(opened(1)), withinWindows(1, 500_000, 256, paddingAlone), answered(1)),
    },
    {
      sent: "DATA to one handler that does not read, up to its stream's window, then a request",
      required: "an answer: one stream does not stop the others (§5.2.1)",
      run: greeted(
        send(headers(1, postTo("/unread"))),
        async ({ wire }) => {
          for (let index = 0; index < 3; index++) wire.send(data(1, Buffer.alloc(16_384)));
        },
        send(request(3)),
        answered(3),
      ),
    },
    {
      sent: "WINDOW_UPDATE with undefined flags",
      required: "the flags are ignored (§4.1)",
      run: greeted(send(frame(type.WINDOW_UPDATE, 0xff, 0, Buffer.from([0, 0, 0, 1])), request(1)), answered(1), alive),
    },
  ],
};
