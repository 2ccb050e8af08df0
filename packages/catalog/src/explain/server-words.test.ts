import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

const left = "client/cancel-or-deadline-seen-by-server";
const firstOf = (text: string): string | undefined => explain(text).findings[0]?.id;

describe("what servers say of a client that left", () => {
  it.each([
    "org.eclipse.jetty.io.EofException: Reset cancel_stream_error\n\tat org.eclipse.jetty.http2.HTTP2Stream.onReset(HTTP2Stream.java:343)",
    "org.eclipse.jetty.io.EofException: HTTP/2 CANCEL_STREAM_ERROR",
    "org.eclipse.jetty.io.EofException: Close no_error/stop\n\tat org.eclipse.jetty.http2.HTTP2Session.onClose(HTTP2Session.java:1)",
    "org.eclipse.jetty.io.EofException\n\tat org.eclipse.jetty.http2.HTTP2Stream.onFailure(HTTP2Stream.java:434)",
    "ClientAbortException: org.apache.coyote.CloseNowException: Connection [3], Stream [7], This stream is in state [CLOSED_RST_RX] and is not writable",
    "AsyncRequestNotUsableException: flush: Connection [8], Stream [5], This stream is not writable",
    "java.nio.channels.ClosedChannelException\n\tat io.undertow.protocols.http2.Http2StreamSinkChannel.write(H.java:1)",
    'ERR error="Incoming request ended abruptly: context canceled" connIndex=0',
    "java.io.IOException: null\n\tat org.apache.coyote.http2.Stream.receiveReset(Stream.java:224)\n\tat org.apache.coyote.http2.Http2Parser.readRstFrame(Http2Parser.java:318)",
    "java.io.IOException\n\tat io.grpc.netty.NettyServerHandler.onRstStreamRead(NettyServerHandler.java:1)",
    "java.io.IOException\n\tat org.eclipse.jetty.http2.server.HTTP2ServerConnection$HTTPServerSessionListener.onReset(H.java:1)",
    "java.io.IOException\n\tat io.undertow.protocols.http2.Http2StreamSinkChannel.rstStream(H.java:1)",
    "[transport] [server-transport 0xc0003] loopyWriter exiting with error: transport closed by client",
    "com.ibm.ws.http2.upgrade.H2Exception: stream was already closed!",
    "reactor.netty.channel.AbortedException: Connection has been closed BEFORE send operation\n\tat reactor.netty.http2",
    "Error [ERR_HTTP2_STREAM_CLOSED]: The stream is already closed\n    at Http2ServerResponse.write (internal/http2/compat.js:563:19)\n    at Timeout._onTimeout (a.js:1:1)",
    "java.lang.IllegalStateException: The stream is failed: CANCELLED\n\tat io.vertx.grpc.Base.write(Base.java:1)",
    "Jun 15 14:07:11 n linkerd[3398]: Exception propagated to the default monitor\nJun 15 14:07:11 n linkerd[3398]: Reset.Cancel",
    'streaming call completed grpc.service=a.B grpc.method=C error="context finished: context canceled" grpc.code=Unknown',
  ])("reads %j", (text) => {
    expect(firstOf(text)).toBe(left);
  });

  it("tells the other codes of a reset apart", () => {
    const reset = (code: string): string =>
      `org.eclipse.jetty.io.EofException: Reset ${code}\n\tat a.http2.B(B.java:1)`;
    expect(firstOf(reset("internal_error"))).toBe("http2/rst-internal-error");
    expect(firstOf(reset("protocol_error"))).toBe("http2/rst-protocol-error");
    expect(firstOf("linkerd[1]: x\nlinkerd[1]: Reset.Refused")).toBe("http2/rst-refused-stream");
  });

  it.each([
    ["io.vertx.core.http.StreamResetException: Stream reset: 1", "http2/rst-protocol-error"],
    ["io.vertx.core.http.StreamResetException: Stream reset: 11", "http2/rst-enhance-your-calm"],
    ["java.io.IOException: Stream reset\n\tat org.apache.coyote.http2.Stream.doRead(Stream.java:1)", left],
    ["org.apache.hc.core5.http2.H2StreamResetException: Stream reset (7)", "http2/rst-refused-stream"],
    ["[C107599] stream 45323 closed: 2", "http2/rst-internal-error"],
    ["[C107599] stream 45323 closed: 0", undefined],
    ["job failed\njava.io.IOException: Stream reset\n\tat a.B.c(B.java:1)", undefined],
  ])("reads what a library says of a reset by number: %j", (text, id) => {
    expect(firstOf(text)).toBe(id);
  });

  it("leaves the same exceptions of other protocols", () => {
    expect(
      firstOf("org.eclipse.jetty.io.EofException: Closed\n\tat org.eclipse.jetty.server.HttpOutput.write(H.java:1)"),
    ).toBe(undefined);
    expect(firstOf("org.apache.catalina.connector.ClientAbortException: java.io.IOException: Broken pipe")).toBe(
      undefined,
    );
  });
});
