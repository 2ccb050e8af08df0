/**
 * The other end of the memory bench: HTTP/2 as cheap as it can be, on bare sockets. As a server it greets and counts; as
 * a client it opens connections, and where asked one stream on each. Driven over IPC by `memory.mjs`.
 */
import net from "node:net";

const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
const settingsAck = Buffer.from([0, 0, 0, 4, 1, 0, 0, 0, 0]);
const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const types = { headers: 1, settings: 4 };

const sockets = [];
const counts = { greeted: 0, streams: 0 };

process.on("message", async ({ listen, connect, total, streams }) => {
  if (listen) await listenAnywhere();
  else if (connect !== undefined) await openTo(connect, total, streams);
  process.send(counts);
});
process.on("disconnect", () => process.exit(0));

function listenAnywhere() {
  const server = net.createServer((socket) => {
    watch(socket, preface.length);
    socket.write(settings);
  });
  return new Promise((resolve) =>
    server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
      counts.port = server.address().port;
      resolve();
    }),
  );
}

/** A hundred at a time, so that no accept queue overflows. */
async function openTo(port, total, streams) {
  while (sockets.length < total) {
    const opened = Array.from({ length: Math.min(100, total - sockets.length) }, () => openOne(port, streams));
    await Promise.all(opened);
  }
}

function openOne(port, streams) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("error", reject);
    sockets.push(socket);
    watch(socket, 0, resolve);
    socket.write(Buffer.concat(streams ? [preface, settings, requestHeaders] : [preface, settings]));
  });
}

/** Reads frame headers, answers SETTINGS, skips all else. `skipBytes`: of the client's preface. */
function watch(socket, skipBytes, onGreeted) {
  let skip = skipBytes;
  let rest = Buffer.alloc(0);
  socket.on("data", (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
    for (;;) {
      const skipped = Math.min(skip, rest.length);
      skip -= skipped;
      rest = rest.subarray(skipped);
      if (skip > 0 || rest.length < 9) break;
      const type = rest[3];
      if (type === types.headers) counts.streams++;
      if (type === types.settings && (rest[4] & 1) === 0) {
        socket.write(settingsAck);
        counts.greeted++;
        onGreeted?.();
      }
      skip = 9 + rest.readUIntBE(0, 3);
    }
  });
}

/** `POST /t.T/Chat` on stream 1, END_STREAM not set, literals only. */
const requestHeaders = (() => {
  const literal = (text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
  const block = Buffer.concat([
    // Static table: 3 `:method: POST`, 6 `:scheme: http`; names 4 `:path`, 1 `:authority`, 31 `content-type`.
    Buffer.from([0x83, 0x86, 0x04]),
    literal("/t.T/Chat"),
    Buffer.from([0x01]),
    literal("localhost"),
    Buffer.from([0x0f, 31 - 15]),
    literal("application/grpc"),
    Buffer.from([0x00]),
    literal("te"),
    literal("trailers"),
  ]);
  return Buffer.concat([Buffer.from([0, 0, block.length, types.headers, 4, 0, 0, 0, 1]), block]);
})();
