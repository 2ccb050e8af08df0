/**
 * Unary calls with 4 KiB of text both ways, packed with gzip by both ends and, beside it, as it is: CPU time of both ends for
 * each call. Both ends are the same subject.
 */
import { startClient, startServer } from "../processes.mjs";
import { inRounds, toRows } from "../rows.mjs";

const subjects = {
  holdfast: { subject: "holdfast", gzip: true },
  "grpc-js": { subject: "grpc-js", gzip: true },
  "holdfast, not packed": { subject: "holdfast", gzip: false },
  "grpc-js, not packed": { subject: "grpc-js", gzip: false },
};
const textBytes = 4_096; // an answer with a page of a list

export function gzip(bench) {
  return async ({ rounds, calls, inFlight }) => {
    const samples = await inRounds(Object.keys(subjects), rounds, (name) =>
      pair(subjects[name], { work: "unary", calls, inFlight, codec: "bytes", headers: "static", textBytes }),
    );
    return toRows(bench, { inFlight, textBytes }, samples);
  };
}

async function pair({ subject, gzip: packed }, options) {
  const asked = { ...options, gzip: packed };
  const server = await startServer(["./subjects/run-server.mjs", subject, JSON.stringify(asked)]);
  try {
    const told = JSON.stringify({ ...asked, port: server.port });
    const client = await startClient(["./subjects/run-client.mjs", subject, told]);
    try {
      const before = await server.cpuMicros();
      const { units, seconds, cpuMicros } = await client.run();
      return { units, seconds, cpuMicros: cpuMicros + (await server.cpuMicros()) - before };
    } finally {
      await client.stop();
    }
  } finally {
    await server.stop();
  }
}
