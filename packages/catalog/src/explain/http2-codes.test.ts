/** Every HTTP/2 error code in the words of those that print it: the entry that comes first, or is tied with the first. */

import { describe, expect, it } from "vitest";
import { explain } from "./index.ts";

/** By number, RFC 9113 §7, and what a stream that was reset with it means. */
const codes = [
  ["NO_ERROR", "http2/rst-no-error-without-status"],
  ["PROTOCOL_ERROR", "http2/rst-protocol-error"],
  ["INTERNAL_ERROR", "http2/rst-internal-error"],
  ["FLOW_CONTROL_ERROR", "http2/rst-protocol-error"],
  ["SETTINGS_TIMEOUT", "http2/rst-protocol-error"],
  ["STREAM_CLOSED", "http2/rst-protocol-error"],
  ["FRAME_SIZE_ERROR", "http2/rst-protocol-error"],
  ["REFUSED_STREAM", "http2/rst-refused-stream"],
  ["CANCEL", "http2/rst-cancel-from-server"],
  ["COMPRESSION_ERROR", "http2/rst-protocol-error"],
  ["CONNECT_ERROR", "http2/rst-protocol-error"],
  ["ENHANCE_YOUR_CALM", "http2/rst-enhance-your-calm"],
] as const;

const resets: readonly (readonly [program: string, line: (name: string, number: number) => string])[] = [
  ["grpc-go", (name) => `stream terminated by RST_STREAM with error code: ${name}`],
  ["golang.org/x/net", (name) => `stream error: stream ID 3; ${name}; received from peer`],
  ["grpc-java", (name) => `RST_STREAM closed stream. HTTP/2 error code: ${name}`],
  ["the core", (_, number) => `details = "Received RST_STREAM with error code ${number}"`],
  [
    ".NET",
    (name, number) => `The HTTP/2 server reset the stream. HTTP/2 error code '${name}' (0x${number.toString(16)}).`,
  ],
  ["h2", (name) => `hyper::Error(Http2, Error { kind: Reset(StreamId(1), ${name}, Remote) })`],
  ["OkHttp", (name) => `okhttp3.internal.http2.StreamResetException: stream was reset: ${name}`],
  ["curl", (name, number) => `curl: (92) HTTP/2 stream 1 was not closed cleanly: ${name} (err ${number})`],
  ["python-h2", (name) => `<StreamReset stream_id:1, error_code:ErrorCodes.${name}, remote_reset:True>`],
  ["a core whose status was mapped by others", (_, number) => `14: Received RST_STREAM with error code ${number}`],
  ["grpc-js without a status", (_, number) => `Received RST_STREAM with code ${number}`],
  ["Node", (name) => `Error [ERR_HTTP2_STREAM_ERROR]: Stream closed with error code NGHTTP2_${name}`],
  [
    "swift-nio",
    (_, number) => `StreamClosed(streamID: HTTP2StreamID(1), errorCode: HTTP2ErrorCode<0x${number.toString(16)} x>)`,
  ],
  ["Mint", (name) => `%Mint.HTTPError{module: Mint.HTTP2, reason: {:server_closed_request, :${name.toLowerCase()}}}`],
  ["somebody's words", (name) => `gRPC stream reset by server with error code ${name}`],
  ["a log of frames", (_, number) => `RST_STREAM received, error code 0x${number.toString(16)}`],
];

/** The same codes in a GOAWAY; NO_ERROR is how a server says goodbye, and ENHANCE_YOUR_CALM has entries of its own. */
const goaways: readonly (readonly [program: string, line: (name: string) => string])[] = [
  [
    "golang.org/x/net",
    (name) => `http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=${name}, debug=""`,
  ],
  ["grpc-java", (name) => `Connection closed after GOAWAY. HTTP/2 error code: ${name}`],
  ["h2", (name) => `hyper::Error(Http2, Error { kind: GoAway(b"", ${name}, Remote) })`],
  ["grpc-java with the frame below", (name) => `HTTP/2 error code: ${name}\nReceived Goaway`],
  ["somebody's words", (name) => `GOAWAY received with error code ${name}`],
  ["grpc-go, shortened", (name) => `rpc error: code = Unavailable desc = received prior goaway: code: ${name}`],
  ["python-h2", (name) => `<ConnectionTerminated error_code:ErrorCodes.${name}, last_stream_id:1`],
];

/** What OkHttp's transport in grpc-java makes of them, in the same order, where the code is named at all. */
const okHttp: readonly (readonly [status: string, id: string])[] = [
  ["INTERNAL: No error: A GRPC status of OK should have been sent", "http2/rst-no-error-without-status"],
  ["INTERNAL: Stream closed", "http2/rst-protocol-error"],
  ["INTERNAL: Frame too large", "http2/rst-protocol-error"],
  ["UNAVAILABLE: Refused stream", "http2/rst-refused-stream"],
  ["CANCELLED: Cancelled", "http2/rst-cancel-from-server"],
  ["INTERNAL: Compression error", "http2/rst-protocol-error"],
  ["RESOURCE_EXHAUSTED: Enhance your calm", "http2/rst-enhance-your-calm"],
];

const tiedOf = (text: string): readonly string[] => explain(text).findings[0]?.tied ?? [];

describe("a stream that was reset", () => {
  it.each(resets)("is told by its code in the words of %s", (_, line) => {
    const wrong = codes.filter(([name, id], number) => !tiedOf(line(name, number)).includes(id));
    expect(wrong.map(([name], at) => line(name, at))).toEqual([]);
  });

  it.each(okHttp)("is told by the description of OkHttp: %s", (status, id) => {
    expect(tiedOf(`io.grpc.StatusRuntimeException: ${status}\nRst Stream`)).toContain(id);
  });
});

describe("a connection that was closed with an error", () => {
  it.each(goaways)("is told by the GOAWAY in the words of %s", (_, line) => {
    const errors = ["PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "FRAME_SIZE_ERROR", "COMPRESSION_ERROR"];
    expect(errors.filter((name) => !tiedOf(line(name)).includes("http2/goaway-error-code"))).toEqual([]);
  });
});

describe("a code that stands without its frame", () => {
  it.each([
    ["connection error: FLOW_CONTROL_ERROR", "http2/peer-violation"],
    ["connection error: INTERNAL_ERROR", "http2/goaway-error-code"],
    ["java.io.IOException: Received RST_STREAM: Internal error", "http2/rst-internal-error"],
    ["java.io.IOException: Received RST_STREAM: Frame size incorrect", "http2/rst-protocol-error"],
    ["http2 error: stream error sent by user: stream no longer needed", "client/cancelled-by-caller"],
    ["received GOAWAY frame, error code 11", "http2/enhance-your-calm-too-many-pings"],
  ])("%s", (text, id) => {
    expect(explain(text).findings[0]?.id).toBe(id);
  });
});
