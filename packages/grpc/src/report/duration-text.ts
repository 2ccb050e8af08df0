/** `640 ms`, `20.0 s`, `350 s`, `5.0 h`: a duration as a person reads it, three digits or so. */
export function durationText(durationMs: number): string {
  // 1,000 ms are a second; seconds stay up to three hours because timers are configured in them.
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1_000;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  return seconds < 10_800 ? `${Math.round(seconds)} s` : `${(seconds / 3_600).toFixed(1)} h`; // 3 h; 3,600 s an hour
}
