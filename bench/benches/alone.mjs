/** One call at a time: what it costs, and how long the caller waits. */
import { runClient, startServer } from "../processes.mjs";
import { median } from "../medians.mjs";
import { inRounds, toRows } from "../rows.mjs";
import { rawServer } from "./unary.mjs";

export async function alone({ rounds, calls }) {
  const server = await startServer(rawServer());
  const options = { work: "alone", port: server.port, codec: "protobuf", headers: "changing", calls };
  try {
    const samples = await inRounds(["holdfast", "grpc-js", "connect-node", "node-http2"], rounds, (subject) =>
      runClient(["./subjects/run-client.mjs", subject, JSON.stringify(options)]),
    );
    return toRows("alone-client", { inFlight: 1, tls: false }, samples).map((row) => ({
      ...row,
      p50Micros: median(samples[row.subject].map(({ p50Micros }) => p50Micros)),
      p99Micros: median(samples[row.subject].map(({ p99Micros }) => p99Micros)),
    }));
  } finally {
    await server.stop();
  }
}
