/**
 * The one error class of the public edge. On a client it is what a failed call rejects with; on a server it is what a
 * handler throws to choose a status.
 */

import { base64 } from "../http2/bytes.ts";
import { Metadata, type MetadataInit } from "../rpc/metadata.ts";
import type { StatusDetail } from "../rpc/details.ts";
import { status, statusName, type StatusCode, type StatusName } from "../rpc/status.ts";
import { catalogId } from "./catalog-id.ts";
import { processedBy, type Evidence, type Processed } from "./evidence.ts";
import { readForeignError } from "./foreign-error.ts";
import { reasonEntry, type Reason } from "./reasons.ts";
import type { TerminationReport } from "./termination-report.ts";

/** How one attempt of a call ended. */
export interface AttemptRecord {
  /** 1 for the first. */
  readonly number: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly code: StatusCode;
  readonly reason: Reason;
  readonly processed: Processed;
  readonly evidence: readonly Evidence[];
  /** The error's text, without code and reason. */
  readonly text: string;
  /** Where it went, for instance `10.0.3.4:443`; absent when it got no connection. */
  readonly peer?: string;
  /** What the connection left, when it died of it. */
  readonly report?: TerminationReport;
}

export interface StatusErrorOptions {
  /** Default: `HANDLER_STATUS`, a status that user code chose. */
  readonly reason?: Reason;
  /** Default: what `evidence` proves. Given for calls of several attempts, where the strongest counts. */
  readonly processed?: Processed;
  /** Of the last attempt. Default: none. */
  readonly evidence?: readonly Evidence[];
  readonly report?: TerminationReport;
  /** Oldest first. Default: none. */
  readonly attempts?: readonly AttemptRecord[];
  /** Travels in `grpc-status-details-bin`. Default: none. */
  readonly details?: readonly StatusDetail[];
  /** The trailers; `Metadata` are kept as they are, anything else is read into new ones. Default: empty. */
  readonly metadata?: MetadataInit;
  readonly cause?: unknown;
}

/**
 * A call that ended with a status other than OK.
 *
 * The message reads `14 UNAVAILABLE [CONNECTION_LOST] the connection was closed with the call in flight`; `text` is its
 * last part, which is also what a server sends as `grpc-message`.
 */
export class StatusError extends Error {
  override readonly name = "StatusError";
  /** The gRPC status code. */
  readonly code: StatusCode;
  /** Our own, stable name for how the call ended. */
  readonly reason: Reason;
  readonly text: string;
  /** Whether the peer can have processed the call, over all attempts. "no" is proof: sending it again is safe. */
  readonly processed: Processed;
  /** What is known of the last attempt. */
  readonly evidence: readonly Evidence[];
  /** What the connection left, when it was the connection that ended the call. */
  readonly report: TerminationReport | undefined;
  readonly attempts: readonly AttemptRecord[];
  readonly details: readonly StatusDetail[];
  readonly metadata: Metadata;
  /** The catalog's entry that explains this failure. */
  readonly catalogId: string;

  /** `code` is a name or number of gRPC other than OK; anything else, or metadata that cannot travel: `TypeError`. */
  constructor(code: StatusName | StatusCode, text: string, options: StatusErrorOptions = {}) {
    const { reason = "HANDLER_STATUS", evidence = [], report } = options;
    const number = codeNumber(code);
    super(
      `${number} ${statusName(number)} [${reason}] ${text}`,
      "cause" in options ? { cause: options.cause } : undefined,
    );
    this.code = number;
    this.reason = reason;
    this.text = text;
    this.processed = options.processed ?? processedBy(evidence);
    this.evidence = evidence;
    this.report = report;
    this.attempts = options.attempts ?? [];
    this.details = checkedDetails(options.details ?? []);
    this.metadata = options.metadata instanceof Metadata ? options.metadata : new Metadata(options.metadata);
    this.catalogId = catalogId(reason, evidence);
  }

  /** An error with the code and words that the table has for `reason`; for reasons whose code the wire does not give. */
  static of(reason: Reason, text?: string, options: Omit<StatusErrorOptions, "reason"> = {}): StatusError {
    const { code = "UNKNOWN", what } = reasonEntry(reason);
    return new StatusError(code, text ?? what, { ...options, reason });
  }

  /**
   * Whatever was thrown, as a `StatusError`: itself if it is one; abort and timeout errors by name; errors of grpc-js
   * and Connect with their code; everything else UNKNOWN. The original is kept as `cause`.
   */
  static from(thrown: unknown): StatusError {
    if (thrown instanceof StatusError) return thrown;
    const { reason, code, text } = readForeignError(thrown);
    return new StatusError(code, text, { reason, cause: thrown });
  }

  /** The error's name for `${error.code}`: `UNAVAILABLE`. */
  get codeName(): StatusName {
    return statusName(this.code);
  }

  /** For structured logs: everything but the stack and the cause; the bytes of details as base64. */
  toJSON(): Record<string, unknown> {
    return {
      message: this.message,
      code: this.code,
      codeName: this.codeName,
      reason: this.reason,
      text: this.text,
      processed: this.processed,
      evidence: this.evidence,
      report: this.report,
      attempts: this.attempts,
      details: this.details.map(({ typeUrl, value }) => ({ typeUrl, value: base64(value) })),
      metadata: this.metadata,
      catalogId: this.catalogId,
    };
  }
}

/** Wrong ones would only be noticed when they are to be sent, when it is too late to say so. */
function checkedDetails(details: readonly StatusDetail[]): readonly StatusDetail[] {
  for (const detail of details as readonly (Partial<StatusDetail> | null)[]) {
    if (typeof detail?.typeUrl === "string" && detail.value instanceof Uint8Array) continue;
    throw new TypeError("details: expected { typeUrl: string, value: Uint8Array } for each");
  }
  return details;
}

function codeNumber(code: StatusName | StatusCode): StatusCode {
  const number: unknown = typeof code === "string" ? status[code] : code;
  if (typeof number === "number" && number >= 1 && number <= 16 && Number.isInteger(number))
    return number as StatusCode;
  throw new TypeError(`status code ${JSON.stringify(code)}: expected a name or number of gRPC other than OK`);
}
