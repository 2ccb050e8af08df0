/** Servers under h2load, where it is had: a load that is not ours, with headers that never change. */
import { execFile, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { startServer } from "../processes.mjs";
import { inRounds, toRows } from "../rows.mjs";
import { messageBytes } from "../subjects/message.mjs";
import { framed } from "../raw/frames.mjs";
import { nextMetadata } from "../subjects/metadata.mjs";
import { warmUpCalls } from "../subjects/works.mjs";
import { serverCommand, subjectsFor } from "./unary.mjs";

const run = promisify(execFile);

export async function h2load({ rounds, calls, inFlight }) {
  if (spawnSync("h2load", ["--version"]).status !== 0) {
    process.stderr.write("bench: no rows of unary-server-h2load (there is no h2load)\n");
    return [];
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-bench-"));
  try {
    const body = path.join(folder, "body");
    fs.writeFileSync(body, framed(messageBytes));
    const samples = await inRounds(subjectsFor("bytes"), rounds, async (subject) => {
      const server = await startServer(serverCommand(subject, { codec: "bytes" }));
      try {
        await load(server.port, body, warmUpCalls, inFlight);
        const before = await server.cpuMicros();
        const seconds = await load(server.port, body, calls, inFlight);
        return { units: calls, seconds, cpuMicros: (await server.cpuMicros()) - before };
      } finally {
        await server.stop();
      }
    });
    return toRows("unary-server-h2load", { inFlight, tls: false }, samples);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Seconds that the calls took; throws unless each was answered with 200. */
async function load(port, body, calls, inFlight) {
  const fields = {
    "content-type": "application/grpc",
    te: "trailers",
    "grpc-timeout": "20S",
    ...nextMetadata("static"),
  };
  const headers = Object.entries(fields).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const size = ["-n", String(calls), "-c", "1", "-m", String(inFlight)];
  const { stdout } = await run("h2load", [...size, "-d", body, ...headers, `http://127.0.0.1:${port}/t.T/Say`]);
  const finished = /finished in ([0-9.]+)(m?s)/.exec(stdout);
  if (finished === null || !stdout.includes(`status codes: ${calls} 2xx`)) throw new Error(`h2load said:\n${stdout}`);
  return Number(finished[1]) / (finished[2] === "ms" ? 1_000 : 1); // ms in a second
}
