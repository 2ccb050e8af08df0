/**
 * HTTP/2 as bytes in, bytes and events out: RFC 9113 without push, RFC 7541, both roles. No socket, no clock, no
 * `node:*`.
 */
export {
  type ConnectionFacts,
  type ConnectionOptions,
  type ConnectionSink,
  type FailureReason,
  Http2Connection,
  type PeerGoaway,
} from "./connection.ts";
export { errorCode, errorCodeName, type ErrorCodeName } from "./error-code.ts";
export { frameTypeName, type FrameNote } from "./flight-record.ts";
export { type HeaderList, headerValue } from "./header-list.ts";
export { HpackDecoder } from "./hpack/decoder.ts";
export { HpackEncoder } from "./hpack/encoder.ts";
export { type Bucket, type BucketName, defaultLimits, type Limits } from "./limits.ts";
export type { LivenessPolicy } from "./liveness-state.ts";
export type { PingPolicy } from "./ping-policy.ts";
export { ReceiveBudget } from "./receive-budget.ts";
export { highWaterBytes, Http2Stream, lowWaterBytes, type StreamEnd, type StreamEvents } from "./stream.ts";
export type { StreamState } from "./stream-state.ts";
export { describeViolation, type Violation } from "./violation.ts";
