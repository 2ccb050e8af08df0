/** Short words for paths with one contradiction in them: calm calls, two ends, and what is set besides. */
import type { HopKind } from "../src/hops/hop-kind.ts";
import type { Hop, Path, Platform, Receiver, Relay, Sender, Wire, Workload, Written } from "../src/hops/path.ts";

export const s = 1_000;
export const min = 60 * s;
export const hour = 60 * min;
export const MiB = 1_048_576; // 2^20

export const calm: Workload = {
  longestCallMs: 10 * s,
  longestSilenceDownMs: 5 * s,
  longestSilenceUpMs: 5 * s,
  longestPauseMs: s,
  deadlineMs: 20 * s,
  peakCalls: 1,
  messageBytes: 1,
  streamBytes: 1,
  metadataBytes: 1,
  responseMetadataBytes: 1,
  roundTripMs: 1,
  bytesPerS: 1,
  cancelsPerS: 0,
  repeatable: false,
  deploys: false,
  propagateMs: 0,
  restartMs: 0,
  failoverMs: 0,
};

export const client = (kind: HopKind, sender: Sender = {}, written?: readonly Written[]): Hop => ({
  name: `${kind} client`,
  kind,
  sender,
  ...(written === undefined ? {} : { written }),
});
export const server = (kind: HopKind, receiver: Receiver = {}): Hop => ({ name: `${kind} server`, kind, receiver });
export const hop = (kind: HopKind, relay: Relay = {}, receiver: Receiver = {}, sender: Sender = {}): Hop => ({
  name: kind,
  kind,
  relay,
  receiver,
  sender,
});
export const wire = (kind: HopKind, set: Wire = {}, relay?: Relay): Hop => ({
  name: kind,
  kind,
  wire: set,
  ...(relay === undefined ? {} : { relay }),
});
export const go = client("grpc-go");
export const goes = server("grpc-go");

export const path = (hops: readonly Hop[], workload: Workload = {}, platform?: Platform): Path => ({
  hops,
  workload: { ...calm, ...workload },
  ...(platform === undefined ? {} : { platform }),
});
export const typed = (kind: HopKind, name: string, value: Written["value"] = ""): Path =>
  path([client(kind, {}, [{ name, value }]), goes]);
export const retry = { maxAttempts: 4, initialBackoffMs: 100, maxBackoffMs: s, multiplier: 2, codes: ["UNAVAILABLE"] };
export const quiet = (ms: number): Workload => ({
  longestSilenceDownMs: ms,
  longestSilenceUpMs: ms,
  longestCallMs: ms,
});
