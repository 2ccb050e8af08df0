/**
 * Whether a call costs the same with 100 to 10,000 connections in a process. Calls take the connections in turn, so from 100
 * on each call has a packet of its own; with 1 connection they share packets, which is what that row shows.
 */
import { performance } from "node:perf_hooks";
import { spawnSync } from "node:child_process";
import { runClient, startServer } from "../processes.mjs";
import { RawClient } from "../raw/raw-client.mjs";
import { inRounds, toRows } from "../rows.mjs";
import { messageBytes } from "../subjects/message.mjs";
import { rawServer, serverCommand } from "./unary.mjs";

const counts = [1, 100, 1_000, 10_000];

/** Connections that may be open at once, or as many as descriptors allow: each takes one at either end. */
function possible() {
  const limit = Number(spawnSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).stdout);
  const most = Number.isFinite(limit) ? limit - 500 : Infinity; // some for everything else
  const kept = counts.filter((count) => count <= most);
  if (kept.length < counts.length) {
    process.stderr.write(`bench: descriptors allow ${limit} connections, rows with more are left out\n`);
  }
  return kept;
}

export async function connectionsClient({ rounds, calls, inFlight }) {
  const server = await startServer(rawServer());
  const options = { port: server.port, codec: "bytes", headers: "changing", calls, inFlight };
  try {
    const samples = await inRounds(possible().map(String), rounds, (count) =>
      runClient(["./subjects/run-connections.mjs", JSON.stringify({ ...options, connections: Number(count) })]),
    );
    return byCount("connections-client", inFlight, samples);
  } finally {
    await server.stop();
  }
}

export async function connectionsServer({ rounds, calls, inFlight }) {
  const samples = await inRounds(possible().map(String), rounds, (count) => many(Number(count), calls, inFlight));
  return byCount("connections-server", inFlight, samples);
}

async function many(count, calls, inFlight) {
  const server = await startServer(serverCommand("holdfast", { codec: "bytes" }));
  const clients = [];
  try {
    for (let i = 0; i < count; i++) clients.push(await RawClient.connect(server.port, { message: messageBytes }));
    await turns(clients, Math.max(count, calls), inFlight);
    const before = await server.cpuMicros();
    const begin = performance.now();
    await turns(clients, calls, inFlight);
    const seconds = (performance.now() - begin) / 1_000; // ms to s
    return { units: calls, seconds, cpuMicros: (await server.cpuMicros()) - before };
  } finally {
    for (const client of clients) client.close();
    await server.stop();
  }
}

async function turns(clients, calls, inFlight) {
  let started = 0;
  const worker = async () => {
    while (started < calls) await clients[started++ % clients.length].call();
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

function byCount(bench, inFlight, samples) {
  return Object.entries(samples).flatMap(([count, each]) =>
    toRows(bench, { inFlight, connections: Number(count) }, { holdfast: each }),
  );
}
