/** What all client and server programs share: who is at the other end, and the words at their head. */

import { durationText as time } from "../facts/duration.ts";
import type { Hop, Receiver, Sender } from "../hops/path.ts";
import { serviceConfigSettings } from "./service-config.ts";
import { Sheet, type WriteJob } from "./sheet.ts";

export interface ProgramSheet {
  readonly sheet: Sheet;
  readonly hop: Hop;
  readonly isClient: boolean;
  /** Of a client; empty for a server. */
  readonly sender: Sender;
  /** Of a server; empty for a client. */
  readonly receiver: Receiver;
}

export function programSheet({ plan, index, sources }: WriteJob, mark: string): ProgramSheet {
  const { hops } = plan.path;
  const hop = hops[index];
  if (hop === undefined) throw new Error(`no hop ${index} on a path of ${hops.length}`);
  const isClient = index === 0;
  const sheet = new Sheet(mark, plan.reasons[index] ?? new Map(), sources);
  const way = hops.map(({ name }) => name).join(", ");
  sheet.comment("", `${hop.name} of this path: ${way}.`);
  sheet.comment(
    "",
    isClient
      ? "Makes a channel and one call of grpc.health.v1.Health/Check; your stubs take the same channel."
      : "Serves grpc.health.v1.Health; your services go beside it. SIGTERM drains.",
  );
  for (const demand of plan.demands)
    if (demand.kind !== "unwatched-leg" && demand.kind !== "recycle-proxy")
      sheet.comment("", `The application's part: ${demand.says} (${demand.because}.)`);
  return { sheet, hop, isClient, sender: hop.sender ?? {}, receiver: hop.receiver ?? {} };
}

/** The comments above a service config: one value, several reasons. */
export function explainServiceConfig(
  { sheet, sender }: ProgramSheet,
  { plan }: WriteJob,
  indent: string,
  line: string,
): void {
  const deadlineMs = plan.path.workload.deadlineMs ?? 0;
  for (const setting of serviceConfigSettings(sender)) sheet.reason(indent, setting);
  sheet.why(
    line,
    `${time(deadlineMs)} is the deadline of calls that set none: above the longest call, below every hop's patience`,
    "a2",
    "ka-13",
  );
}
