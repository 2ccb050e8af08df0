import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { causePhrases } from "./cause-phrases.ts";
import { entriesOfPhrase, isAboutGrpc } from "./entries-of-phrase.ts";
import { EntryList } from "./entry-list.ts";
import { explain } from "./index.ts";

const entries = new EntryList(table.entries, []);
const idsOf = (text: string): string[] => entriesOfPhrase(text, entries).map((index) => entries.at(index).id);

describe("the phrases", () => {
  it("name entries that are there", () => {
    const named = causePhrases.flatMap(([ids]) => ids);
    expect(named.filter((id) => entries.indexOf(id) === undefined)).toEqual([]);
  });

  it.each([
    ["client preface string missing. Hex dump for received bytes: 0000002f", "http2/peer-violation"],
    ["okhttp3.internal.http2.ConnectionShutdownException", "httpclient/goaway"],
    ["Error: Stream prematurely closed", "httpclient/goaway"],
    ["KeyError: (<ConnectionState.CLOSED: 3>, <ConnectionInputs.SEND_DATA: 5>)", "httpclient/goaway"],
    ["Http2 Protocol Error, errorCode = ProtocolError", "http2/peer-violation"],
    ["HTTP/2 stream X was not closed cleanly before end of the underlying stream", "tcp/fin-inflight"],
    ["no healthy host for HTTP connection pool", "envoy/no-usable-upstream"],
    ["[C1][S2] no cluster match for URL '/a.B/C'", "envoy/no-usable-upstream"],
    ["max pending requests overflow", "envoy/no-usable-upstream"],
    ["disconnect. resetting 1 pending requests", "envoy/upstream-connection-termination"],
    ["IOException: cancel_stream_error", "http2/rst-cancel-from-server"],
    ["Connection is being forcefully terminated. (errorCode: 2)", "tcp/fin-inflight"],
    ["Expected ':status' header not present", "http2/peer-violation"],
    ["HTTP2Session: invalid_ping_frame_rate", "proxy/flood-limiter"],
    ["HTTP2Session: invalid_settings_frame", "http2/peer-violation"],
    ["details upstream_reset_before_response_started{connection_failure}", "envoy/no-usable-upstream"],
    ["details upstream_reset_before_response_started", "envoy/upstream-connection-termination"],
    ['a b/s 0/0/-1/-1/2 -1 0 - - CC-- 152/152/0/0/0 0/0 "GET / HTTP/2.0"', "haproxy/timeouts-and-termination-states"],
    ['a b/s 0/0/1/-1/2 502 0 - - SH-- 1/1/0/0/+1 0/0 "GET / HTTP/2.0"', "haproxy/timeouts-and-termination-states"],
    ["SocketException (10061): nikdo neodpov\u00edd\u00e1", "connect/refused"],
    ["SocketException (10060): nic", "connect/settings-hang"],
    ["SocketException (0x80004005): nic\nSocketException (10054)", "tcp/reset-inflight"],
    ["SocketException (11001): nic", "connect/name-not-found"],
    ["failed to receive server preface within timeout", "connect/settings-hang"],
    ["Missing gRPC status code", "http2/missing-trailers"],
    ["no grpc-status received", "http2/missing-trailers"],
    ["the gRPC status was not found", "http2/missing-trailers"],
    ["java.net.BindException: Permission denied", "server/bind-failed"],
    ["PKIX path building failed", "tls/handshake-failed"],
    ["a TSI_PROTOCOL_FAILURE occurs", "tls/handshake-failed"],
    ["recv: length is too large 12131544 > 16384", "http2/peer-violation"],
    ["error=connection with edge closed", "tcp/fin-inflight"],
    ["connection closed because of a broken pipe", "tcp/reset-on-stale-idle-connection"],
    ["the client is already closed", "client/channel-closed-locally"],
    ["RPCS: [/lnrpc.Lightning/GetInfo]: waiting to start", "grpc/status-from-server"],
    ["rpc error: code = Code(500) desc = too many unhealthy instances", "grpc/status-from-server"],
    ["_Received RST_STREAM with error code 8_", "http2/rst-cancel-from-server"],
    ["Closing: TOO MANY PINGS", "http2/enhance-your-calm-too-many-pings"],
    ['got goaway, debug "max_age"', "server/max-connection-age"],
    ["GoAway(ProtocolError)", "http2/goaway-error-code"],
    ["GoAwayFrame 3 NoError", "grpc/goaway-unprocessed-stream"],
    ["StreamReset: stream was reset: REFUSED_STREAM", "http2/rst-refused-stream"],
    ["stream was reset: CANCEL", "http2/rst-cancel-from-server"],
    ["HTTP/2 stream 3 was not closed cleanly: INTERNAL_ERROR (err 2)", "http2/rst-internal-error"],
    ["RST_STREAM with error code: 7", "http2/rst-refused-stream"],
    ["stream was reset:\n   FLOW_CONTROL_ERROR", "http2/rst-protocol-error"],
    ["ALPN negotiation failed", "tls/alpn-missing"],
    ["remote error: tls: bad CERTIFICATE", "tls/handshake-failed"],
    ["Unable to resolve shop.example", "connect/name-not-found"],
    ["unexpected data while we expected SETTINGS frame", "connect/http1-peer"],
    ["dial tcp 10.0.0.7:443: i/o timeout", "connect/settings-hang"],
    ["dialing: operation was canceled", "client/channel-closed-locally"],
    ["exited with reason: econnrefused", "connect/refused"],
    ["an existing connection was forcibly closed", "tcp/reset-inflight"],
    ["read: unexpected EOF", "tcp/fin-inflight"],
    ["frame length 12870851 exceeds maximum 16384", "http2/peer-violation"],
    ["the message exceeds the maximum", "grpc/message-too-large"],
    ["the call ran into its deadline", "client/deadline-exceeded"],
    ["accept: too many open files", "server/resource-exhausted"],
    ["failed with status code 502", "proxy/http-error-instead-of-grpc"],
    ["gateway answered with HTTP status 525", "proxy/http-error-instead-of-grpc"],
    ["RST_STREAM received with error code 0xb", "http2/rst-enhance-your-calm"],
    ["INBOUND RST_STREAM: streamId=3 errorCode=4", "http2/rst-protocol-error"],
    ["RST_STREAM error_code=settings_timeout", "http2/rst-protocol-error"],
    ["ConnectionTerminated error_code:ErrorCodes.PROTOCOL_ERROR, last_stream_id:19", "http2/goaway-error-code"],
    ["GOAWAY with error code 0xd", "http2/goaway-http11-required"],
    ["13 INTERNAL: GOAWAY received (code=13, INTERNAL)", "http2/goaway-error-code"],
    ["Sending GOAWAY failed: errorCode '1', debugData 'client preface string missing'", "connect/http1-peer"],
    ["Sending GOAWAY failed: lastStreamId '3', errorCode '2', debugData ''", "tcp/reset-inflight"],
    ["the DNS query for `shop.svc` gave NXDOMAIN", "connect/name-not-found"],
    ["NSURLErrorDomain error -1001", "connect/settings-hang"],
    ["NSURLErrorDomain Code=-1003", "connect/name-not-found"],
    ["NSURLErrorDomain error -1004", "connect/refused"],
    ["NSURLErrorDomain Code=-1005", "tcp/fin-inflight"],
    ["NSURLErrorDomain error -1200", "tls/handshake-failed"],
    ["net::ERR_NAME_NOT_RESOLVED", "connect/name-not-found"],
    ["net::ERR_CONNECTION_REFUSED", "connect/refused"],
    ["net::ERR_CERT_AUTHORITY_INVALID", "tls/handshake-failed"],
    ["can't resolve the name", "connect/name-not-found"],
    ["Host `shop.svc` not found", "connect/name-not-found"],
    ["x HTTP/2 error code 'PROTOCOL_ERROR' (0x1)", "http2/peer-violation"],
    ["x HTTP/2 error code: INTERNAL_ERROR", "http2/rst-internal-error"],
    ["the connection to grpc://stock:50051 was lost", "tcp/fin-inflight"],
    ["goaway because of max_pings_without_data", "http2/enhance-your-calm-too-many-pings"],
    ["failed reaching server: last connection error", "connect/refused"],
    ["NSURLErrorDomain Code=-1009: The Internet connection appears to be offline", "connect/refused"],
  ])("%j is told as %s", (text, id) => {
    expect(idsOf(text)[0]).toBe(id);
  });

  it("are none in what says nothing", () => {
    expect(idsOf("gRPC server starting on :50051")).toEqual([]);
  });
});

