/** Writes grpc-java on Netty: a class with a main that compiles against grpc-netty-shaded, grpc-stub and grpc-services. */

import { explainServiceConfig, type ProgramSheet, programSheet } from "./program-sheet.ts";
import { serviceConfigOf } from "./service-config.ts";
import type { WriteJob } from "./sheet.ts";

export function writeGrpcJava(job: WriteJob): string {
  const program = programSheet(job, "//");
  if (program.isClient) writeClient(program, job);
  else writeServer(program);
  return program.sheet.text();
}

function millis(ms = 0): string {
  return `${ms}L, TimeUnit.MILLISECONDS`;
}

/** Java's service config is maps and lists, every number a Double. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `List.of(${value.map(literal).join(", ")})`;
  if (typeof value === "object" && value !== null)
    return `Map.of(${Object.entries(value)
      .map(([key, each]) => `"${key}", ${literal(each)}`)
      .join(", ")})`;
  return typeof value === "number" ? `${value}${Number.isInteger(value) ? ".0" : ""}` : JSON.stringify(value);
}

function writeClient(program: ProgramSheet, job: WriteJob): void {
  const { sheet, sender } = program;
  const credentials = sender.tls === true ? "TlsChannelCredentials" : "InsecureChannelCredentials";
  sheet.add(`import io.grpc.Grpc;
import io.grpc.${credentials};
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;`);
  sheet.add(`import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

public final class Client {`);
  explainServiceConfig(
    program,
    job,
    "  ",
    `  static final Map<String, ?> SERVICE_CONFIG = ${literal(serviceConfigOf(sender, job.plan.path.workload))};`,
  );
  sheet.add("", "  static ManagedChannel dial(String target) {");
  sheet.set(`    return Grpc.newChannelBuilder(target, ${credentials}.create())`, "sender.tls");
  sheet.set(`        .keepAliveTime(${millis(sender.pingEveryMs)})`, "sender.pingEveryMs");
  sheet.set(`        .keepAliveTimeout(${millis(sender.pingTimeoutMs)})`, "sender.pingTimeoutMs");
  sheet.set(`        .keepAliveWithoutCalls(${String(sender.pingsWithoutCalls === true)})`, "sender.pingsWithoutCalls");
  sheet.set(`        .idleTimeout(${millis(sender.idleAfterMs)})`, "sender.idleAfterMs");
  sheet.set(`        .maxInboundMessageSize(${sender.maxReceiveBytes ?? 0})`, "sender.maxReceiveBytes");
  sheet.set(`        .maxInboundMetadataSize(${sender.maxMetadataBytes ?? 0})`, "sender.maxMetadataBytes");
  sheet.add(`        .defaultServiceConfig(SERVICE_CONFIG)
        .build();
  }

  public static void main(String[] args) throws InterruptedException {`);
  sheet.add('    ManagedChannel channel = dial(args.length > 0 ? args[0] : "dns:///shop.example:50051");', "    try {");
  sheet.add(`      HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel).withDeadlineAfter(5, TimeUnit.SECONDS);
      System.out.println(health.check(HealthCheckRequest.getDefaultInstance()).getStatus());`);
  sheet.add(`    } finally {
      channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
  }
}`);
}

function writeServer({ sheet, receiver }: ProgramSheet): void {
  const { tls, lameDuckMs = 0, drainMs = 0 } = receiver;
  sheet.add(`import io.grpc.${tls === true ? "TlsServerCredentials" : "InsecureServerCredentials"};
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;`);
  sheet.add(
    ...(tls === true ? ["import java.io.File;"] : []),
    "import java.net.InetSocketAddress;",
    "import java.util.concurrent.TimeUnit;",
    "",
    "public final class ServerMain {",
  );
  sheet.add(`  public static void main(String[] args) throws Exception {
    String[] address = (args.length > 0 ? args[0] : "0.0.0.0:50051").split(":");
    HealthStatusManager health = new HealthStatusManager();
    Server server =`);
  const credentials =
    tls === true
      ? 'TlsServerCredentials.create(new File(System.getenv("TLS_CERT")), new File(System.getenv("TLS_KEY")))'
      : "InsecureServerCredentials.create()";
  sheet.set(
    `        NettyServerBuilder.forAddress(new InetSocketAddress(address[0], Integer.parseInt(address[1])), ${credentials})`,
    "receiver.tls",
  );
  sheet.set(`            .keepAliveTime(${millis(receiver.pingEveryMs)})`, "receiver.pingEveryMs");
  sheet.set(`            .keepAliveTimeout(${millis(receiver.pingTimeoutMs)})`, "receiver.pingTimeoutMs");
  if (receiver.permitEveryMs !== undefined) {
    sheet.set(`            .permitKeepAliveTime(${millis(receiver.permitEveryMs)})`, "receiver.permitEveryMs");
    sheet.set(
      `            .permitKeepAliveWithoutCalls(${String(receiver.permitsWithoutCalls === true)})`,
      "receiver.permitsWithoutCalls",
    );
  }
  if (receiver.ageMs !== undefined) {
    sheet.set(`            .maxConnectionAge(${millis(receiver.ageMs)})`, "receiver.ageMs");
    sheet.set(`            .maxConnectionAgeGrace(${millis(receiver.ageGraceMs)})`, "receiver.ageGraceMs");
  }
  sheet.set(`            .maxConcurrentCallsPerConnection(${receiver.maxStreams ?? 0})`, "receiver.maxStreams");
  sheet.set(`            .maxInboundMessageSize(${receiver.maxReceiveBytes ?? 0})`, "receiver.maxReceiveBytes");
  sheet.set(`            .maxInboundMetadataSize(${receiver.maxMetadataBytes ?? 0})`, "receiver.maxMetadataBytes");
  sheet.add(`            .addService(health.getHealthService())
            .build()
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      try {`);
  sheet.set("        health.enterTerminalState(); // NOT_SERVING", "receiver.failsHealthFirst");
  sheet.set(`        Thread.sleep(${lameDuckMs}L);`, "receiver.lameDuckMs");
  sheet.set(`        if (!server.shutdown().awaitTermination(${millis(drainMs - lameDuckMs)})) {`, "receiver.drainMs");
  sheet.add(`          server.shutdownNow();
        }
      } catch (InterruptedException interrupted) {
        server.shutdownNow();
      }
    }));`);
  sheet.add(`    System.out.println("listening " + address[0] + ":" + server.getPort());
    server.awaitTermination();
  }
}`);
}
