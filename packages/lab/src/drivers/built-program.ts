/**
 * Owns the building of what is not written for Node: programs in Go, Java and Rust, a Python with grpcio. Built once, kept under
 * `.holdfast`.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A command, or why the machine cannot have it. */
export type BuiltProgram = { readonly command: string; readonly args: readonly string[] } | { readonly absent: string };

/** Seen from where this file is built, and from where it is written. */
const lab = fileURLToPath(new URL("../../", import.meta.url));
const kept = path.join(lab, "..", "..", ".holdfast", "lab");

/** 5 min: the first build on a machine fetches and compiles the library. */
const buildLimitMs = 300_000;

/** A program of `packages/lab/go`; Go itself sees what has changed. */
export function goProgram(name: string): BuiltProgram {
  const program = path.join(kept, `go-${name}`);
  const trouble = run("go", [
    ...["build", "-C", path.join(lab, "go", name), "-mod=readonly", "-buildvcs=false", "-o", program, "."],
  ]);
  return trouble === undefined ? { command: program, args: [] } : { absent: trouble };
}

/** What the results were measured with; another Python, with another grpcio, is named by HOLDFAST_PYTHON. */
const grpcioVersion = "1.84.0";

/** A program of `packages/lab/python`, with the Python of HOLDFAST_PYTHON, else with a grpcio of our own, else with Debian's. */
export function pythonProgram(name: string): BuiltProgram {
  const file = path.join(lab, "python", `${name}.py`);
  const named = process.env["HOLDFAST_PYTHON"];
  const python = named ?? pinnedPython();
  if (hasGrpcio(python)) return { command: python, args: [file] };
  const debians = "/usr/bin/python3";
  if (named === undefined && hasGrpcio(debians)) return { command: debians, args: [file] };
  return { absent: `${named ?? "Python"} has no grpcio, and pip could not get version ${grpcioVersion}` };
}

/** Made by the first who asks; another that is made at the same time is thrown away. */
function pinnedPython(): string {
  const folder = path.join(kept, `grpcio-${grpcioVersion}`);
  const python = path.join(folder, "bin", "python3");
  if (existsSync(python)) return python;
  const making = `${folder}.${process.pid}`;
  const trouble =
    run("python3", ["-m", "venv", making]) ??
    run(path.join(making, "bin", "python3"), ["-m", "pip", "install", "--quiet", `grpcio==${grpcioVersion}`]);
  settle(making, folder, trouble);
  return python;
}

/** `packages/lab/java/driver`, with the libraries of its `pom.xml` from Maven's own folder or, the first time, from its registry. */
export function javaProgram(): BuiltProgram {
  const source = path.join(lab, "java", "driver");
  const pom = path.join(lab, "java", "pom.xml");
  const files = readdirSync(source).map((name) => path.join(source, name));
  const folder = path.join(kept, `java-driver-${hashOf([pom, ...files])}`);
  const command = { command: "java", args: [`@${path.join(folder, "arguments")}`] };
  if (existsSync(folder)) return command;
  const making = `${folder}.${process.pid}`;
  const libraries = path.join(making, "libraries");
  mkdirSync(making, { recursive: true });
  const trouble =
    run("mvn", ["-q", "-B", "-f", pom, "dependency:build-classpath", `-Dmdep.outputFile=${libraries}`]) ??
    run("javac", ["-cp", readFileSync(libraries, "utf8").trim(), "-d", making, ...files]);
  if (trouble === undefined) {
    const classPath = `${folder}:${readFileSync(libraries, "utf8").trim()}`;
    // The small heap and the one compiler are for a machine that does other things as well.
    writeFileSync(path.join(making, "arguments"), `-Xmx256m -XX:TieredStopAtLevel=1 -cp "${classPath}" TrialDriver\n`);
  }
  return settle(making, folder, trouble) ?? command;
}

/** `packages/lab/rust/driver`: its libraries from cargo's own folder or, the first time, from its registry. */
export function rustProgram(): BuiltProgram {
  const source = path.join(lab, "rust", "driver");
  const names = ["Cargo.toml", "build.rs", ...readdirSync(path.join(source, "src")).map((one) => `src/${one}`)];
  const folder = path.join(kept, `rust-driver-${hashOf(names.map((name) => path.join(source, name)))}`);
  const command = { command: path.join(folder, "driver"), args: [] };
  if (existsSync(folder)) return command;
  const making = `${folder}.${process.pid}`;
  const target = path.join(kept, "rust-target");
  mkdirSync(making, { recursive: true });
  const manifest = path.join(source, "Cargo.toml");
  const trouble = run("cargo", ["build", "--quiet", "--manifest-path", manifest, "--target-dir", target]);
  if (trouble === undefined)
    copyFileSync(path.join(target, "debug", "holdfast-trial-driver"), path.join(making, "driver"));
  return settle(making, folder, trouble) ?? command;
}

/** Puts what was made in its place, unless another process has done so meanwhile. */
function settle(making: string, folder: string, trouble: string | undefined): { readonly absent: string } | undefined {
  if (trouble === undefined && !existsSync(folder)) renameSync(making, folder);
  else rmSync(making, { recursive: true, force: true });
  return trouble === undefined ? undefined : { absent: trouble };
}

/** Twelve digits: enough to tell one state of a few files from the next. */
function hashOf(files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}

function hasGrpcio(python: string): boolean {
  return spawnSync(python, ["-c", "import grpc"], { stdio: "ignore" }).status === 0;
}

/** Why it did not work, in words. */
function run(program: string, args: readonly string[]): string | undefined {
  mkdirSync(kept, { recursive: true });
  const { error, status, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: buildLimitMs });
  if (error !== undefined) return `no ${program} here (${error.message})`;
  return status === 0 ? undefined : `${program} ${args[0] ?? ""} failed: ${stderr.trim()}`;
}
