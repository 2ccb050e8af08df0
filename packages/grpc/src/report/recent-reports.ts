/** How the last connections ended. Owns the bound. */

import type { TerminationReport } from "./termination-report.ts";

/** The last reports, and how many there were. */
export class RecentReports {
  readonly #last: TerminationReport[] = [];
  #count = 0;

  add(report: TerminationReport): void {
    this.#count++;
    // Each holds up to 80 frames, some 10 KiB: 8 tell what has been going on.
    if (this.#last.length === 8) this.#last.shift();
    this.#last.push(report);
  }

  get count(): number {
    return this.#count;
  }

  get last(): readonly TerminationReport[] {
    return [...this.#last];
  }
}
