/** `@holdfast/lab/fault`: the faults of a connection, and what the command line and the documentation know of them. */

export { type FaultFacts, writtenName } from "./define-fault.ts";
export type { Direction, Fault, FaultHooks, Handshake, RelayedConnection, RelayedFrame, TimedPiece } from "./fault.ts";
export { faults, faultTable } from "./faults.ts";
