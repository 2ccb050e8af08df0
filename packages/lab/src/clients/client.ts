/** Owns the list of clients that the scoreboard compares: name, program, policy. */

import { fileURLToPath } from "node:url";

export interface Client {
  /** As in the scoreboard and in `--clients`. */
  readonly id: string;
  /** What is run, and with what. */
  readonly program: readonly [command: string, file: string];
  readonly policy: boolean;
}

/** The Python that runs grpcio; `HOLDFAST_PYTHON` names another than the one on the path. */
export const python = process.env["HOLDFAST_PYTHON"] ?? "python3";

export const clients: readonly Client[] = [
  { id: "holdfast", program: nodeProgram("holdfast"), policy: false },
  { id: "holdfast+policy", program: nodeProgram("holdfast"), policy: true },
  { id: "grpc-js", program: nodeProgram("grpc-js"), policy: false },
  { id: "grpc-js+policy", program: nodeProgram("grpc-js"), policy: true },
  { id: "nice-grpc", program: nodeProgram("nice-grpc"), policy: false },
  { id: "connect-node", program: nodeProgram("connect-node"), policy: false },
  { id: "undici", program: nodeProgram("undici"), policy: false },
  { id: "grpcio", program: pythonProgram("grpcio"), policy: false },
  { id: "grpcio+policy", program: pythonProgram("grpcio"), policy: true },
];

/** Programs run as they are built: also from the sources under a test, where this file is in `src`. */
function nodeProgram(name: string): readonly [string, string] {
  return [process.execPath, fileURLToPath(new URL(`../../dist/clients/${name}.js`, import.meta.url))];
}

function pythonProgram(name: string): readonly [string, string] {
  return [python, fileURLToPath(new URL(`../../python/${name}.py`, import.meta.url))];
}
