/**
 * `@holdfast/grpc/report`: what a failed call or a dead connection leaves, and what follows from it. Pure, so that it
 * also runs where there is no Node.
 */

export { catalogId } from "./catalog-id.ts";
export type { ConnectionEnd, GoawaySeen, LocalReason } from "./connection-end.ts";
export { durationText } from "./duration-text.ts";
export type { EndedBy } from "./ended-by.ts";
export { processedBy, strongest, type Evidence, type EvidenceKind, type Processed } from "./evidence.ts";
export { isCommitted, mayTryAgain, type FailedAttempt, type TryAgainPolicy, type Verdict } from "./may-try-again.ts";
export { printable } from "./printable.ts";
export { reasonEntry, reasons, type Reason } from "./reasons.ts";
export { StatusError, type AttemptRecord, type StatusErrorOptions } from "./status-error.ts";
export type { Suspect } from "./suspects.ts";
export { createTerminationReport, type TerminationReport } from "./termination-report.ts";
