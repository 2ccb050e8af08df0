/** Owns the list of hops as people type it: `grpc-go,nginx@1.22,python,k8s`. */

import { roleOf } from "../hops/hop-kind.ts";
import { FactFault } from "./fact-fault.ts";
import { type FactHop, writableKinds, type WritableKind } from "./path-facts.ts";

/** What people say instead. */
const aliases: Readonly<Record<string, WritableKind>> = {
  go: "grpc-go",
  golang: "grpc-go",
  python: "grpc-core",
  grpcio: "grpc-core",
  "grpc-python": "grpc-core",
  "c-core": "grpc-core",
  core: "grpc-core",
  java: "grpc-java",
  kotlin: "grpc-java",
  node: "grpc-js",
  js: "grpc-js",
  grpcjs: "grpc-js",
  alb: "aws-alb",
  nlb: "aws-nlb",
};

const platforms: readonly string[] = ["kubernetes", "k8s"];
/** Longer paths are typing mistakes. */
const mostHops = 12;

export interface ParsedHops {
  readonly hops: readonly FactHop[];
  readonly onKubernetes: boolean;
}

/** A name as typed → its kind, or `kubernetes`; `undefined`: no such thing. */
export function targetNamed(name: string): WritableKind | "kubernetes" | undefined {
  const word = name.trim().toLowerCase();
  if (platforms.includes(word)) return "kubernetes";
  if (Object.hasOwn(aliases, word)) return aliases[word];
  return writableKinds.find((kind) => kind === word);
}

/** @throws FactFault for what is no path: it names the hop and what was expected. */
export function parseHops(text: string): ParsedHops {
  const names = text.split(",").map((name) => name.trim());
  const last = names.at(-1) ?? "";
  const onKubernetes = targetNamed(last) === "kubernetes";
  const hops = (onKubernetes ? names.slice(0, -1) : names).map(parseHop);
  if (hops.length > mostHops) throw fault(`${hops.length} hops; expected at most ${mostHops}`);
  const [client, server] = [hops[0], hops.at(-1)];
  if (client === undefined || server === undefined || hops.length < 2)
    throw fault(`expected a client and a server at least, such as grpc-go,nginx,grpc-java`);
  for (const [hop, place] of [
    [client, "first"],
    [server, "last"],
  ] as const)
    if (roleOf(hop.kind) !== "program")
      throw fault(
        `${hop.kind} comes ${place}; expected a ${place === "first" ? "client" : "server"} there: ${listed("program")}`,
      );
  const inside = hops.slice(1, -1).find(({ kind }) => roleOf(kind) === "program");
  if (inside !== undefined)
    throw fault(
      `${inside.kind} stands between two others; a service that calls on is the end of one path and the start of the next`,
    );
  if (hops.filter(({ kind }) => kind === "aws-alb").length > 1)
    throw fault("aws-alb twice; an ALB cannot be the target of another");
  const twice = hops.findIndex(({ kind }, index) => roleOf(kind) === "wire" && kind === hops[index + 1]?.kind);
  if (twice >= 0) throw fault(`${hops[twice]?.kind ?? ""} twice in a row; one is enough`);
  return { hops, onKubernetes };
}

function parseHop(text: string): FactHop {
  const [name = "", version, ...more] = text.split("@");
  const kind = targetNamed(name);
  if (name === "") throw fault("an empty place between two commas; expected a name there");
  if (kind === "kubernetes") throw fault("kubernetes is what the servers run on; expected it last");
  if (kind === undefined) throw fault(`no hop "${name}"; expected ${writableKinds.join(", ")}, and kubernetes last`);
  if (version === undefined) return { kind };
  if (more.length > 0 || !/^\d{1,4}(\.\d{1,5}){0,3}$/.test(version))
    throw fault(`"${text}": expected a version such as ${name}@1.22 behind the @`);
  return { kind, version: version.split(".").map(Number) };
}

function listed(role: "program"): string {
  return writableKinds.filter((kind) => roleOf(kind) === role).join(", ");
}

function fault(message: string): FactFault {
  return new FactFault("hops", message);
}
