/**
 * Large messages one after the other, both ends the same subject: CPU time of both for each million of octets. Beside it
 * raw socket pairs: one that writes each message at once and only counts what comes, and one that writes 64 KiB at a time
 * and copies what comes into one buffer for each message, as whoever hands out messages must.
 */
import { startClient, startServer } from "../processes.mjs";
import { inRounds, megabyteKeys, toRows } from "../rows.mjs";

const subjects = {
  holdfast: "holdfast",
  "grpc-js": "grpc-js",
  raw: "raw",
  "raw, copying": "raw-copying",
};
// 1 GB a sample: one to three seconds.
const totalBytes = 1_000_000_000;
// As in a service whose heap has grown. In a process that holds next to nothing V8 takes the buffers of some thirty messages
// for a reason to go through its whole heap; that would be a figure of the bench, not of whom it measures.
const roomyHeap = ["--initial-old-space-size=128"];
const mebibyte = 1_048_576; // 2^20: the sizes are 1 and 64 MiB

export function large(bench, work, mebibytes) {
  const bytes = mebibytes * mebibyte;
  const calls = Math.round(totalBytes / bytes);
  return async ({ rounds }) => {
    const samples = await inRounds(Object.keys(subjects), rounds, (subject) =>
      pair(subjects[subject], { work, calls, bytes, codec: "bytes", maxBytes: 2 * bytes }),
    );
    return toRows(bench, { messageMiB: mebibytes }, samples, megabyteKeys);
  };
}

async function pair(subject, options) {
  const raw = subject.startsWith("raw");
  const text = JSON.stringify({ ...options, copying: subject === "raw-copying" });
  const server = await startServer(
    raw ? ["./raw/pair-server.mjs", text] : ["./subjects/run-server.mjs", subject, text],
    roomyHeap,
  );
  try {
    const told = JSON.stringify({ ...JSON.parse(text), port: server.port });
    const client = await startClient(["./subjects/run-client.mjs", raw ? "raw-pair" : subject, told], roomyHeap);
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
