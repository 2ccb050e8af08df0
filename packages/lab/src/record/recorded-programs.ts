/**
 * Owns the list of programs whose words are recorded, and how each is started. Those that are not of npm are built by
 * `programs/build.sh` of the catalog's tests into the folder that HOLDFAST_RECORDERS names; without it they are left out.
 */

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export interface RecordedProgram {
  /** As in the catalog's list of implementations. */
  readonly implementation: string;
  readonly version: string;
  readonly command: readonly [string, ...string[]];
  /** Which wire events it can tell of; a plain HTTP client knows no statuses. */
  readonly knowsStatus: boolean;
}

const here = fileURLToPath(new URL(".", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

function npm(implementation: string, name: string, knowsStatus = true): RecordedProgram {
  const version = dependencies[name] ?? process.version;
  return {
    implementation,
    version,
    command: [process.execPath, path.join(here, "programs", `${implementation}.js`)],
    knowsStatus,
  };
}

export function recordedPrograms(): readonly RecordedProgram[] {
  const ours = [
    npm("grpc-js", "@grpc/grpc-js"),
    npm("nice-grpc", "nice-grpc"),
    npm("connect-node", "@connectrpc/connect-node"),
    npm("node-http2", "node:http2", false),
    npm("undici", "undici", false),
  ];
  const folder = process.env["HOLDFAST_RECORDERS"];
  if (folder === undefined) return ours;
  const java = ["java", "-XX:TieredStopAtLevel=1", "-cp", `${folder}/java/*:${folder}/java`, "Recorder"] as const;
  return [
    ...ours,
    {
      implementation: "grpc-core",
      version: "grpcio 1.84.0",
      command: [`${folder}/python/bin/python`, `${folder}/recorder.py`],
      knowsStatus: true,
    },
    { implementation: "grpc-go", version: "1.85.0", command: [`${folder}/recorder-go`], knowsStatus: true },
    { implementation: "grpc-java", version: "1.85.1", command: java, knowsStatus: true },
    { implementation: "tonic", version: "0.14.9", command: [`${folder}/recorder-rust`], knowsStatus: true },
  ];
}
