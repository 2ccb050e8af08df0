import { describe, expect, it } from "vitest";
import { isAboutGrpc } from "./entries-of-phrase.ts";
import { withoutLookAlikes } from "./grpc-places.ts";

describe("a text about gRPC", () => {
  it.each([
    "..\\..\\src\\core\\lib\\iomgr\\tcp_client_windows.c:107] on_connect error",
    "at okhttp3.internal.framed.FramedStream.checkOutNotClosed(FramedStream.java:574)",
    "java.io.IOException: stream was reset: CANCEL",
    "Code: Unimplemented, Message: nothing here",
    "dial failed at socket /var/lib/kubelet/plugins_registry/x-reg.sock",
    "upstream rejected request with error 2 while reading response header from upstream",
    "failed to create the client: endpoint x: context deadline exceeded",
    "at io.camunda.zeebe.client.impl.ZeebeClientFutureImpl.join(ZeebeClientFutureImpl.java:52)",
    "bulk.go:7: Error while mutating what was read: broken pipe",
    "not there (channel = depot:50051, message = broken pipe)",
    "java.net.BindException: Address already in use\n\tat sun.nio.ch.Net.bind0(Native Method)\n\tat io.netty.channel.socket.nio.NioServerSocketChannel.doBind(N.java:128)",
  ])("may name neither gRPC nor HTTP/2: %j", (text) => {
    expect(isAboutGrpc(text)).toBe(true);
  });

  it.each([
    'Get "https://api.example.com/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    "failed to connect to `database=shop`: dial error (context deadline exceeded)",
    "INTERNAL_ERROR (local): quic stream 4 reset by peer",
    "org.h2.jdbc.JdbcSQLException: Connection is broken",
    "h2-console available at '/h2-console', database jdbc:h2:mem:shop closed",
    "(channel = general, message = hello)",
    "java.net.BindException: Address already in use\n\tat sun.nio.ch.Net.bind0(Native Method)",
    "java.net.BindException: Cannot assign requested address\n\tat io.netty.channel.socket.nio.NioSocketChannel.a(N.java:1)",
    "java.net.BindException: Address already in use\n\tat io.netty.channel.socket.A.b(A.java:1)\n\tat net.minecraft.server.B.c(B.java:1)",
    "In the game, GOAWAY is a spell that resets all monsters on the map.",
  ])("is none that only shares its words: %j", (text) => {
    expect(isAboutGrpc(text)).toBe(false);
  });
});

describe("withoutLookAlikes", () => {
  it("leaves a bare GOAWAY, and one beside a word of connections", () => {
    expect(withoutLookAlikes("GOAWAY")).toBe("GOAWAY");
    expect(withoutLookAlikes("the proxy sent us a GOAWAY in the morning")).toContain("GOAWAY");
  });
});
