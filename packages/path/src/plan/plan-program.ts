/** Plans what a client and a server have apart from their connections: deadlines, retries, sizes, drain. */

import { byteSizeText as size } from "../facts/byte-size.ts";
import { durationText as time } from "../facts/duration.ts";
import type { PathFacts } from "../facts/path-facts.ts";
import { type CallLimits, upTo } from "./call-limits.ts";
import type { PlannedHop } from "./planned-hop.ts";

const s = 1_000;
const KiB = 1_024; // bytes
const MiB = 1_024 * KiB;
/** Unlike the other kinds, these two have a small limit on metadata. */
const strict: readonly string[] = ["grpc-core", "grpc-java"];

/** Those that read `healthCheckConfig`. */
const watching: readonly string[] = ["grpc-go", "grpc-core", "grpc-java"];

export function planClient(client: PlannedHop, facts: PathFacts, seesEachServer: boolean): void {
  planSizes(client, "sender", facts);
  const many = seesEachServer && facts.replicas > 1;
  client.set(
    "sender",
    "balancing",
    many ? "round_robin" : "pick_first",
    many ? `${facts.replicas} servers, each with its own address` : "one address, behind which somebody else spreads",
    "a2",
    "hl-03",
  );
  const watches = many && watching.includes(client.hop.kind);
  client.set(
    "sender",
    "watchesHealth",
    watches,
    watches
      ? "a server that says NOT_SERVING gets no new calls"
      : "pick_first does not look at health, and not every library can",
    "a17",
    "hl-01",
  );
  if (!facts.repeatable) return;
  client.set(
    "sender",
    "retry",
    { maxAttempts: 4, initialBackoffMs: 500, maxBackoffMs: 5 * s, multiplier: 2, codes: ["UNAVAILABLE"] },
    "calls may run twice; UNAVAILABLE alone, for the other codes say nothing about it, or get worse by coming again",
    "a6",
    "dr-12",
  );
}

/** `noticeMs`: until those who ask for its health have heard that it leaves. */
export function planServer(server: PlannedHop, facts: PathFacts, { deadlineMs }: CallLimits, noticeMs: number): void {
  planSizes(server, "receiver", facts);
  server.set(
    "receiver",
    "maxStreams",
    Math.max(128, 2 * facts.calls),
    `twice the peak of ${facts.calls} calls, no less than 128`,
    "a105",
    "lm-01",
  );
  const notice = `whoever asks for health notices after ${time(noticeMs)}; until then it goes on accepting`;
  const unasked = "nobody asks for health here; what accepts connections is told by the platform";
  server.set("receiver", "lameDuckMs", noticeMs, noticeMs > 0 ? notice : unasked, "a17", "hl-04");
  const drainMs = noticeMs + upTo(s, deadlineMs + 5 * s);
  const rest = `with that, above the deadline of every call, ${time(deadlineMs)}; what is left then is cut, before SIGKILL does it`;
  server.set("receiver", "drainMs", drainMs, rest, "kubernetes", "dr-01");
  server.set("receiver", "failsHealthFirst", true, "callers leave before the listener closes", "a17", "dr-13");
  server.set("receiver", "servesHealth", true, "balancers and clients ask it", "grpc-health", "hl-05");
}

function planSizes(planned: PlannedHop, side: "sender" | "receiver", { messageBytes, metadataBytes }: PathFacts): void {
  const largest = Math.max(4 * MiB, messageBytes);
  planned.set(
    side,
    "maxReceiveBytes",
    largest,
    messageBytes > 4 * MiB
      ? `messages of up to ${size(messageBytes)}`
      : "gRPC's own limit, written out: both ends have the same",
    "grpc-http2",
    "lm-03",
  );
  if (!strict.includes(planned.hop.kind)) return;
  const room = upTo(KiB, Math.max(8 * KiB, metadataBytes));
  planned.set(
    side,
    "maxMetadataBytes",
    room,
    `metadata of up to ${size(metadataBytes)}`,
    planned.hop.kind === "grpc-core" ? "core" : "java",
    "lm-04",
  );
}
