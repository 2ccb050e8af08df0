/** When the event loops of hosts were blocked. Owns the arithmetic of "how much of a delay was that". */
export class Stalled {
  readonly #spans = new Map<string, { readonly fromMs: number; readonly untilMs: number }[]>();

  note(host: string, fromMs: number, untilMs: number): void {
    const spans = this.#spans.get(host) ?? [];
    this.#spans.set(host, spans);
    spans.push({ fromMs, untilMs });
  }

  /** How much of the time between two moments a host was blocked; overlapping stalls count once each, which is lenient. */
  total(host: string, sinceMs: number, untilMs: number): number {
    let blockedMs = 0;
    for (const span of this.#spans.get(host) ?? []) {
      blockedMs += Math.max(0, Math.min(untilMs, span.untilMs) - Math.max(sinceMs, span.fromMs));
    }
    return blockedMs;
  }
}
