/**
 * The servers that are measured: ours and grpc-js in this process, grpc-go and grpcio in their own, all with health, all with
 * the same settings under their own names.
 */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Server as GrpcJsServer, ServerCredentials } from "@grpc/grpc-js";
import { createServer } from "@holdfast/grpc";
import { addHealth } from "../../measure/measured-world.ts";

export interface ServerSettings {
  readonly idleMs?: number;
  readonly ageMs?: number;
  readonly graceMs?: number;
  readonly minTimeMs?: number;
  readonly permitWithoutCalls?: boolean;
  /** Where it can be set: ours and grpcio. */
  readonly strikes?: number;
  readonly maxStreams?: number;
  /** Default: a free one. */
  readonly port?: number;
  /** Absent: plain text. */
  readonly tls?: ServerTls;
}

/** Both PEM. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
}

export interface MeasuredServer {
  readonly port: number;
  /** As a deploy stops it: gracefully. */
  leave(): void;
  /** Those that are a process of their own: at once, without a word. */
  kill?(): void;
  close(): Promise<void>;
}

export const serverKinds = ["holdfast", "grpc-go", "grpcio", "grpc-js"] as const;
export type ServerKind = (typeof serverKinds)[number];

/** What each gives open calls once it leaves, ms; those of programs stand in the programs. */
const graceMs = 2_000;

/** Debian's own, whose package python3-grpcio reaches no other Python. */
export const python = process.env["HOLDFAST_PYTHON"] ?? "/usr/bin/python3";

export function startServer(kind: ServerKind, settings: ServerSettings): Promise<MeasuredServer> {
  switch (kind) {
    case "holdfast":
      return startOurs(settings);
    case "grpc-js":
      return startGrpcJs(settings);
    case "grpc-go":
      return startProgram([goProgram()], goSettings(settings));
    case "grpcio":
      return startProgram([python, fileURLToPath(new URL("grpcio.py", import.meta.url))], {
        options: { ...coreOptions(settings), ...corePolicy(settings) },
        ...(settings.port === undefined ? {} : { port: settings.port }),
        ...settings.tls,
      });
  }
}

/** Those whose programs are here; the others are said, or required. */
export function presentKinds(): ServerKind[] {
  const probes: Partial<Record<ServerKind, readonly [string, ...string[]]>> = {
    "grpc-go": ["go", "version"],
    grpcio: [python, "-c", "import grpc"],
  };
  return serverKinds.filter((kind) => {
    const [program, ...args] = probes[kind] ?? ["true"];
    const here = spawnSync(program, args, { stdio: "ignore" }).status === 0;
    if (!here && process.env["HOLDFAST_PEERS"] !== "required") {
      console.log(`skipped: ${kind} is not here (${[program, ...args].join(" ")})`);
      return false;
    }
    return true;
  });
}

async function startOurs({
  idleMs,
  ageMs,
  graceMs: ageGraceMs,
  maxStreams,
  port = 0,
  tls,
  ...policy
}: ServerSettings): Promise<MeasuredServer> {
  const server = createServer({
    ...(idleMs === undefined ? {} : { maxConnectionIdleMs: idleMs }),
    ...(ageMs === undefined ? {} : { maxConnectionAgeMs: ageMs }),
    ...(ageGraceMs === undefined ? {} : { maxConnectionAgeGraceMs: ageGraceMs }),
    ...(maxStreams === undefined ? {} : { maxConcurrentStreams: maxStreams }),
    pingPolicy: {
      ...(policy.minTimeMs === undefined ? {} : { minTimeMs: policy.minTimeMs }),
      ...(policy.permitWithoutCalls === undefined ? {} : { permitWithoutCalls: policy.permitWithoutCalls }),
      ...(policy.strikes === undefined ? {} : { strikes: policy.strikes }),
    },
    drain: { graceMs },
  });
  addHealth(server);
  const listening = await server.listen({ host: "127.0.0.1", port }, tls === undefined ? {} : { tls });
  return { port: listening.port, leave: () => void server.drain(), close: () => server.close() };
}

