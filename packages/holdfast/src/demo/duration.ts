/** Owns durations as people type them. */

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `30s`, `1.5m`, `500ms`, `1h` in ms; undefined for anything else, a bare number too: 30 of what? */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const scale = unitMs[unit ?? ""];
  return amount === undefined || scale === undefined ? undefined : Math.round(Number(amount) * scale);
}

/** Of a length in ms, for people: `12.4 s`, `90 s`. */
export function secondsText(durationMs: number): string {
  const seconds = durationMs / 1_000;
  return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
}
