/** Writes grpc-js: a program of one file that needs nothing but `@grpc/grpc-js`. */

import { explainServiceConfig, type ProgramSheet, programSheet } from "./program-sheet.ts";
import { serviceConfigOf } from "./service-config.ts";
import type { WriteJob } from "./sheet.ts";

export function writeGrpcJs(job: WriteJob): string {
  const program = programSheet(job, "//");
  if (program.isClient) writeClient(program, job);
  else writeServer(program);
  return program.sheet.text();
}

function writeClient(program: ProgramSheet, job: WriteJob): void {
  const { sheet, sender } = program;
  const config = JSON.stringify(serviceConfigOf(sender, job.plan.path.workload), undefined, 2);
  sheet.add('import * as grpc from "@grpc/grpc-js";', "");
  explainServiceConfig(program, job, "", `const serviceConfig = ${config};`);
  sheet.add("", "const options = {");
  // Off is left out: the largest number would overflow Node's timer with jitter.
  sheet.reason("  ", "sender.pingEveryMs");
  sheet.comment("  ", "So no grpc.keepalive_time_ms stands here.");
  sheet.set(`  "grpc.client_idle_timeout_ms": ${sender.idleAfterMs ?? 0},`, "sender.idleAfterMs");
  sheet.set(`  "grpc.max_receive_message_length": ${sender.maxReceiveBytes ?? 0},`, "sender.maxReceiveBytes");
  sheet.add('  "grpc.service_config": JSON.stringify(serviceConfig),', "};", "");
  sheet.set(
    `const credentials = grpc.credentials.${sender.tls === true ? "createSsl" : "createInsecure"}();`,
    "sender.tls",
  );
  sheet.add(`const client = new grpc.Client(process.argv[2] ?? "dns:///shop.example:50051", credentials, options);
const bytes = (value) => value;`);
  sheet.add(`const deadline = Date.now() + 5_000;
client.makeUnaryRequest("/grpc.health.v1.Health/Check", bytes, bytes, Buffer.alloc(0), { deadline }, (error, answer) => {
  if (error) {
    console.error(error.message);
    process.exitCode = 1;`);
  sheet.add(`    // HealthCheckResponse{status: SERVING} is 08 01.
  } else console.log(answer[1] === 1 ? "SERVING" : "NOT_SERVING");
  client.close();
});`);
}

function writeServer({ sheet, receiver }: ProgramSheet): void {
  const { tls, lameDuckMs = 0, drainMs = 0 } = receiver;
  if (tls === true) sheet.add('import { readFileSync } from "node:fs";');
  sheet.add('import * as grpc from "@grpc/grpc-js";', "", "const server = new grpc.Server({");
  sheet.set(`  "grpc.keepalive_time_ms": ${receiver.pingEveryMs ?? 0},`, "receiver.pingEveryMs");
  sheet.set(`  "grpc.keepalive_timeout_ms": ${receiver.pingTimeoutMs ?? 0},`, "receiver.pingTimeoutMs");
  if (receiver.ageMs !== undefined) {
    sheet.set(`  "grpc.max_connection_age_ms": ${receiver.ageMs},`, "receiver.ageMs");
    sheet.set(`  "grpc.max_connection_age_grace_ms": ${receiver.ageGraceMs ?? 0},`, "receiver.ageGraceMs");
  }
  sheet.set(`  "grpc.max_concurrent_streams": ${receiver.maxStreams ?? 0},`, "receiver.maxStreams");
  sheet.set(`  "grpc.max_receive_message_length": ${receiver.maxReceiveBytes ?? 0},`, "receiver.maxReceiveBytes");
  sheet.add(`});

const bytes = (value) => value;
const codec = { requestSerialize: bytes, requestDeserialize: bytes, responseSerialize: bytes, responseDeserialize: bytes };`);
  sheet.add(`const check = { path: "/grpc.health.v1.Health/Check", requestStream: false, responseStream: false, ...codec };
let serving = true;
// HealthCheckResponse{status: SERVING or NOT_SERVING}
server.addService({ check }, { check: (_call, answer) => answer(null, Buffer.of(8, serving ? 1 : 2)) });
`);
  if (tls === true)
    sheet.add(
      `const pair = { private_key: readFileSync(process.env.TLS_KEY ?? ""), cert_chain: readFileSync(process.env.TLS_CERT ?? "") };`,
    );
  sheet.set(
    `const credentials = grpc.ServerCredentials.${tls === true ? "createSsl(null, [pair])" : "createInsecure()"};`,
    "receiver.tls",
  );
  sheet.add(`const address = process.argv[2] ?? "0.0.0.0:50051";
server.bindAsync(address, credentials, (error, port) => {
  if (error) throw error;
  console.log(\`listening \${address.replace(/:\\d+$/, "")}:\${port}\`);
});

process.once("SIGTERM", () => {`);
  sheet.set("  serving = false;", "receiver.failsHealthFirst");
  sheet.add("  const leave = () => {", "    server.tryShutdown(() => clearTimeout(last));");
  sheet.set(`    const last = setTimeout(() => server.forceShutdown(), ${drainMs - lameDuckMs});`, "receiver.drainMs");
  sheet.add("  };");
  sheet.set(`  setTimeout(leave, ${lameDuckMs});`, "receiver.lameDuckMs");
  sheet.add("});");
}
