/** Owns lengths of time as people type and read them. Everything between is ms. */

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

type Unit = keyof typeof unitMs;

/** `30s`, `1.5m`, `500ms`, `2h`, `1h30m` in ms; undefined for anything else, a bare number too: 30 of what? */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(text)) return undefined;
  let sumMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
    sumMs += Number(amount) * unitMs[unit as Unit];
  return Math.round(sumMs);
}

/** The shortest way to say it: `90s`, `5m`, `1.5h`; `never` for `Infinity`. */
export function durationText(lengthMs: number): string {
  if (lengthMs === Infinity) return "never";
  if (lengthMs === 0) return "0s";
  for (const unit of ["d", "h", "m", "s"] as const) {
    const amount = lengthMs / unitMs[unit];
    // A day is 24h in timers; and 90s reads better than 1.5m.
    if (Number.isInteger(amount) && (amount > 1 || unit !== "d")) return `${amount}${unit}`;
    if (amount >= 10) return `${Number(amount.toFixed(1))}${unit}`;
  }
  return lengthMs >= 1_000 ? `${Number((lengthMs / 1_000).toFixed(1))}s` : `${lengthMs}ms`;
}
