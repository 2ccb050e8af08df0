/** `@holdfast/probe/wire`: one connection, opened by hand, in which nothing is hidden. */

export { FrameLog, type FrameSeen, type OnFrame } from "./frame-log.ts";
export { nodeNetwork, type Network } from "./network.ts";
export type { CertificateSeen, TlsSeen, TlsVersion, WireTls } from "./tls-seen.ts";
export { openWire, type Wire } from "./wire.ts";
export type { CallOptions, CallOutcome, WireCall } from "./wire-call.ts";
export type { AttemptMet, LookupMet, Opened, PingResult, WireEnd, WireFault, WireMet } from "./wire-end.ts";
export { defaultWireLimits, type WireLimits, type WireOptions } from "./wire-options.ts";
