/** Owns the building of the Go programs: a client of health, and grpcurl. Once a run, into a folder that is thrown away. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runPeer } from "../echo/peer-program.ts";

/** 5 min: the first build on a machine fetches and compiles grpc-go and, for grpcurl, all that xDS needs. */
export const buildLimitMs = 300_000;

export interface BuiltProgram {
  readonly program: string;
  remove(): void;
}

/** @param what A package: `.` for the client of health, or the path of a tool in go.mod. */
export async function buildGo(what: string): Promise<BuiltProgram> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-health-"));
  const program = join(folder, "program");
  const source = fileURLToPath(new URL("go", import.meta.url));
  const { status, out } = await runPeer(
    { limitMs: buildLimitMs },
    ...["go", "build", "-C", source, "-mod=readonly", "-buildvcs=false", "-o", program, what],
  );
  if (status !== 0) throw new Error(`go build ${what}: ${out}`);
  return { program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
