/**
 * CPU time of a unary call, beside grpc-js and the bare socket loops of `limit/`: interleaved rounds on one machine,
 * medians, ratios. Clients all call the same canned raw server; servers are all loaded by the same canned raw client.
 */
import { median, turn } from "./medians.mjs";
import { runClient, startServer } from "./processes.mjs";

const clients = {
  holdfast: "./subjects/client-holdfast.mjs",
  "grpc-js": "./subjects/client-grpc-js.mjs",
  limit: "./limit/limit-client.mjs",
};
const servers = {
  holdfast: "./subjects/server-holdfast.mjs",
  "grpc-js": "./subjects/server-grpc-js.mjs",
  limit: "./subjects/server-limit.mjs",
};

export async function unaryClient({ rounds, calls, inFlight }) {
  const server = await startServer("./subjects/server-limit.mjs");
  const samples = samplesFor(clients);
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [subject, file] of turn(clients, round)) {
        samples[subject].push(await runClient(file, [server.port, calls, inFlight]));
      }
    }
  } finally {
    await server.stop();
  }
  return rows("unary-client", inFlight, samples);
}

export async function unaryServer({ rounds, calls, inFlight }) {
  const running = {};
  const samples = samplesFor(servers);
  try {
    for (const [subject, file] of Object.entries(servers)) running[subject] = await startServer(file);
    // One round to warm up, not counted.
    for (let round = -1; round < rounds; round++) {
      for (const [subject] of turn(servers, Math.max(0, round))) {
        const server = running[subject];
        const before = await server.cpuMicros();
        const { callsPerSecond } = await runClient("./limit/limit-client.mjs", [server.port, calls, inFlight]);
        const cpuMicrosPerCall = +(((await server.cpuMicros()) - before) / calls).toFixed(2);
        if (round >= 0) samples[subject].push({ callsPerSecond, cpuMicrosPerCall });
      }
    }
  } finally {
    for (const server of Object.values(running)) await server.stop();
  }
  return rows("unary-server", inFlight, samples);
}

function samplesFor(subjects) {
  return Object.fromEntries(Object.keys(subjects).map((subject) => [subject, []]));
}

export const unaryColumns = {
  subject: "subject",
  inFlight: "in flight",
  cpuMicrosPerCall: "CPU µs per call",
  range: "range",
  callsPerSecond: "calls/s",
  ofGrpcJs: "of grpc-js",
  ofLimit: "of limit",
};

function rows(bench, inFlight, samples) {
  const cpu = (subject) => samples[subject].map((sample) => sample.cpuMicrosPerCall);
  return Object.keys(samples).map((subject) => ({
    bench,
    inFlight,
    subject,
    cpuMicrosPerCall: median(cpu(subject)),
    range: [Math.min(...cpu(subject)), Math.max(...cpu(subject))],
    callsPerSecond: Math.round(median(samples[subject].map((sample) => sample.callsPerSecond))),
    ofGrpcJs: +(median(cpu(subject)) / median(cpu("grpc-js"))).toFixed(3),
    ofLimit: +(median(cpu(subject)) / median(cpu("limit"))).toFixed(2),
  }));
}
