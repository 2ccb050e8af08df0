/**
 * How much of a link one call uses once it is warm: a stream of messages between channel and server of a simulated world.
 * Owns the measuring; which links, and what is enough, is the caller's business.
 */

import { createChannel } from "../../channel/channel.ts";
import { BandwidthEstimate } from "../../http2/windows.ts";
import { createServer } from "../../server/index.ts";
import { createWorld } from "../world.ts";

export interface LinkCase {
  readonly roundTripMs: number;
  readonly bytesPerSecond: number;
  readonly receiver: "client" | "server";
}

export interface Throughput {
  readonly bytesPerSecond: number;
  /** What the link, or the largest window in one round trip, allows. */
  readonly possibleBytesPerSecond: number;
  /** The first of these by the second. */
  readonly share: number;
}

/** What a warm call uses of what is possible, at least. */
export const promisedShare = 0.9;

// Two DATA frames' worth: small enough to meter, large enough that the calls cost little beside the bytes.
const messageBytes = 32_768;
/** Linux gives a connection so much (net.core.wmem_default), and as it warms up a few bandwidth-delay products. */
const kernelBytes = 212_992;
// The window doubles at most six times, and each time costs two to three round trips.
const warmRoundTrips = 20;
const measuredRoundTrips = 6;
// A link that passes little in a round trip is measured over so many bytes, 2 MiB.
const measuredBytes = 2_097_152;
const port = 50_051; // gRPC's customary one

/** Deterministic: the same case, the same answer. */
export async function linkThroughput({ roundTripMs, bytesPerSecond, receiver }: LinkCase): Promise<Throughput> {
  const windowed = (BandwidthEstimate.maxWindow * 1_000) / roundTripMs; // a second's worth, in milliseconds
  const possibleBytesPerSecond = Math.min(bytesPerSecond, windowed);
  const bytesPerMs = possibleBytesPerSecond / 1_000; // as above
  const bufferBytes = Math.max(kernelBytes, Math.ceil(3 * bytesPerMs * roundTripMs));
  const world = createWorld({ seed: 1, log: false, sendBufferBytes: bufferBytes, receiveBufferBytes: bufferBytes });
  const [clientHost, serverHost] = [world.host("client"), world.host("server")];
  world.link(clientHost, serverHost).delay({ ms: roundTripMs / 2 });
  world.link(clientHost, serverHost).bandwidth(bytesPerSecond);
  let received = 0;
  let over = false;
  async function* messages(): AsyncIterable<Uint8Array> {
    while (!over) yield new Uint8Array(messageBytes);
  }
  const read = async (from: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const { length } of from) {
      received += length;
      if (over) return;
    }
  };
  const server = createServer({ host: serverHost });
  server.addMethod("/sim.Link/Down", "server-streaming", messages);
  server.addMethod("/sim.Link/Up", "client-streaming", async (requests) => {
    await read(requests);
    return new Uint8Array();
  });
  void server.listen({ host: serverHost.address, port });
  const channel = createChannel(clientHost, `${serverHost.address}:${port}`);
  const call =
    receiver === "client"
      ? read(channel.serverStreaming("/sim.Link/Down", new Uint8Array()))
      : channel.clientStreaming("/sim.Link/Up", messages()).then(() => undefined);
  call.catch(() => undefined);
  // Of the virtual clock; a world that has not connected by then never will.
  const patienceMs = 60_000;
  await world.run({ until: () => received > 0, limitMs: patienceMs });
  await world.run(world.nowMs + warmRoundTrips * roundTripMs);
  const [fromMs, from] = [world.nowMs, received];
  const measuredMs = Math.max(measuredRoundTrips * roundTripMs, measuredBytes / bytesPerMs);
  await world.run(fromMs + measuredMs);
  const measured = ((received - from) / measuredMs) * 1_000; // milliseconds in a second
  over = true;
  void channel.close();
  void server.close();
  return { bytesPerSecond: measured, possibleBytesPerSecond, share: measured / possibleBytesPerSecond };
}