function startGrpcJs(settings: ServerSettings): Promise<MeasuredServer> {
  const serving = Buffer.from([0x08, 1]);
  const same = (bytes: Buffer): Buffer => bytes;
  const bytes = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
  const server = new GrpcJsServer(coreOptions(settings));
  server.addService(
    {
      check: { path: "/grpc.health.v1.Health/Check", requestStream: false, responseStream: false, ...bytes },
      watch: { path: "/grpc.health.v1.Health/Watch", requestStream: false, responseStream: true, ...bytes },
    },
    {
      check: (_call: unknown, answer: (error: null, value: Buffer) => void) => answer(null, serving),
      watch: (call: { write(value: Buffer): void }) => call.write(serving),
    },
  );
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${settings.port ?? 0}`, grpcJsCredentials(settings), (error, port) => {
      if (error !== null) reject(error);
      else {
        resolve({
          port,
          leave: () => {
            const last = setTimeout(() => server.forceShutdown(), graceMs);
            server.tryShutdown(() => clearTimeout(last));
          },
          close: () => Promise.resolve(server.forceShutdown()),
        });
      }
    });
  });
}

function grpcJsCredentials({ tls }: ServerSettings): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  return ServerCredentials.createSsl(null, [pair]);
}

/** Channel arguments that C-core and grpc-js share. */
function coreOptions({ idleMs, ageMs, graceMs, maxStreams }: ServerSettings): Record<string, number> {
  return {
    ...(idleMs === undefined ? {} : { "grpc.max_connection_idle_ms": idleMs }),
    ...(ageMs === undefined ? {} : { "grpc.max_connection_age_ms": ageMs }),
    ...(graceMs === undefined ? {} : { "grpc.max_connection_age_grace_ms": graceMs }),
    ...(maxStreams === undefined ? {} : { "grpc.max_concurrent_streams": maxStreams }),
  };
}

function corePolicy({ minTimeMs, permitWithoutCalls, strikes }: ServerSettings): Record<string, number> {
  return {
    ...(minTimeMs === undefined ? {} : { "grpc.http2.min_ping_interval_without_data_ms": minTimeMs }),
    ...(permitWithoutCalls === undefined ? {} : { "grpc.keepalive_permit_without_calls": permitWithoutCalls ? 1 : 0 }),
    ...(strikes === undefined ? {} : { "grpc.http2.max_ping_strikes": strikes }),
  };
}

function goSettings({
  idleMs,
  ageMs,
  graceMs,
  minTimeMs,
  permitWithoutCalls,
  maxStreams,
  port,
  tls,
}: ServerSettings): object {
  return {
    IdleMs: idleMs,
    AgeMs: ageMs,
    GraceMs: graceMs,
    MinTimeMs: minTimeMs,
    PermitWithoutCalls: permitWithoutCalls,
    MaxStreams: maxStreams,
    Port: port,
    Cert: tls?.cert,
    Key: tls?.key,
  };
}

let built: string | undefined;

/** Built once a run, into a folder that goes with the process. */
function goProgram(): string {
  if (built !== undefined) return built;
  const folder = mkdtempSync(join(tmpdir(), "holdfast-measured-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "grpc-go");
  const source = fileURLToPath(new URL("grpc-go", import.meta.url));
  const { status, stderr } = spawnSync(
    "go",
    ["build", "-C", source, "-mod=readonly", "-buildvcs=false", "-o", program, "."],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`go build: ${stderr}`);
  built = program;
  return program;
}

async function startProgram([program = "", ...args]: readonly string[], settings: object): Promise<MeasuredServer> {
  const child = spawn(program, [...args, JSON.stringify(settings)], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  const port = await listeningPort(child);
  return {
    port,
    leave: () => void child.kill("SIGTERM"),
    kill: () => void child.kill("SIGKILL"),
    close: async () => {
      child.stdin.end();
      const last = setTimeout(() => child.kill("SIGKILL"), 2_000);
      await ended;
      clearTimeout(last);
    },
  };
}

/** Waits for the line `listening PORT`. */
export async function listeningPort(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error("no standard output to read the port from");
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^listening (\d+)$/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`${child.spawnfile} ended before it listened`);
}
