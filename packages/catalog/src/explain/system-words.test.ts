import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

const idOf = (text: string): string | undefined => explain(text).findings[0]?.id;

describe("a reason in the system's own language", () => {
  it.each([
    ["由于目标计算机积极拒绝，无法连接。", "connect/refused"],
    [
      "Es konnte keine Verbindung hergestellt werden, da der Zielcomputer die Verbindung verweigerte.",
      "connect/refused",
    ],
    ["Aucune connexion n’a pu être établie car l’ordinateur cible l’a expressément refusée.", "connect/refused"],
    ["Se ha forzado la interrupción de una conexión existente por el host remoto.", "tcp/reset-inflight"],
    ["既存の接続はリモート ホストに強制的に切断されました。", "tcp/reset-inflight"],
    ["Удаленный хост принудительно разорвал существующее подключение.", "tcp/reset-inflight"],
  ])("decides behind a library's text that says less: %s", (words, id) => {
    expect(
      idOf(
        `Grpc.Core.RpcException: Status(StatusCode="Internal", Detail="Error starting gRPC call. IOException: ${words}")`,
      ),
    ).toBe(id);
    expect(
      idOf(`io.grpc.StatusRuntimeException: UNAVAILABLE: io exception\nCaused by: java.io.IOException: ${words}`),
    ).toBe(id);
  });

  it.each([
    ["10061", "connect/refused"],
    ["10060", "connect/settings-hang"],
    ["10054", "tcp/reset-inflight"],
    ["11001", "connect/name-not-found"],
  ])("is read by the number that .NET prints, %s", (number, id) => {
    const inner = `System.Net.Http.HttpRequestException: a ---> System.Net.Sockets.SocketException (${number}): b`;
    expect(
      idOf(
        `Grpc.Core.RpcException: Status(StatusCode="Unavailable", Detail="Error starting gRPC call. HttpRequestException: a", DebugException="${inner}")`,
      ),
    ).toBe(id);
  });

  it("is nobody's in particular without gRPC", () => {
    expect(explain("java.io.IOException: 远程主机强迫关闭了一个现有的连接。").known).toBe(false);
  });
});

describe("grpc-java's server about a socket that it could not read", () => {
  const frames =
    "\tat io.grpc.netty.shaded.io.netty.channel.AbstractChannelHandlerContext.invokeChannelRead(A.java:379)";

  it.each([
    `Transport failed\n${frames}`,
    `INFO: Transport failed\njava.io.IOException: Զ������ǿ�ȹر���\n\tat sun.nio.ch.SocketDispatcher.read0(Native Method)\n${frames}`,
  ])("is told by its frames: %j", (text) => {
    expect(idOf(text)).toBe("tcp/reset-inflight");
  });

  it("is told by its cause where that can be read, and not at all without frames", () => {
    const tls = `INFO: Transport failed\njavax.net.ssl.SSLHandshakeException: no cipher\n${frames}`;
    expect(idOf(tls)).toBe("tls/handshake-failed");
    expect(explain("Transport failed").known).toBe(false);
  });
});

describe("a server that cannot listen", () => {
  it.each([
    "No address added out of total 1 resolved",
    "failed to listen: listen tcp :50051: bind: address already in use",
    "Failed to bind to address [::]:50051",
    "grpc server failed to start: listen EADDRINUSE: address already in use 0.0.0.0:8080",
    "Error: transport error\n\nCaused by:\n    0: error creating server listener: Address already in use (os error 98)",
  ])("is told by %j", (text) => {
    expect(idOf(text)).toBe("server/bind-failed");
  });

  it.each([
    "listen tcp :8080: bind: address already in use",
    "Error: listen EADDRINUSE: address already in use :::50051",
    "Failed to bind to address http://127.0.0.1:5000: address already in use.",
  ])("is anybody's server without gRPC: %s", (text) => {
    expect(explain(text).known).toBe(false);
  });

  it("is a client that has no port left where somebody dials", () => {
    const dial =
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp';
    expect(idOf(`${dial} 10.1.2.3:443: bind: address already in use"`)).toBe("connect/refused");
  });
});

describe("a text in somebody's own words", () => {
  it.each([
    ["gRPC Client: Protocol error: RST_STREAM", "http2/rst-protocol-error"],
    ["The stream is closed (RST_STREAM)", "http2/rst-internal-error"],
    ["Channel state stuck in TransientFailure", "connect/refused"],
    ["gRPC trailers missing", "http2/missing-trailers"],
    ['failed to dial "/run/containerd/containerd.sock": context deadline exceeded', "connect/settings-hang"],
    ["could not get order: rpc error: code = Unknown desc =", "http2/missing-trailers"],
    ["UNAVAILABLE: the moon is full", "grpc/status-from-server"],
  ])("%s", (text, id) => {
    expect(idOf(text)).toBe(id);
  });
});
