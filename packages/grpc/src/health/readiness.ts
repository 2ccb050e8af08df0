/** Whether a server wants traffic, and what is in the way. Pure; `/readyz` shows it. */
import type { Dependency } from "./monitor.ts";
import type { StatusBoard } from "./status-board.ts";

export interface Readiness {
  /** The server as a whole ("") is SERVING. Services of their own, and what only they need, may be down all the same. */
  readonly ready: boolean;
  /** It is leaving, and will not be ready again. */
  readonly draining: boolean;
  /** Services that are not SERVING. At most 100 are named. */
  readonly notServing: readonly string[];
  /** Dependencies that are down. Names alone: what went wrong is for the log, not for whoever can reach the port. */
  readonly down: readonly string[];
  /** Dependencies that nothing is known of yet. */
  readonly unchecked: readonly string[];
}

/** An answer is read by people and by a kubelet that keeps 10 KiB. */
const maxNamed = 100;

export function readinessOf(board: StatusBoard, dependencies: readonly Dependency[]): Readiness {
  const inState = (wanted: Dependency["state"]): string[] =>
    dependencies.filter(({ state }) => state === wanted).map(({ name }) => name);
  return {
    ready: board.shown("") === "SERVING",
    draining: board.leaving,
    notServing: [...board.names].filter((name) => board.shown(name) !== "SERVING").slice(0, maxNamed),
    down: inState("down"),
    unchecked: inState("unchecked"),
  };
}
