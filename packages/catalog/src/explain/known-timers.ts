/** Failures that come again after the same time: whose timer that is. Only told when a log carries times. */

/** Defaults in seconds, by the entries that they speak for; sources stand in the entries. */
const timers: readonly (readonly [seconds: number, entries: readonly string[]])[] = [
  [15, ["envoy/route-timeout"]],
  [60, ["lb/alb-idle-60s", "nginx/grpc-read-timeout", "traefik/read-timeout-60s"]],
  [240, ["lb/azure-silent-drop"]],
  [300, ["envoy/stream-idle-timeout"]],
  [350, ["lb/nlb-idle-350s"]],
  [600, ["lb/gfe-goaway-and-timeouts"]],
  [900, ["lb/ipvs-idle-900s"]],
  [3_600, ["lb/alb-client-keepalive-duration", "nginx/graceful-goaway"]], // an hour
];

/** Fewer gaps than this can be chance. */
const minGaps = 2;

/** Entries whose timer fits at least two thirds of the gaps between these times, which are in Unix milliseconds. */
export function entriesOfTimer(timesMs: readonly number[]): readonly string[] {
  const gapsS = timesMs.slice(1).map((time, index) => (time - (timesMs[index] ?? 0)) / 1_000); // ms to s
  if (gapsS.length < minGaps) return [];
  const fitting = timers.find(
    ([seconds]) => gapsS.filter((gap) => Math.abs(gap - seconds) <= tolerance(seconds)).length * 3 >= gapsS.length * 2,
  );
  return fitting?.[1] ?? [];
}

/** Two per cent and a second: timers of proxies tick, and clients take a moment to come again. */
function tolerance(seconds: number): number {
  return seconds * 0.02 + 1;
}
