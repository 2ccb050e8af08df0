/** Owns which servers are attacked, how each is started, and the building of the one in Go. */

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { SubjectProgram } from "./subject.ts";

export const subjectNames = ["holdfast", "node-http2", "grpc-js", "grpc-go"] as const;

export type SubjectName = (typeof subjectNames)[number];

export type FoundProgram = SubjectProgram | { readonly name: SubjectName; readonly missing: string };

/** Seen from where this file is built. */
const lab = fileURLToPath(new URL("../../", import.meta.url));
const goSource = path.join(lab, "go", "abuse");
const goProgram = path.join(lab, "..", "..", ".holdfast", "abuse", "grpc-go");
/** 5 min: the first build on a machine fetches and compiles all of grpc-go. */
const goBuildMs = 300_000;

export function findProgram(name: SubjectName): FoundProgram {
  switch (name) {
    case "holdfast":
      return inNode(name, `Holdfast ${manifest().version}`);
    case "node-http2":
      return inNode(name, `node:http2 of Node ${process.versions.node}`);
    case "grpc-js":
      return inNode(name, `@grpc/grpc-js ${manifest().dependencies["@grpc/grpc-js"] ?? ""}`);
    case "grpc-go":
      return inGo(name);
  }
}

function inNode(name: SubjectName, title: string): SubjectProgram {
  const file = fileURLToPath(new URL(`subjects/${name}.js`, import.meta.url));
  return { name, title, command: [process.execPath, file] };
}

function inGo(name: SubjectName): FoundProgram {
  mkdirSync(path.dirname(goProgram), { recursive: true });
  const args = ["build", "-C", goSource, "-mod=readonly", "-buildvcs=false", "-o", goProgram, "."];
  const { error, status, stderr } = spawnSync("go", args, { encoding: "utf8", timeout: goBuildMs });
  if (error !== undefined) return { name, missing: `no Go here (${error.message})` };
  if (status !== 0) return { name, missing: `it was not built: ${stderr.trim()}` };
  const grpc = /google\.golang\.org\/grpc v(\S+)/.exec(readFileSync(path.join(goSource, "go.mod"), "utf8"))?.[1];
  const go = spawnSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).stdout.trim();
  return { name, title: `grpc-go ${grpc ?? ""} (${go})`, command: [goProgram] };
}

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(path.join(lab, "package.json"), "utf8")) as Manifest;
}
