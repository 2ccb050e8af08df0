/** Writes grpc-go: a client or a server that compiles. Durations are Go's own, so no unit can be lost. */

import type { Receiver } from "../hops/path.ts";
import { serviceConfigOf } from "./service-config.ts";
import { explainServiceConfig, type ProgramSheet, programSheet } from "./program-sheet.ts";
import type { Sheet, WriteJob } from "./sheet.ts";

export function writeGrpcGo(job: WriteJob): string {
  const program = programSheet(job, "//");
  if (program.isClient) writeClient(program, job);
  else writeServer(program);
  return program.sheet.text();
}

function goDuration(ms = 0): string {
  return ms % 1_000 === 0 ? `${ms / 1_000} * time.Second` : `${ms} * time.Millisecond`;
}

function writeClient(program: ProgramSheet, job: WriteJob): void {
  const { sheet, sender } = program;
  const config = JSON.stringify(serviceConfigOf(sender, job.plan.path.workload), undefined, "\t");
  sheet.add(
    "package main",
    "",
    "import (",
    '\t"context"',
    ...(sender.tls === true ? ['\t"crypto/tls"'] : []),
    '\t"fmt"',
    '\t"log"',
    '\t"os"',
    '\t"time"',
    "",
  );
  sheet.add(
    '\t"google.golang.org/grpc"',
    sender.tls === true ? '\t"google.golang.org/grpc/credentials"' : '\t"google.golang.org/grpc/credentials/insecure"',
  );
  if (sender.watchesHealth === true) sheet.add('\t_ "google.golang.org/grpc/health" // reads healthCheckConfig');
  sheet.add(`\thealthpb "google.golang.org/grpc/health/grpc_health_v1"
\t"google.golang.org/grpc/keepalive"
)
`);
  explainServiceConfig(program, job, "", `const serviceConfig = \`${config}\``);
  sheet.add("", "func dial(target string) (*grpc.ClientConn, error) {", "\treturn grpc.NewClient(target,");
  sheet.set(
    `\t\tgrpc.WithTransportCredentials(${sender.tls === true ? "credentials.NewTLS(&tls.Config{})" : "insecure.NewCredentials()"}),`,
    "sender.tls",
  );
  sheet.add("\t\tgrpc.WithKeepaliveParams(keepalive.ClientParameters{");
  sheet.set(`\t\t\tTime: ${goDuration(sender.pingEveryMs)},`, "sender.pingEveryMs");
  sheet.set(`\t\t\tTimeout: ${goDuration(sender.pingTimeoutMs)},`, "sender.pingTimeoutMs");
  sheet.set(`\t\t\tPermitWithoutStream: ${String(sender.pingsWithoutCalls === true)},`, "sender.pingsWithoutCalls");
  sheet.add("\t\t}),");
  sheet.set(`\t\tgrpc.WithIdleTimeout(${goDuration(sender.idleAfterMs)}),`, "sender.idleAfterMs");
  sheet.set(
    `\t\tgrpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(${sender.maxReceiveBytes ?? 0})),`,
    "sender.maxReceiveBytes",
  );
  sheet.add("\t\tgrpc.WithDefaultServiceConfig(serviceConfig),", "\t)", "}", "", "func main() {");
  sheet.add('\ttarget := "dns:///shop.example:50051"', "\tif len(os.Args) > 1 {", "\t\ttarget = os.Args[1]", "\t}");
  sheet.add(`\tconnection, err := dial(target)
\tif err != nil {
\t\tlog.Fatal(err)
\t}
\tdefer connection.Close()`);
  sheet.add("\tctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)", "\tdefer cancel()");
  sheet.add("\tanswer, err := healthpb.NewHealthClient(connection).Check(ctx, &healthpb.HealthCheckRequest{})");
  sheet.add("\tif err != nil {", "\t\tlog.Fatal(err)", "\t}", "\tfmt.Println(answer.GetStatus())", "}");
}

