/**
 * `node packages/lab/dist/record/main.js FILE [implementation…] [--events REGEX]`: plays every wire event to every program
 * and writes what each printed, one JSON line a text, labelled with the event's entry. Keeps the lines of programs and
 * events that were not asked for.
 */

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Certificate } from "../peer/certificate.ts";
import { createCertificate } from "../peer/certificate.ts";
import { Peer } from "../peer/peer.ts";
import { connectionEvents } from "./connection-events.ts";
import { goawayEvents } from "./goaway-events.ts";
import { proxyEvents } from "./proxy-events.ts";
import type { RecordedProgram } from "./recorded-programs.ts";
import { recordedPrograms } from "./recorded-programs.ts";
import { serverEvents } from "./server-events.ts";
import { streamEvents } from "./stream-events.ts";
import type { PrintedText, RecordedMessage, RunningServer, WireEvent } from "./wire-event.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { events: { type: "string" } } });
const [file = "recorded.jsonl", ...wanted] = positionals;
const asked = new RegExp(values.events ?? "");
const events = [...goawayEvents, ...streamEvents, ...connectionEvents, ...serverEvents, ...proxyEvents].filter(
  ({ id }) => asked.test(id),
);
/** Above every deadline of an order and the start of a Java machine. */
const patienceMs = 25_000;
/** Days by which a certificate is old that is valid for 30. */
const expiredDays = 60;

const programs = recordedPrograms().filter(
  ({ implementation }) => wanted.length === 0 || wanted.includes(implementation),
);
const recording = new Set(programs.map(({ implementation }) => implementation));
/** The lines of proxies are the same whoever called: they are kept of one program's calls. */
const proxiesWith = "grpc-js";
if (recording.has(proxiesWith)) for (const proxy of ["nginx", "haproxy"]) recording.add(proxy);
const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(isKept) : [];
/** A recorded stack names files of this checkout; the set names those of a service. */
const ownFolders = [path.resolve(import.meta.dirname, "../../../.."), process.env["HOLDFAST_RECORDERS"] ?? "/app"];
/** An error object that the library left empty says nothing that could be judged. */
const empty = /^(Error: )?undefined undefined/;
/** What a text has to have of gRPC or HTTP/2: the rest could be any program's, and nobody could judge it. */
const speaksOfRpc =
  /grpc|connectrpc|ConnectError|http\/?2|goaway|nghttp2|rst_stream|code = |code: |\[[a-z_]+\] |[A-Z]{2,}: /i;
const speaksOfHttp2 = /http\/?2|goaway|nghttp2|other side closed|stream (closed|half)|pending stream|session/i;
/** Texts of a deadline; where the event is another, they say that a slow start or a repetition hid it. */
const speaksOfDeadline = /deadline.?exceeded|timeout expired|timed out|AbortError/i;
const endsByDeadline = /deadline|keepalive|settings-hang|stall|promise-never|cancelled-by-caller|timeout/;
for (const program of programs) {
  const texts = new Set<string>();
  for (const event of events) {
    if (event.only !== undefined && !event.only.includes(program.implementation)) continue;
    if (event.except?.includes(program.implementation) === true) continue;
    if (!program.knowsStatus && event.id.startsWith("status-")) continue;
    for (const message of await recordEvent(program, event)) {
      const key = [message.implementation, message.label, message.text].join("\n");
      if (texts.has(key)) continue;
      texts.add(key);
      lines.push(JSON.stringify(message));
    }
  }
  process.stdout.write(`${program.implementation}: ${texts.size} texts\n`);
}
writeFileSync(file, `${lines.join("\n")}\n`);

function isKept(line: string): boolean {
  if (line === "") return false;
  const { implementation, origin } = JSON.parse(line) as RecordedMessage;
  return !recording.has(implementation) || !asked.test(origin.replace("run: ", ""));
}

async function recordEvent(program: RecordedProgram, event: WireEvent): Promise<RecordedMessage[]> {
  const certificate = certificateOf(event);
  const server = event.serve === undefined ? await startPeer(event, certificate) : await event.serve();
  const target = `127.0.0.1:${server.port}`;
  if (event.serve === undefined && event.script === undefined) await server.close();
  const printed = await run(program, { target, caPem: certificate.certPem, ...event.order });
  const logged = await server.close();
  const speaks = program.knowsStatus ? speaksOfRpc : speaksOfHttp2;
  const cause = event.by?.[program.implementation] ?? event;
  const deadlineFits = [cause.label, ...(cause.also ?? [])].some((id) => endsByDeadline.test(id));
  const usable = printed.filter(
    (text) => speaks.test(text) && event.unless?.test(text) !== true && (deadlineFits || !speaksOfDeadline.test(text)),
  );
  const messages = usable.map((text) => labelled(event, text, program.implementation, program.version));
  const { implementation } = server;
  if (implementation === undefined || program.implementation !== proxiesWith) return messages;
  return [...messages, ...logged.map((line) => labelled(event, line, implementation, versionOf(implementation)))];
}

function labelled(event: WireEvent, text: string, implementation: string, version: string): RecordedMessage {
  const { label, also } = event.by?.[implementation] ?? event;
  const origin = `run: ${event.id}`;
  return { text, implementation, version, label, ...(also !== undefined && { also }), origin };
}

/** As the program says: `nginx/1.22.1`, `HAProxy version 2.6.12…`. */
function versionOf(implementation: "nginx" | "haproxy"): string {
  const { stdout, stderr } = spawnSync(implementation, ["-v"], { encoding: "utf8" });
  return /(?:nginx\/|version )(\d+(?:\.\d+)+)/.exec(stdout + stderr)?.[1] ?? "unknown";
}

async function startPeer({ script, tls }: WireEvent, certificate: Certificate): Promise<RunningServer> {
  const alpn = { "no-alpn": [], "other-alpn": ["http/1.1"], valid: ["h2"], expired: ["h2"] }[tls ?? "valid"];
  const peer = new Peer({
    scriptOf: typeof script === "function" ? script : () => script ?? { play: () => {} },
    ...(tls !== undefined && { certificate, alpn }),
  });
  await peer.start();
  const { port } = peer;
  return {
    port,
    close: async () => {
      await peer.close();
      return [];
    },
  };
}

function certificateOf(event: WireEvent): Certificate {
  const dayMs = 86_400_000; // 24 hours of 3,600 s
  return createCertificate(Date.now() - (event.tls === "expired" ? expiredDays * dayMs : 0));
}

/** The texts that the program prints; none if it had no error to print. */
function run(program: RecordedProgram, order: object): Promise<string[]> {
  const [command, ...args] = program.command;
  const child = spawn(command, [...args, JSON.stringify(order)], {
    stdio: ["ignore", "pipe", process.env["HOLDFAST_RECORD_LOUD"] === undefined ? "ignore" : "inherit"],
    timeout: patienceMs,
  });
  let out = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      process.stderr.write(`${program.implementation}: ${error.message}\n`);
      resolve([]);
    });
    child.on("close", () => resolve(textsIn(out)));
  });
}

function textsIn(out: string): string[] {
  return out
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => (JSON.parse(line) as PrintedText).text)
    .map((text) => ownFolders.reduce((scrubbed, folder) => scrubbed.replaceAll(folder, "/app"), text).trimEnd())
    .filter((text) => text !== "" && !empty.test(text));
}
