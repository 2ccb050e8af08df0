/** The drivers that need nothing but Node, each against the scripted peer. The others are in `peers`. */

import { describe } from "vitest";
import { testDriver } from "./driver-contract.ts";

const retry = { maxAttempts: 3, initialBackoffMs: 10, maxBackoffMs: 10, codes: ["UNAVAILABLE"] };

describe("the driver of grpc-js", () =>
  testDriver("grpc-js", {
    fin: /^14 UNAVAILABLE: Connection dropped$/,
    reset: /^14 UNAVAILABLE: read ECONNRESET$/,
    goaway: "ok",
    refused: /^14 UNAVAILABLE: No connection established\. Last error: /,
    cannot: { session: {} },
  }));

describe("the driver of nice-grpc", () =>
  testDriver("nice-grpc", {
    fin: /^ClientError: \/holdfast\.lab\.v1\.Lab\/Call UNAVAILABLE: Connection dropped$/,
    reset: /^ClientError: \/holdfast\.lab\.v1\.Lab\/Call UNAVAILABLE: read ECONNRESET$/,
    goaway: "ok",
    refused: /UNAVAILABLE: No connection established/,
    cannot: { waitForReady: true },
  }));

describe("the driver of connect-node", () =>
  testDriver("connect-node", {
    fin: /^\[canceled\] http\/2 stream closed with error code CANCEL \(0x8\)$/,
    reset: /^\[aborted\] read ECONNRESET$/,
    goaway: /^\[internal\] Stream closed with error code NGHTTP2_REFUSED_STREAM$/,
    refused: /^\[unavailable\] /,
    cannot: { retry },
  }));

describe("the driver of node:http2", () =>
  testDriver("node-http2", {
    fin: /^Error: no grpc-status in the answer \(HTTP status none\)$/,
    reset: /^Error: read ECONNRESET$/,
    goaway: /^Error \[ERR_HTTP2_STREAM_ERROR\]: Stream closed with error code NGHTTP2_REFUSED_STREAM$/,
    refused: /^Error \[ERR_HTTP2_STREAM_CANCEL\]: .* \(caused by: connect ECONNREFUSED 127\.0\.0\.1:\d+\)$/,
    cannot: { waitForReady: true },
  }));

describe("the driver of undici", () =>
  testDriver("undici", {
    fin: /^SocketError: other side closed \{ code: 'UND_ERR_SOCKET' \}$/,
    reset: /^Error: read ECONNRESET$/,
    goaway: /^SocketError: HTTP\/2: "GOAWAY" frame received with code 0 \{ code: 'UND_ERR_SOCKET' \}$/,
    refused: /^Error: connect ECONNREFUSED 127\.0\.0\.1:\d+$/,
    cannot: { retry },
  }));

describe("the driver of Holdfast", () =>
  testDriver("holdfast", {
    fin: /^14 UNAVAILABLE \[CONNECTION_LOST\] /,
    reset: /^14 UNAVAILABLE \[CONNECTION_RESET\] /,
    goaway: "ok",
    refused: /^14 UNAVAILABLE \[CONNECT_REFUSED\] /,
    cannot: { session: {} },
  }));