function writeServer({ sheet, receiver }: ProgramSheet): void {
  const { tls, lameDuckMs = 0, drainMs = 0 } = receiver;
  sheet.add(`package main

import (
\t"fmt"
\t"log"
\t"net"
\t"os"
\t"os/signal"
\t"syscall"
\t"time"
`);
  sheet.add(
    '\t"google.golang.org/grpc"',
    ...(tls === true ? ['\t"google.golang.org/grpc/credentials"'] : []),
    '\t"google.golang.org/grpc/health"',
  );
  sheet.add(`\thealthpb "google.golang.org/grpc/health/grpc_health_v1"
\t"google.golang.org/grpc/keepalive"
)
`);
  sheet.add(`func main() {
\taddress := "0.0.0.0:50051"
\tif len(os.Args) > 1 {
\t\taddress = os.Args[1]
\t}`);
  sheet.add('\tlistener, err := net.Listen("tcp", address)', "\tif err != nil {", "\t\tlog.Fatal(err)", "\t}");
  if (tls === true)
    sheet.add(`\tidentity, err := credentials.NewServerTLSFromFile(os.Getenv("TLS_CERT"), os.Getenv("TLS_KEY"))
\tif err != nil {
\t\tlog.Fatal(err)
\t}`);
  sheet.add("\tserver := grpc.NewServer(");
  if (tls === true) sheet.set("\t\tgrpc.Creds(identity),", "receiver.tls");
  writeServerOptions(sheet, receiver);
  sheet.add("\t)", "\tchecks := health.NewServer()", "\thealthpb.RegisterHealthServer(server, checks)", "");
  sheet.add(`\tdrained := make(chan struct{})
\tgo func() {
\t\tdefer close(drained)
\t\tterm := make(chan os.Signal, 1)
\t\tsignal.Notify(term, syscall.SIGTERM)
\t\t<-term`);
  sheet.set("\t\tchecks.Shutdown() // NOT_SERVING", "receiver.failsHealthFirst");
  sheet.set(`\t\ttime.Sleep(${goDuration(lameDuckMs)})`, "receiver.lameDuckMs");
  sheet.set(`\t\tlast := time.AfterFunc(${goDuration(drainMs - lameDuckMs)}, server.Stop)`, "receiver.drainMs");
  sheet.add("\t\tserver.GracefulStop()", "\t\tlast.Stop()", "\t}()", '\tfmt.Println("listening", listener.Addr())');
  sheet.add("\tif err := server.Serve(listener); err != nil {", "\t\tlog.Fatal(err)", "\t}", "\t<-drained", "}");
}

function writeServerOptions(sheet: Sheet, receiver: Receiver): void {
  sheet.add("\t\tgrpc.KeepaliveParams(keepalive.ServerParameters{");
  sheet.set(`\t\t\tTime: ${goDuration(receiver.pingEveryMs)},`, "receiver.pingEveryMs");
  sheet.set(`\t\t\tTimeout: ${goDuration(receiver.pingTimeoutMs)},`, "receiver.pingTimeoutMs");
  if (receiver.ageMs !== undefined) {
    sheet.set(`\t\t\tMaxConnectionAge: ${goDuration(receiver.ageMs)},`, "receiver.ageMs");
    sheet.set(`\t\t\tMaxConnectionAgeGrace: ${goDuration(receiver.ageGraceMs)},`, "receiver.ageGraceMs");
  }
  sheet.add("\t\t}),");
  if (receiver.permitEveryMs !== undefined) {
    sheet.add("\t\tgrpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{");
    sheet.set(`\t\t\tMinTime: ${goDuration(receiver.permitEveryMs)},`, "receiver.permitEveryMs");
    sheet.set(
      `\t\t\tPermitWithoutStream: ${String(receiver.permitsWithoutCalls === true)},`,
      "receiver.permitsWithoutCalls",
    );
    sheet.add("\t\t}),");
  }
  sheet.set(`\t\tgrpc.MaxConcurrentStreams(${receiver.maxStreams ?? 0}),`, "receiver.maxStreams");
  sheet.set(`\t\tgrpc.MaxRecvMsgSize(${receiver.maxReceiveBytes ?? 0}),`, "receiver.maxReceiveBytes");
}
