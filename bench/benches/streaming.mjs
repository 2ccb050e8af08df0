/** Server streaming of many small messages: what each costs the one who reads and the one who sends. */
import { performance } from "node:perf_hooks";
import { grpcGo } from "../go.mjs";
import { runClient, startServer } from "../processes.mjs";
import { RawClient } from "../raw/raw-client.mjs";
import { inRounds, messageKeys, toRows } from "../rows.mjs";
import { messageBytes, streamedMessages } from "../subjects/message.mjs";
import { rawServer, serverCommand } from "./unary.mjs";

const streams = 30; // 300,000 messages a sample

export function streamingClient(bench, codec) {
  return async ({ rounds }) => {
    const server = await startServer(rawServer({ messages: streamedMessages }));
    const options = { work: "stream", port: server.port, codec, calls: streams };
    const subjects = ["holdfast", "grpc-js", ...(codec === "bytes" ? [] : ["connect-node"])];
    try {
      const samples = await inRounds(subjects, rounds, (subject) =>
        runClient(["./subjects/run-client.mjs", subject, JSON.stringify(options)]),
      );
      return toRows(bench, { messages: streamedMessages }, samples, messageKeys);
    } finally {
      await server.stop();
    }
  };
}

export function streamingServer(bench, codec) {
  return async ({ rounds }) => {
    const subjects = ["holdfast", "grpc-js", ...(codec === "bytes" ? [] : ["connect-node"])];
    if (grpcGo() !== undefined) subjects.push("grpc-go");
    const samples = await inRounds(subjects, rounds, (subject) => streamed(subject, codec));
    return toRows(bench, { messages: streamedMessages }, samples, messageKeys);
  };
}

async function streamed(subject, codec) {
  const server = await startServer(serverCommand(subject, { codec }));
  const client = await RawClient.connect(server.port, { path: "/t.T/Watch", message: messageBytes });
  try {
    await client.run(1, 1);
    const before = await server.cpuMicros();
    const begin = performance.now();
    for (let i = 0; i < streams; i++) {
      const octets = await client.call();
      if (octets !== streamedMessages * (5 + messageBytes.length)) throw new Error(`${subject} sent ${octets} octets`);
    }
    const seconds = (performance.now() - begin) / 1_000; // ms to s
    const cpuMicros = (await server.cpuMicros()) - before;
    return { units: streams * streamedMessages, seconds, cpuMicros };
  } finally {
    client.close();
    await server.stop();
  }
}
