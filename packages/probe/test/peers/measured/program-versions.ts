/** Which versions are measured: what a table says of a program is so of that one. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { python, type ServerKind } from "./servers.ts";

/** For instance `grpc-go 1.85.0`; ours is as old as this checkout. */
export function versionOf(program: ServerKind | "nginx" | "HAProxy"): string {
  switch (program) {
    case "holdfast":
      return "Holdfast";
    case "grpc-go":
      return `grpc-go ${/grpc v(\S+)/.exec(readFileSync(new URL("grpc-go/go.mod", import.meta.url), "utf8"))?.[1] ?? ""}`;
    case "grpcio":
      return `grpcio ${said(python, "-c", "import grpc; print(grpc.__version__)")} (C-core)`;
    case "grpc-js": {
      const { version } = createRequire(import.meta.url)("@grpc/grpc-js/package.json") as { readonly version: string };
      return `grpc-js ${version}`;
    }
    case "nginx":
      return `nginx ${said("nginx", "-v")}`;
    case "HAProxy":
      return `HAProxy ${said("haproxy", "-v")}`;
  }
}

/** The first version number that a program says. */
function said(program: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return /\d+\.\d+\.\d+/.exec(`${stdout}${stderr}`)?.[0] ?? "";
}
