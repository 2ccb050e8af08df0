/** Plans what a client and a server have apart from their connections: deadlines, retries, sizes, drain. */

import { byteSizeText as size } from "../facts/byte-size.ts";
import { durationText as time } from "../facts/duration.ts";
import type { PathFacts } from "../facts/path-facts.ts";
import { type CallLimits, upTo } from "./call-limits.ts";
import type { PlannedHop } from "./planned-hop.ts";

const s = 1_000;
const KiB = 1_024;
const MiB = 1_024 * KiB;
/** Unlike the other kinds, these two have a small limit on metadata. */
const strict: readonly string[] = ["grpc-core", "grpc-java"];

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
  client.set(
    "sender",
    "watchesHealth",
    many,
    many ? "a server that says NOT_SERVING gets no new calls" : "pick_first does not look at health",
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

export function planServer(server: PlannedHop, facts: PathFacts, { deadlineMs }: CallLimits): void {
  planSizes(server, "receiver", facts);
  server.set(
    "receiver",
    "maxStreams",
    Math.max(128, 2 * facts.calls),
    `twice the peak of ${facts.calls} calls`,
    "a105",
    "lm-01",
  );
  server.set(
    "receiver",
    "drainMs",
    upTo(s, deadlineMs + 5 * s),
    `above the deadline of every call, ${time(deadlineMs)}; then what is left is cut, before SIGKILL does it`,
    "kubernetes",
    "dr-01",
  );
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
