/** Owns the list of servers under test: which program serves, and why there is none where there is none. */

import { fileURLToPath } from "node:url";
import type { BuiltProgram } from "../drivers/built-program.ts";
import { goProgram, pythonProgram } from "../drivers/built-program.ts";
import type { ServerId } from "./server-order.ts";

const built = new Map<ServerId, BuiltProgram>();

/** Builds what has to be built, once in a process: a server that is started again is there at once. */
export function serverProgram(server: ServerId): BuiltProgram {
  const program = built.get(server) ?? build(server);
  built.set(server, program);
  return program;
}

function build(server: ServerId): BuiltProgram {
  switch (server) {
    case "grpc-js":
    case "holdfast":
    case "connect-node": {
      const file = new URL(`../../dist/subjects/servers/${server}.js`, import.meta.url);
      return { command: process.execPath, args: [fileURLToPath(file)] };
    }
    case "grpcio":
      return pythonProgram("lab-server");
    case "grpc-go":
      return goProgram("server");
  }
}
