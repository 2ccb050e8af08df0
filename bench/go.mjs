/** Builds the Go subject, where Go is had. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("go", import.meta.url));
const program = fileURLToPath(new URL("../.holdfast/bench/grpc-go", import.meta.url));

let built;

/** The program's path; undefined without Go, which is said once on stderr. */
export function grpcGo() {
  built ??= build();
  return built.program;
}

/** `1.85.0`, from the file that pins it. */
export function grpcGoVersion() {
  return /google\.golang\.org\/grpc v(\S+)/.exec(fs.readFileSync(path.join(source, "go.mod"), "utf8"))?.[1];
}

function build() {
  fs.mkdirSync(path.dirname(program), { recursive: true });
  const { status, error, stderr } = spawnSync(
    "go",
    ["build", "-C", source, "-mod=readonly", "-buildvcs=false", "-o", program, "."],
    { encoding: "utf8" },
  );
  if (status === 0) return { program };
  process.stderr.write(`bench: no rows of grpc-go (${error?.message ?? stderr.trim().split("\n").at(-1)})\n`);
  return { program: undefined };
}
