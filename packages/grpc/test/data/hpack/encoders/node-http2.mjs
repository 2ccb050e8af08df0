/**
 * Header blocks by the encoder inside Node (nghttp2's), for make.mjs: a node:http2 client sends requests to a socket that
 * reads frames and keeps the blocks. Loopback only; everything is closed before it returns.
 */
import { once } from "node:events";
import http2 from "node:http2";
import net from "node:net";

const frameType = { headers: 1, settings: 4, continuation: 9 };
const flag = { ack: 1, endHeaders: 4 };
const prefaceLength = 24;
const headerTableSize = 1;

/** One block a case, as hex. Only for stories whose lists are requests. */
export async function encodeWithNode(story) {
  const frames = frameQueue();
  const server = net.createServer((socket) => readFrames(socket, frames)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const connected = once(server, "connection");
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`, { maxSendHeaderBlockLength: 1 << 20 });
  client.on("error", () => {});
  const [socket] = await connected;
  socket.write(settings([]));
  await acknowledged(frames);
  const blocks = [];
  for (const { list, tableSizes = [] } of story.cases) {
    for (const size of tableSizes) {
      socket.write(settings([[headerTableSize, size]]));
      await acknowledged(frames);
    }
    const request = client.request(requestOf(list, story.sensitive ?? []), { endStream: true });
    request.on("error", () => {});
    blocks.push((await headerBlock(frames)).toString("hex"));
  }
  client.destroy();
  socket.destroy();
  server.close();
  return blocks;
}

function requestOf(list, sensitive) {
  const headers = { [http2.sensitiveHeaders]: sensitive };
  for (let i = 0; i < list.length; i += 2) {
    const [name, value] = [list[i], list[i + 1]];
    headers[name] = name in headers ? [headers[name], value].flat() : value;
  }
  return headers;
}

function settings(pairs) {
  const frame = Buffer.alloc(9 + 6 * pairs.length);
  frame.writeUIntBE(6 * pairs.length, 0, 3);
  frame[3] = frameType.settings;
  pairs.forEach(([id, value], i) => {
    frame.writeUInt16BE(id, 9 + 6 * i);
    frame.writeUInt32BE(value, 11 + 6 * i);
  });
  return frame;
}

function readFrames(socket, frames) {
  let bytes = Buffer.alloc(0);
  let from = prefaceLength;
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= from + 9 && bytes.length >= from + 9 + bytes.readUIntBE(from, 3)) {
      const end = from + 9 + bytes.readUIntBE(from, 3);
      frames.push({ type: bytes[from + 3], flags: bytes[from + 4], payload: bytes.subarray(from + 9, end) });
      from = end;
    }
  });
}

/** What was pushed can be awaited, one at a time, in order. */
function frameQueue() {
  const waiting = [];
  let wake = () => {};
  return {
    push(frame) {
      waiting.push(frame);
      wake();
    },
    async next() {
      while (waiting.length === 0) await new Promise((resolve) => (wake = resolve));
      return waiting.shift();
    },
  };
}

async function acknowledged(frames) {
  for (;;) {
    const { type, flags } = await frames.next();
    if (type === frameType.settings && (flags & flag.ack) !== 0) return;
  }
}

async function headerBlock(frames) {
  const parts = [];
  for (;;) {
    const { type, flags, payload } = await frames.next();
    if (type !== frameType.headers && type !== frameType.continuation) continue;
    // No padding, and Node sends a priority with a request only when asked.
    if (type === frameType.headers && (flags & 0x28) !== 0) throw new Error("padding or priority was not expected");
    parts.push(payload);
    if ((flags & flag.endHeaders) !== 0) return Buffer.concat(parts);
  }
}
