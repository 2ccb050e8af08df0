/**
 * Codes of HTTP/2 by the words that the registry of RFC 9113 §7 describes them with, for Java's own client prints these in
 * place of names and numbers, behind the frame that brought the code. Owns the words only.
 */

import type { CausePhrase } from "./cause-phrases.ts";

const violation: readonly string[] = ["http2/rst-protocol-error", "http2/peer-violation"];
const goneWithError: readonly string[] = ["http2/goaway-error-code", "http2/peer-violation"];

/** In lower case, and what the code means in a RST_STREAM and in a GOAWAY. */
const words: readonly (readonly [words: string, reset: readonly string[], goaway: readonly string[]])[] = [
  [
    "not an error|graceful shutdown",
    ["http2/rst-no-error-without-status"],
    ["httpclient/goaway", "grpc/goaway-unprocessed-stream", "grpc/goaway-then-connection-closed"],
  ],
  ["internal error|implementation fault", ["http2/rst-internal-error"], ["http2/goaway-error-code"]],
  ["stream not processed", ["http2/rst-refused-stream"], ["http2/goaway-error-code"]],
  ["stream cancell?ed", ["http2/rst-cancel-from-server"], ["http2/goaway-error-code"]],
  [
    "processing capacity exceeded",
    ["http2/rst-enhance-your-calm"],
    ["http2/enhance-your-calm-too-many-pings", "http2/goaway-error-code"],
  ],
  ["use http/1\\.1 for (?:the )?request", ["http2/goaway-http11-required"], ["http2/goaway-http11-required"]],
  [
    "protocol error|flow[- ]control limits exceeded|settings not acknowledged|frame received for closed stream|" +
      "frame size incorrect|compression state not updated|tcp connection error for connect method|" +
      "negotiated tls parameters not acceptable",
    violation,
    goneWithError,
  ],
];

/** `Received RST_STREAM: words`, `RST_STREAM received words`, `GOAWAY received: words`. */
const behind = (frame: string, its: string): RegExp =>
  new RegExp(String.raw`(?:received ${frame}(?: frame)?|${frame}(?: frame)? received):? (?:${its})\b`);

export const codeWords: readonly CausePhrase[] = words.flatMap(([its, reset, goaway]): readonly CausePhrase[] => [
  [reset, behind("rst_stream", its)],
  [goaway, behind("go_?away", its)],
]);
