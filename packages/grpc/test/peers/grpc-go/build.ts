/** Owns the building of the Go peer: once a run, into a folder that is thrown away. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runPeer } from "../echo/peer-program.ts";

export interface BuiltPeer {
  readonly program: string;
  remove(): void;
}

/** 5 min: the first build on a machine fetches and compiles all of grpc-go. */
export const buildLimitMs = 300_000;

export async function buildGrpcGo(): Promise<BuiltPeer> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-grpc-go-"));
  const program = join(folder, "grpc-go");
  const source = fileURLToPath(new URL(".", import.meta.url));
  const { status, out } = await runPeer(
    { limitMs: buildLimitMs },
    ...["go", "build", "-C", source, "-mod=readonly", "-buildvcs=false", "-o", program, "."],
  );
  if (status !== 0) throw new Error(`go build: ${out}`);
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
