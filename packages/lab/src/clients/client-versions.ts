/** Owns which versions of the clients were compared: the ones that the lab pins, and what Python has. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { python } from "./client.ts";

const compared = ["@grpc/grpc-js", "nice-grpc", "@connectrpc/connect-node", "undici"];

/** `@grpc/grpc-js 1.14.7`, …, and grpcio where Python has it. */
export function clientVersions(): readonly string[] {
  const file = new URL("../../package.json", import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(file, "utf8")) as { dependencies: Record<string, string> };
  const versions = compared.map((name) => `${name} ${dependencies[name] ?? "unknown"}`);
  const grpcio = spawnSync(python, ["-c", "import grpc; print(grpc.__version__)"], { encoding: "utf8" });
  return grpcio.status === 0 ? [...versions, `grpcio ${grpcio.stdout.trim()}`] : versions;
}
