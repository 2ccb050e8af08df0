/** How a written program of each kind is made to run: compiled where it has to be, in a folder that is thrown away. */
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runPeer } from "../../../grpc/test/peers/echo/peer-program.ts";

/** 5 min: the first build on a machine fetches and compiles the library. */
export const buildLimitMs = 300_000;

export interface ProgramKind {
  readonly kind: "grpc-go" | "grpc-core" | "grpc-java" | "grpc-js" | "holdfast";
  readonly isHere: boolean;
  /** The command that runs a written file, before its arguments. */
  readonly command: (file: string) => Promise<readonly [program: string, ...args: string[]]>;
}

const python = process.env["HOLDFAST_PYTHON"] ?? "/usr/bin/python3";
const here = (program: string, ...args: readonly string[]): boolean =>
  process.env["HOLDFAST_PEERS"] === "required" || spawnSync(program, args, { stdio: "ignore" }).status === 0;
/** Java and Maven are wanted by nothing else here, so they may be absent even where all peers are required. */
const hasJava = ["mvn", "javac"].every((name) => spawnSync(name, ["-version"], { stdio: "ignore" }).status === 0);

export const programKinds: readonly ProgramKind[] = [
  { kind: "grpc-go", isHere: here("go", "version"), command: buildGo },
  { kind: "grpc-core", isHere: here(python, "-c", "import grpc"), command: (file) => Promise.resolve([python, file]) },
  { kind: "grpc-java", isHere: hasJava, command: buildJava },
  { kind: "grpc-js", isHere: true, command: (file) => Promise.resolve([process.execPath, file]) },
  { kind: "holdfast", isHere: true, command: (file) => Promise.resolve([process.execPath, file]) },
];

/** With the versions that the grpc-go peer pins. */
async function buildGo(file: string): Promise<readonly [string]> {
  const folder = dirname(file);
  for (const name of ["go.mod", "go.sum"])
    copyFileSync(
      fileURLToPath(new URL(`../../../grpc/test/peers/grpc-go/${name}`, import.meta.url)),
      join(folder, name),
    );
  const program = join(folder, "program");
  await mustRun("go", "build", "-C", folder, "-mod=readonly", "-buildvcs=false", "-o", program, ".");
  await mustRun("go", "vet", "-C", folder, "-mod=readonly", ".");
  return [program];
}

async function buildJava(file: string): Promise<readonly [string, ...string[]]> {
  const folder = dirname(file);
  javaLibraries ??= readJavaLibraries(folder);
  const libraries = await javaLibraries;
  const name = file.includes("client") ? "Client" : "ServerMain";
  const source = join(folder, `${name}.java`);
  copyFileSync(file, source);
  await mustRun("javac", "-Xlint:all,-processing", "-Werror", "-cp", libraries, "-d", folder, source);
  return ["java", "-cp", `${libraries}:${folder}`, name];
}

/** Maven takes long to say the same again. */
let javaLibraries: Promise<string> | undefined;

async function readJavaLibraries(folder: string): Promise<string> {
  const classPath = join(folder, "class-path");
  const pom = fileURLToPath(new URL("java/pom.xml", import.meta.url));
  await mustRun("mvn", "-q", "-B", "-f", pom, "dependency:build-classpath", `-Dmdep.outputFile=${classPath}`);
  return readFileSync(classPath, "utf8").trim();
}

async function mustRun(program: string, ...args: readonly string[]): Promise<void> {
  const { status, out } = await runPeer({ limitMs: buildLimitMs }, program, ...args);
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${out}`);
}
