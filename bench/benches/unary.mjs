/**
 * CPU time of a unary call: clients against the canned raw server, servers under the canned raw client, all subjects in
 * turns. The bare loops of `limit/` are the denominators; they do their own, smaller thing.
 */
import { performance } from "node:perf_hooks";
import { grpcGo } from "../go.mjs";
import { runClient, runLimitClient, startServer } from "../processes.mjs";
import { RawClient } from "../raw/raw-client.mjs";
import { inRounds, toRows } from "../rows.mjs";
import { messageBytes } from "../subjects/message.mjs";
import { warmUpCalls } from "../subjects/works.mjs";

export const rawServer = (options = {}) => ["./raw/raw-server.mjs", JSON.stringify(options)];

/** Subjects of a codec; connect-node has no face for bytes. */
export function subjectsFor(codec, { tls = false, limit = true } = {}) {
  return [
    "holdfast",
    "grpc-js",
    ...(codec === "bytes" ? [] : ["connect-node"]),
    "node-http2",
    ...(limit && !tls ? ["limit"] : []),
    ...(tls || grpcGo() === undefined ? [] : ["grpc-go"]),
  ];
}

/** @param vary What differs from the plain row: `{ headers, tls }`, and the `subjects` where not all are wanted. */
export function unaryClient(bench, codec, vary = {}) {
  const { headers = "changing", tls = false } = vary;
  return async ({ rounds, calls, inFlight }) => {
    const flying = vary.inFlight ?? inFlight;
    const server = await startServer(rawServer({ headers, tls }));
    const options = { work: "unary", port: server.port, codec, headers, tls, calls, inFlight: flying };
    try {
      const samples = await inRounds(vary.subjects ?? subjectsFor(codec, { tls }), rounds, (subject) =>
        clientSample(subject, options),
      );
      return toRows(bench, { inFlight: flying, tls }, samples);
    } finally {
      await server.stop();
    }
  };
}

function clientSample(subject, options) {
  if (subject === "limit") return runLimitClient(options.port, options.calls, options.inFlight);
  if (subject === "grpc-go") return runClient([grpcGo(), "client", JSON.stringify(options)]);
  return runClient(["./subjects/run-client.mjs", subject, JSON.stringify(options)]);
}

export function serverCommand(subject, options) {
  if (subject === "limit") return ["./subjects/server-limit.mjs"];
  if (subject === "grpc-go") return [grpcGo(), "server", JSON.stringify(options)];
  return ["./subjects/run-server.mjs", subject, JSON.stringify(options)];
}

export function unaryServer(bench, codec, vary = {}) {
  const { headers = "changing", tls = false } = vary;
  return async ({ rounds, calls, inFlight }) => {
    const flying = vary.inFlight ?? inFlight;
    const samples = await inRounds(vary.subjects ?? subjectsFor(codec, { tls }), rounds, async (subject) => {
      const server = await startServer(serverCommand(subject, { codec, tls }));
      try {
        return await loaded(server, { headers, secure: tls, message: messageBytes }, calls, flying);
      } finally {
        await server.stop();
      }
    });
    return toRows(bench, { inFlight: flying, tls }, samples);
  };
}

/** What `calls` of a raw client cost a server, after a warm-up on a connection of its own. */
async function loaded(server, how, calls, inFlight) {
  const warm = await RawClient.connect(server.port, how);
  await warm.run(warmUpCalls, inFlight);
  warm.close();
  const client = await RawClient.connect(server.port, how);
  await client.run(1, 1);
  const before = await server.cpuMicros();
  const begin = performance.now();
  await client.run(calls, inFlight);
  const seconds = (performance.now() - begin) / 1_000; // ms to s
  const cpuMicros = (await server.cpuMicros()) - before;
  client.close();
  return { units: calls, seconds, cpuMicros };
}
