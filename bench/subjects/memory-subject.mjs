/**
 * The process whose memory is measured (`--expose-gc`), driven over IPC by `memory.mjs`: `holdfast` or `grpc-js`, as a
 * server with one method that never ends, or as clients with a connection each.
 */
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import v8 from "node:v8";

const [subject, role] = process.argv.slice(2);
const path = "/t.T/Chat";
// Kept, so that nothing is collected that a real program would hold.
const kept = [];

const kinds = {
  holdfast: { client: holdfastClient, server: holdfastServer },
  "grpc-js": { client: grpcJsClient, server: grpcJsServer },
};
const counts = { calls: 0 };
const ready = kinds[subject][role]();

process.on("message", async ({ open, port, streams, measure }) => {
  const act = await ready;
  if (open !== undefined) for (let i = 0; i < open; i++) act(port, streams);
  process.send(measure ? await memory() : counts);
});
process.on("disconnect", () => process.exit(0));

/**
 * After collections, and after V8 has given back what its young generation grew to while connections came: that is up to
 * 32 MiB, follows the pace of the load, and goes by itself once a process rests for some seconds.
 */
async function memory() {
  const restedMs = performance.now() + 20_000;
  do {
    globalThis.gc();
    await sleep(500);
  } while (youngBytes() > 2 * 1_048_576 && performance.now() < restedMs);
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heapUsed, external };
}

function youngBytes() {
  return v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").physical_space_size;
}

async function holdfastClient() {
  const { createChannel } = await import("@holdfast/grpc");
  return (port, streams) => {
    const channel = createChannel(`127.0.0.1:${port}`);
    if (!streams) channel.connect();
    else kept.push(channel.bidiStreaming(path, silence()).next());
    kept.push(channel);
  };
}

async function holdfastServer() {
  const { createServer } = await import("@holdfast/grpc");
  const server = createServer();
  server.addMethod(path, "bidi-streaming", async function* (requests) {
    counts.calls++;
    for await (const request of requests) yield request;
  });
  counts.port = (await server.listen("127.0.0.1:0", { backlog: 4_096 })).port;
}

async function grpcJsClient() {
  const { default: grpc } = await import("@grpc/grpc-js");
  // Else all clients of one target share one connection.
  const options = { "grpc.use_local_subchannel_pool": 1 };
  return (port, streams) => {
    const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
    if (!streams) client.waitForReady(Date.now() + 600_000, () => undefined);
    else kept.push(client.makeBidiStreamRequest(path, same, same, new grpc.Metadata()).on("error", () => undefined));
    kept.push(client);
  };
}

async function grpcJsServer() {
  const { default: grpc } = await import("@grpc/grpc-js");
  const server = new grpc.Server();
  const chat = {
    path,
    requestStream: true,
    responseStream: true,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
  server.addService(
    { chat },
    {
      chat: (call) => {
        counts.calls++;
        call.on("error", () => undefined);
        call.on("data", (request) => call.write(request));
      },
    },
  );
  counts.port = await new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    ),
  );
}

/** Requests that never come. */
function silence() {
  return { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) };
}

function same(bytes) {
  return bytes;
}
