import type { Core } from "./connection-core.ts";

/**
 * The peer leaves, RFC 9113 §6.8. The sink hears of it before any stream does, so that nothing new is opened here; then
 * streams above the id, and those whose head never left, are closed: they were not processed. The others go on, whatever
 * the code is. An id that rises again is not followed: what was given up stays given up.
 */
export function hearGoaway(core: Core, code: number, lastStreamId: number, debugData: string): void {
  const last = Math.min(lastStreamId, core.peerLastId ?? lastStreamId);
  core.peerLastId = last;
  core.sink.onGoaway({ code, lastStreamId, debugData, atMs: core.nowMs });
  if (core.role !== "client") return;
  for (const stream of core.streams.all()) {
    if (stream.id > last || stream.state === "idle") {
      core.closeStream(stream, { kind: "goaway-above-last-id", lastStreamId: last });
    }
  }
}