describe("a text that no signature knows", () => {
  it("is told by its phrases when it is about gRPC, at its own line and with less confidence", () => {
    const text = "pool 7 is unhappy:\n  %Grpcish.Error{why: :econnrefused}\n";
    expect(explain(text).findings).toMatchObject([{ id: "connect/refused", lines: [1, 2], confidence: 0.85 }]);
    expect(explain(text).findings[0]?.text).toContain("econnrefused");
  });

  it("is about gRPC when it begins with a status in capitals, or its words are a gRPC client's", () => {
    for (const [text, id] of [
      ["UNAVAILABLE: bad certificate", "tls/handshake-failed"],
      ["failed reaching server: connection refused", "connect/refused"],
      ['"GET /api HTTP/1.1" 503 UF 0 91 5 - "-" "curl/7.68.0"', "envoy/no-usable-upstream"],
    ] as const) {
      expect(explain(text).findings[0]?.id).toBe(id);
    }
    expect(isAboutGrpc("state UNAVAILABLE: bad certificate")).toBe(false);
  });

  it("is about gRPC by the path of a method, a service's full name, a status by itself, and the port of OTLP", () => {
    for (const text of [
      "[ERR] RPCS: [/lnrpc.Lightning/ConnectPeer]: starting",
      "unknown service runtime.v1.ImageService",
      "code - UNAVAILABLE\ncause",
      'answered "Unimplemented"',
      '"endpoint": "tempo:4317"',
    ]) {
      expect(isAboutGrpc(text)).toBe(true);
    }
    for (const text of ["/srv/a.b/c", 'method="/shop.v1.Orders/Get"', "unknown service nginx", "at 12:43:17:4317:02"]) {
      expect(isAboutGrpc(text)).toBe(false);
    }
  });

  it("stays unknown when it is not", () => {
    for (const text of ["pool 7: econnrefused", "x509: certificate has expired", "the connection was closed"]) {
      expect(isAboutGrpc(text)).toBe(false);
      expect(explain(text).known).toBe(false);
    }
  });

  it("is looked through for the cause below a transport's status, and may be the server's own below others", () => {
    const java =
      "io.grpc.StatusRuntimeException: UNAVAILABLE\nCaused by: java.net.ConnectException: Connection refused";
    expect(explain(java).findings[0]?.id).toBe("connect/refused");
    const own = "Error: 13 INTERNAL: the stock service said: connection refused";
    const [first] = explain(own).findings;
    expect(first?.id).toBe("connect/refused");
    expect(first?.tied).toEqual(expect.arrayContaining(["grpc/status-from-server", "server/handler-failed"]));
  });
});
