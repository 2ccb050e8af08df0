/**
 * The demo before servers of gRPC C core, where Python has grpcio; without it this test says so and passes, unless
 * HOLDFAST_PEERS=required.
 */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { whyNoGrpcio } from "@holdfast/lab/demo";

const program = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

const why = whyNoGrpcio();
const missing = why !== undefined && process.env["HOLDFAST_PEERS"] !== "required";

it("goes through a drain and a kill of grpcio's servers, over TLS", ({ skip }) => {
  if (missing) {
    console.log(`skipped: ${why}`);
    skip(why);
  }
  const args = [program, "demo", "--server", "grpcio", "--for", "5s", "--rate", "50", "--tls", "--json"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
  expect(stdout, stderr).not.toBe("");
  const { ending, restarts, clients } = JSON.parse(stdout) as {
    readonly ending: string;
    readonly restarts: readonly unknown[];
    readonly clients: Readonly<Record<string, Readonly<Record<"Read" | "Write", { readonly ok: number }>>>>;
  };
  // The verdict may be either: grpcio answers CANCELLED to calls that arrive when its grace is over.
  expect(ending).toBe("finished");
  expect(restarts).toHaveLength(2);
  for (const { Read, Write } of Object.values(clients)) expect(Read.ok + Write.ok).toBeGreaterThan(150);
}, 60_000);
