/**
 * Codes of HTTP/2 by the words that the registry of RFC 9113 §7 describes them with, for Java's own client prints these in
 * place of names and numbers, behind the frame that brought the code. Owns the words only.
 */

import {
  grpcGoawayUnprocessedStream,
  http2EnhanceYourCalmTooManyPings,
  http2GoawayErrorCode,
  http2GoawayHttp11Required,
  http2PeerViolation,
  http2RstCancelFromServer,
  http2RstEnhanceYourCalm,
  http2RstInternalError,
  http2RstNoErrorWithoutStatus,
  http2RstProtocolError,
  http2RstRefusedStream,
  httpclientGoaway,
} from "./entry-ids.ts";
import type { CausePhrase } from "./cause-phrases.ts";

const violation: readonly string[] = [http2RstProtocolError, http2PeerViolation];
const goneWithError: readonly string[] = [http2GoawayErrorCode, http2PeerViolation];

/** In lower case, and what the code means in a RST_STREAM and in a GOAWAY. */
const words: readonly (readonly [words: string, reset: readonly string[], goaway: readonly string[]])[] = [
  [
    "not an error|graceful shutdown",
    [http2RstNoErrorWithoutStatus],
    [httpclientGoaway, grpcGoawayUnprocessedStream, "grpc/goaway-then-connection-closed"],
  ],
  ["internal error|implementation fault", [http2RstInternalError], [http2GoawayErrorCode]],
  ["stream not processed", [http2RstRefusedStream], [http2GoawayErrorCode]],
  ["stream cancell?ed", [http2RstCancelFromServer], [http2GoawayErrorCode]],
  ["processing capacity exceeded", [http2RstEnhanceYourCalm], [http2EnhanceYourCalmTooManyPings, http2GoawayErrorCode]],
  ["use http/1\\.1 for (?:the )?request", [http2GoawayHttp11Required], [http2GoawayHttp11Required]],
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
