/** Whether a call costs the same on a connection that has opened 1, 1,000 and 100,000 streams before. */
import { performance } from "node:perf_hooks";
import { runClient, startServer } from "../processes.mjs";
import { RawClient } from "../raw/raw-client.mjs";
import { inRounds, toRows } from "../rows.mjs";
import { messageBytes } from "../subjects/message.mjs";
import { warmUpCalls } from "../subjects/works.mjs";
import { rawServer, serverCommand } from "./unary.mjs";

const ages = [1, 1_000, 100_000];
const calls = 900; // of each age, on each of so many connections
const connections = 3;

export async function agesClient({ rounds, inFlight }) {
  const server = await startServer(rawServer());
  const options = { port: server.port, codec: "bytes", headers: "changing", ages, calls, connections, inFlight };
  try {
    const samples = await inRounds(["holdfast"], rounds, () =>
      runClient(["./subjects/run-ages.mjs", JSON.stringify(options)]),
    );
    return byAge("streams-ever-client", inFlight, samples.holdfast);
  } finally {
    await server.stop();
  }
}

export async function agesServer({ rounds, inFlight }) {
  const samples = await inRounds(["holdfast"], rounds, () => agesOfServer(inFlight));
  return byAge("streams-ever-server", inFlight, samples.holdfast);
}

async function agesOfServer(inFlight) {
  const server = await startServer(serverCommand("holdfast", { codec: "bytes" }));
  const samples = ages.map(() => ({ units: 0, seconds: 0, cpuMicros: 0 }));
  try {
    const warm = await RawClient.connect(server.port, { message: messageBytes });
    await warm.run(warmUpCalls, inFlight);
    warm.close();
    for (let i = 0; i < connections; i++) await ageConnection(server, inFlight, samples);
    return samples;
  } finally {
    await server.stop();
  }
}

async function ageConnection(server, inFlight, samples) {
  const client = await RawClient.connect(server.port, { message: messageBytes });
  await client.run(1, 1);
  let opened = 1;
  for (const [place, age] of ages.entries()) {
    await client.run(age - opened, inFlight);
    const before = await server.cpuMicros();
    const begin = performance.now();
    await client.run(calls, inFlight);
    samples[place].units += calls;
    samples[place].seconds += (performance.now() - begin) / 1_000; // ms to s
    samples[place].cpuMicros += (await server.cpuMicros()) - before;
    opened = age + calls;
  }
  client.close();
}

function byAge(bench, inFlight, samples) {
  return ages.flatMap((streamsBefore, i) =>
    toRows(bench, { inFlight, streamsBefore }, { holdfast: samples.map((each) => each[i]) }),
  );
}
