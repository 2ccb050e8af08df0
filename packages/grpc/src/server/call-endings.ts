/** The words for calls that end from outside their handler. Owns no decision, only what client and handler are told. */

import { errorCodeName } from "../http2/error-code.ts";
import type { StreamEnd } from "../http2/stream.ts";
import { describeViolation } from "../http2/violation.ts";
import { StatusError } from "../report/status-error.ts";
import type { TerminationReport } from "../report/termination-report.ts";

/** `timeout` is the client's grpc-timeout. */
export function badTimeout(timeout: string | undefined): StatusError {
  const text = `grpc-timeout ${JSON.stringify(timeout)}: expected 1 to 8 digits and one of HMSmun`;
  return StatusError.of("BAD_REQUEST", text);
}

export function deadlinePassed(timeout: string | undefined): StatusError {
  return StatusError.of("DEADLINE_EXCEEDED", `the deadline of ${timeout} passed at the server`);
}

/** The stream ended before the answer did. `report`: that of its connection, if that has ended. */
export function peerGone(end: StreamEnd, report: TerminationReport | undefined): StatusError {
  switch (end.kind) {
    case "reset-by-peer":
      return StatusError.of("PEER_CANCELLED", `the client cancelled the call, RST_STREAM ${errorCodeName(end.code)}`);
    case "reset-by-us": {
      const why = end.violation === undefined ? errorCodeName(end.code) : describeViolation(end.violation);
      return StatusError.of("PEER_CANCELLED", `the stream was reset: ${why}`);
    }
    case "connection":
    case "goaway-above-last-id":
    case "complete": {
      const text = report === undefined ? "the connection ended" : `the connection ended: ${report.summary}`;
      return StatusError.of("PEER_CANCELLED", text, report === undefined ? {} : { report });
    }
  }
}
