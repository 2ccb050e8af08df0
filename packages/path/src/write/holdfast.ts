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
  sheet.add('import { createChannel } from "@holdfast/grpc";', 'import { check } from "@holdfast/grpc/health";', "");
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
  console.log(await check(channel));
} finally {
  await channel.close();
}`);
}

function writeServer({ sheet, receiver }: ProgramSheet): void {
  const { tls, lameDuckMs = 0, drainMs = 0 } = receiver;
  if (tls === true) sheet.add('import { readFileSync } from "node:fs";');
  sheet.add(
    'import { createServer } from "@holdfast/grpc";',
    'import { createHealth } from "@holdfast/grpc/health";',
    "",
  );
  sheet.add("const server = createServer({", "  keepalive: {");
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
  sheet.add("  drain: {");
  sheet.set(`    lameDuckMs: ${lameDuckMs},`, "receiver.lameDuckMs");
  sheet.set(`    graceMs: ${drainMs - lameDuckMs},`, "receiver.drainMs");
  sheet.add("  },", "});", "");
  sheet.reason("", "receiver.servesHealth");
  sheet.add("const health = createHealth().addTo(server);");
  sheet.comment(
    "",
    "Your services by name, and what they need: health.set(Shop, ...), health.monitor({ database: ... }).",
  );
  sheet.add("");
  if (tls === true) sheet.add('const pem = (name) => readFileSync(process.env[name] ?? "", "utf8");');
  sheet.set(
    `const options = { ${tls === true ? 'tls: { key: pem("TLS_KEY"), cert: pem("TLS_CERT") }' : ""} };`,
    "receiver.tls",
  );
  sheet.add(`const { address } = await server.listen(process.argv[2] ?? "0.0.0.0:50051", options);
console.log(\`listening \${address}\`);
`);
  sheet.set('server.drainOn("SIGTERM");', "receiver.failsHealthFirst");
}
