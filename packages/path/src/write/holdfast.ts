/** Writes Holdfast itself: a program of one file that needs nothing but `@holdfast/grpc`. */

import { explainServiceConfig, type ProgramSheet, programSheet } from "./program-sheet.ts";
import { serviceConfigOf } from "./service-config.ts";
import type { WriteJob } from "./sheet.ts";

export function writeHoldfast(job: WriteJob): string {
  const program = programSheet(job, "//");
  if (program.isClient) writeClient(program, job);
  else writeServer(program);
  return program.sheet.text();
}

function writeClient(program: ProgramSheet, job: WriteJob): void {
  const { sheet, sender } = program;
  const config = JSON.stringify(serviceConfigOf(sender, job.plan.path.workload), undefined, 2);
  sheet.add('import { createChannel } from "@holdfast/grpc";', "");
  explainServiceConfig(program, job, "", `const serviceConfig = ${config};`);
  sheet.add("", 'const channel = createChannel(process.argv[2] ?? "dns:///shop.example:50051", {', "  serviceConfig,");
  if (sender.tls === true) sheet.set("  tls: {},", "sender.tls");
  sheet.add("  keepalive: {");
  sheet.set(`    timeMs: ${sender.pingEveryMs ?? 0},`, "sender.pingEveryMs");
  sheet.set(`    timeoutMs: ${sender.pingTimeoutMs ?? 0},`, "sender.pingTimeoutMs");
  sheet.set(`    permitWithoutCalls: ${String(sender.pingsWithoutCalls === true)},`, "sender.pingsWithoutCalls");
  sheet.add("  },");
  sheet.set(`  maxReceiveMessageBytes: ${sender.maxReceiveBytes ?? 0},`, "sender.maxReceiveBytes");
  sheet.add(`});
try {
  const answer = await channel.unary("/grpc.health.v1.Health/Check", new Uint8Array(), { timeoutMs: 5_000 });
  // HealthCheckResponse{status: SERVING} is 08 01.
  console.log(answer[1] === 1 ? "SERVING" : "NOT_SERVING");
} finally {
  await channel.close();
}`);
}

function writeServer({ sheet, receiver }: ProgramSheet): void {
  const { tls, lameDuckMs = 0, drainMs = 0 } = receiver;
  if (tls === true) sheet.add('import { readFileSync } from "node:fs";');
  sheet.add('import { createServer } from "@holdfast/grpc";', "", "const server = createServer({", "  keepalive: {");
  sheet.set(`    timeMs: ${receiver.pingEveryMs ?? 0},`, "receiver.pingEveryMs");
  sheet.set(`    timeoutMs: ${receiver.pingTimeoutMs ?? 0},`, "receiver.pingTimeoutMs");
  sheet.add("  },");
  if (receiver.permitEveryMs !== undefined) {
    sheet.add("  pingPolicy: {");
    sheet.set(`    minTimeMs: ${receiver.permitEveryMs},`, "receiver.permitEveryMs");
    sheet.set(
      `    permitWithoutCalls: ${String(receiver.permitsWithoutCalls === true)},`,
      "receiver.permitsWithoutCalls",
    );
    sheet.add("  },");
  }
  if (receiver.ageMs !== undefined) {
    sheet.set(`  maxConnectionAgeMs: ${receiver.ageMs},`, "receiver.ageMs");
    sheet.set(`  maxConnectionAgeGraceMs: ${receiver.ageGraceMs ?? 0},`, "receiver.ageGraceMs");
  }
  sheet.set(`  maxConcurrentStreams: ${receiver.maxStreams ?? 0},`, "receiver.maxStreams");
  sheet.set(`  maxReceiveMessageBytes: ${receiver.maxReceiveBytes ?? 0},`, "receiver.maxReceiveBytes");
  sheet.add(`});

const bytes = (value) => value;
const codec = { requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes };`);
  sheet.add(`const check = { path: "/grpc.health.v1.Health/Check", requestStream: false, responseStream: false, ...codec };
let serving = true;
// HealthCheckResponse{status: SERVING or NOT_SERVING}
server.add({ check }, { check: () => Uint8Array.of(8, serving ? 1 : 2) });
`);
  if (tls === true) sheet.add('const pem = (name) => readFileSync(process.env[name] ?? "", "utf8");');
  sheet.set(
    `const options = { ${tls === true ? 'tls: { key: pem("TLS_KEY"), cert: pem("TLS_CERT") }' : ""} };`,
    "receiver.tls",
  );
  sheet.add(`const { address } = await server.listen(process.argv[2] ?? "0.0.0.0:50051", options);
console.log(\`listening \${address}\`);

process.once("SIGTERM", () => {`);
  sheet.set("  serving = false;", "receiver.failsHealthFirst");
  sheet.reason("  ", "receiver.lameDuckMs");
  sheet.set(
    `  setTimeout(() => void server.drain({ graceMs: ${drainMs - lameDuckMs} }), ${lameDuckMs});`,
    "receiver.drainMs",
  );
  sheet.add("});");
}
