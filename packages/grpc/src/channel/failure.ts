import { errorCodeName } from "../http2/error-code.ts";
import { describeViolation } from "../http2/violation.ts";
import type { StreamEnd } from "../http2/stream.ts";
import { processedBy, type Evidence, type Processed } from "../report/evidence.ts";
import { reasonEntry, type Reason } from "../report/reasons.ts";
import type { LocalReason } from "../report/connection-end.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { statusFromReset } from "../rpc/status-from-http2.ts";
import { status, type StatusCode } from "../rpc/status.ts";
import type { StatusDetail } from "../rpc/details.ts";
import type { HeaderList } from "../http2/header-list.ts";

/** Why one attempt did not end well, in terms that a policy can decide on and a person can read. Pure. */
export interface Failure {
  readonly code: StatusCode;
  readonly reason: Reason;
  /** The error's message without code and reason. */
  readonly text: string;
  readonly evidence: readonly Evidence[];
  readonly processed: Processed;
  readonly report?: TerminationReport;
  readonly details?: readonly StatusDetail[];
  /** The section that held the status, for the error's metadata. */
  readonly trailers?: HeaderList;
  readonly cause?: unknown;
}

/** What an attempt saw of its stream before it ended. */
export interface StreamFacts {
  readonly streamId: number;
  readonly peer: string;
  readonly headSent: boolean;
  readonly headersSeen: boolean;
  readonly messageSeen: boolean;
}

export function failure(
  reason: Reason,
  code: StatusCode,
  text: string,
  evidence: readonly Evidence[],
  more: Pick<Failure, "report" | "details" | "trailers" | "cause"> = {},
): Failure {
  return { code, reason, text, evidence, processed: processedBy(evidence), ...more };
}

/** What is known of an attempt from what was sent and seen, whatever ended it. */
export function evidenceSoFar(facts: StreamFacts): Evidence[] {
  if (!facts.headSent) return [{ kind: "never-sent" }];
  const evidence: Evidence[] = [{ kind: "request-sent" }];
  if (facts.headersSeen) evidence.push({ kind: "headers-seen" });
  if (facts.messageSeen) evidence.push({ kind: "message-seen" });
  return evidence;
}

/** A stream that ended without a whole answer. */
export function failureOfStream(
  end: StreamEnd,
  facts: StreamFacts,
  report: TerminationReport | undefined,
  trustRefusedStream: boolean,
  deadlinePassed: boolean,
): Failure {
  const evidence = evidenceSoFar(facts);
  switch (end.kind) {
    case "reset-by-peer": {
      const name = `${errorCodeName(end.code)} (0x${end.code.toString(16)})`;
      if (end.code === 7) {
        evidence.push({ kind: "refused-stream", trusted: trustRefusedStream });
        return failure(
          "REFUSED_STREAM",
          status.UNAVAILABLE,
          `${facts.peer} refused the stream with RST_STREAM(REFUSED_STREAM)`,
          evidence,
        );
      }
      evidence.push({ kind: "stream-reset", code: end.code });
      const code = statusFromReset(end.code, deadlinePassed);
      return failure("STREAM_RESET", code, `${facts.peer} reset the stream with RST_STREAM(${name})`, evidence);
    }
    case "reset-by-us": {
      evidence.push({ kind: "reset-by-us", code: end.code });
      const text = end.violation === undefined ? "the stream was reset here" : describeViolation(end.violation);
      return failure("BAD_RESPONSE", status.INTERNAL, text, evidence);
    }
    case "goaway-above-last-id": {
      if (facts.headSent) {
        evidence.push({ kind: "goaway-above-last-id", streamId: facts.streamId, lastStreamId: end.lastStreamId });
      }
      const text = `${facts.peer} left with GOAWAY(last stream ${end.lastStreamId}) and did not process stream ${facts.streamId}`;
      return failure("GOAWAY_UNPROCESSED", status.UNAVAILABLE, text, evidence);
    }
    case "connection":
      return failureOfConnection(evidence, facts, report);
    case "complete":
      return failure("MISSING_STATUS", status.INTERNAL, reasonEntry("MISSING_STATUS").what, evidence);
  }
}

function failureOfConnection(
  evidence: readonly Evidence[],
  facts: StreamFacts,
  report: TerminationReport | undefined,
): Failure {
  const reason = reasonOfLoss(report);
  const text = `${reasonEntry(reason).what} (stream ${facts.streamId}): ${report?.summary ?? facts.peer}`;
  return failure(reason, status.UNAVAILABLE, text, evidence, report === undefined ? {} : { report });
}

/** Connections that we ended ourselves. */
const lostByUs: Partial<Record<LocalReason, Reason>> = {
  "ping-timeout": "KEEPALIVE_LOST",
  "no-progress": "NO_PROGRESS",
  violation: "PEER_VIOLATION",
  closed: "CHANNEL_CLOSED",
  drained: "CHANNEL_CLOSED",
  "drain-cut": "CHANNEL_CLOSED",
};

function reasonOfLoss(report: TerminationReport | undefined): Reason {
  const ours = report?.localReason === undefined ? undefined : lostByUs[report.localReason];
  if (ours !== undefined) return ours;
  if (report !== undefined && report.goaways.length > 0) return "GOAWAY_THEN_CLOSED";
  return report?.socket === "rst" ? "CONNECTION_RESET" : "CONNECTION_LOST";
}

/** No connection could be made: the call was never sent. */
export function failureToConnect(report: TerminationReport | undefined): Failure {
  const evidence: Evidence[] = [{ kind: "never-ready" }];
  const reason = reasonOfFailedConnect(report);
  const text = `${whatFailed(reason, report)}: ${report?.summary ?? "no address could be connected"}`;
  return failure(reason, status.UNAVAILABLE, text, evidence, report === undefined ? {} : { report });
}

function whatFailed(reason: Reason, report: TerminationReport | undefined): string {
  if (report?.readyAtMs !== undefined) return "the peer's connections end before they are of any use";
  const said = reason === "ALPN_MISSING" ? report?.socketError?.message : undefined;
  return said ?? reasonEntry(reason).what;
}

/** Attempts to connect that we gave up. */
const gaveUp: Partial<Record<LocalReason, Reason>> = {
  "connect-timeout": "CONNECT_TIMEOUT",
  "settings-timeout": "CONNECT_TIMEOUT",
  violation: "WRONG_PROTOCOL",
  "wrong-protocol": "ALPN_MISSING",
};

const couldNotConnect: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: "CONNECT_REFUSED",
  ETIMEDOUT: "CONNECT_TIMEOUT",
  TLS: "TLS_FAILED",
  ENOTFOUND: "NAME_NOT_FOUND",
};

function reasonOfFailedConnect(report: TerminationReport | undefined): Reason {
  if (report === undefined || report.readyAtMs !== undefined) return "CONNECT_FAILED";
  const ours = report.localReason === undefined ? undefined : gaveUp[report.localReason];
  return ours ?? couldNotConnect[report.socketError?.kind ?? ""] ?? "CONNECT_FAILED";
}
