import type { Core } from "../connection-core.ts";
import { errorCode, type ErrorCodeName } from "../error-code.ts";
import type { Violation } from "../violation.ts";

/**
 * A whole frame where the parser found it, RFC 9113 §4.1. One object per connection, overwritten by the next frame;
 * the payload is `bytes` from `at`, `length` octets, borrowed.
 */
export interface Frame {
  length: number;
  type: number;
  flags: number;
  streamId: number;
  bytes: Uint8Array;
  at: number;
}

/** Acts on a frame of its type; returns the rule that the frame breaks, if any. */
export type ReceiveFrame = (core: Core, frame: Frame) => Violation | undefined;

export function readU16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

export function readU32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) * 0x1000000 +
    (((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))
  );
}

export function connectionError(rule: Violation["rule"], code: ErrorCodeName, detail: string): Violation {
  return { scope: "connection", by: "peer", code: errorCode[code], rule, detail };
}

export function streamError(rule: Violation["rule"], code: ErrorCodeName, streamId: number, detail: string): Violation {
  return { scope: "stream", by: "peer", code: errorCode[code], rule, streamId, detail };
}

/** Whether a stream id was never used by whoever may open it: frames on it are errors, RFC 9113 §5.1 "idle". */
export function isIdle(core: Core, streamId: number): boolean {
  const oursToOpen = (streamId % 2 === 1) === (core.role === "client");
  if (!oursToOpen) return streamId > core.highestPeerId;
  return streamId >= core.nextStreamId || core.streams.get(streamId)?.state === "idle";
}
