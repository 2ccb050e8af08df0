/**
 * `node packages/lab/dist/record/main.js FILE [implementation…]`: plays every wire event to every program and writes what
 * each printed, one JSON line a text, labelled with the event's entry. Keeps the lines of programs that are not named.
 */

import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Certificate } from "../peer/certificate.ts";
import { createCertificate } from "../peer/certificate.ts";
import { Peer } from "../peer/peer.ts";
import { connectionEvents } from "./connection-events.ts";
import { goawayEvents } from "./goaway-events.ts";
import type { RecordedProgram } from "./recorded-programs.ts";
import { recordedPrograms } from "./recorded-programs.ts";
import { streamEvents } from "./stream-events.ts";
import type { PrintedText, RecordedMessage, WireEvent } from "./wire-event.ts";

const events = [...goawayEvents, ...streamEvents, ...connectionEvents];
const [file = "recorded.jsonl", ...wanted] = process.argv.slice(2);
/** Above every deadline of an order and the start of a Java machine. */
const patienceMs = 25_000;
/** Days by which a certificate is old that is valid for 30. */
const expiredDays = 60;

const programs = recordedPrograms().filter(
  ({ implementation }) => wanted.length === 0 || wanted.includes(implementation),
);
const recording = new Set(programs.map(({ implementation }) => implementation));
const kept = existsSync(file)
  ? readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "" && !recording.has((JSON.parse(line) as RecordedMessage).implementation))
  : [];
const lines = [...kept];
/** A recorded stack names files of this checkout; the set names those of a service. */
const checkout = path.resolve(import.meta.dirname, "../../../..");
/** An error object that the library left empty says nothing that could be judged. */
const empty = /^(Error: )?undefined undefined/;
/** What a text has to have of gRPC or HTTP/2: the rest could be any program's, and nobody could judge it. */
const speaksOfRpc =
  /grpc|connectrpc|ConnectError|http\/?2|goaway|nghttp2|rst_stream|code = |code: |\[[a-z_]+\] |[A-Z]{2,}: /i;
const speaksOfHttp2 = /http\/?2|goaway|nghttp2|other side closed|stream|session/i;
for (const program of programs) {
  const texts = new Set<string>();
  for (const event of events) {
    if (event.only !== undefined && !event.only.includes(program.implementation)) continue;
    if (!program.knowsStatus && event.id.startsWith("status-")) continue;
    for (const message of await recordEvent(program, event)) {
      const key = `${message.label}\n${message.text}`;
      if (texts.has(key)) continue;
      texts.add(key);
      lines.push(JSON.stringify(message));
    }
  }
  process.stdout.write(`${program.implementation}: ${texts.size} texts\n`);
}
writeFileSync(file, `${lines.join("\n")}\n`);

async function recordEvent(program: RecordedProgram, event: WireEvent): Promise<RecordedMessage[]> {
  const certificate = certificateOf(event);
  const alpn = event.tls === "no-alpn" ? { alpn: ["http/1.1"] } : {};
  const { script } = event;
  const peer = new Peer({
    scriptOf: typeof script === "function" ? script : () => script ?? { play: () => {} },
    ...(event.tls !== undefined && { certificate, ...alpn }),
  });
  await peer.start();
  const target = `127.0.0.1:${peer.port}`;
  if (script === undefined) await peer.close();
  const printed = await run(program, { target, caPem: certificate.certPem, ...event.order });
  if (script !== undefined) await peer.close();
  const { label, also } = event.by?.[program.implementation] ?? event;
  const speaks = program.knowsStatus ? speaksOfRpc : speaksOfHttp2;
  const usable = printed.filter((text) => speaks.test(text) && event.unless?.test(text) !== true);
  return [...new Set(usable)].map((text) => ({
    text,
    implementation: program.implementation,
    version: program.version,
    label,
    ...(also !== undefined && { also }),
    origin: `run: ${event.id}`,
  }));
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
    .map((text) => text.replaceAll(checkout, "/app").trimEnd())
    .filter((text) => text !== "" && !empty.test(text));
}
