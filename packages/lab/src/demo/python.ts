/** Owns the question whether Python can serve here. */

import { spawnSync } from "node:child_process";

/** As for the scoreboard: another interpreter may be named. */
export const python = process.env["HOLDFAST_PYTHON"] ?? "python3";

/** Why grpcio cannot be had, in words; undefined if it can. */
export function whyNoGrpcio(): string | undefined {
  const { error, status, stderr } = spawnSync(python, ["-c", "import grpc"], { encoding: "utf8" });
  if (error !== undefined) return `${python} cannot be run: ${error.message}`;
  if (status === 0) return undefined;
  return `${python} has no grpcio (${stderr.trim().split("\n").at(-1) ?? `exit status ${status}`})`;
}
