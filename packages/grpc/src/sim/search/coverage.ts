/**
 * What was hit when something went wrong: counts, over many worlds, in which state the ends of connections were and which
 * kinds of calls were open when a fault struck. Owns the axes and the sums; what happens is `act-deed.ts`, which cells
 * cannot be hit is `impossible-cells.ts`.
 */

import type { MethodKind } from "../../rpc/service.ts";
import type { ConnectionState } from "./world-plan.ts";

/** Deeds, told apart by whom they strike. */
export const faults = [
  "weather",
  "stall-client",
  "stall-server",
  "deploy",
  "kill-server",
  "power-off",
  "kill-client",
  "reset",
  "partition",
  "black-hole-requests",
  "black-hole-answers",
  "half-open-client",
  "half-open-server",
  "forget-idle",
] as const;
export type Fault = (typeof faults)[number];

export const connectionStates = ["dialling", "idle", "busy", "leaving", "closing"] as const satisfies ConnectionState[];
export const callKinds = [
  "unary",
  "server-streaming",
  "client-streaming",
  "bidi-streaming",
] as const satisfies MethodKind[];
export const sides = ["client", "server"] as const;

export interface Cell {
  readonly fault: Fault;
  /** Of the connection, as that side of it sees it. */
  readonly state: ConnectionState;
  /** Its client had such a call open. */
  readonly kind: MethodKind;
  readonly side: "client" | "server";
}

/** Cells that need not be hit: all that fit what is given. */
export interface ImpossibleCells extends Partial<Cell> {
  readonly why: string;
}

export class Coverage {
  readonly #counts = new Map<string, number>();

  hit(cell: Cell): void {
    const key = keyOf(cell);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  count(cell: Cell): number {
    return this.#counts.get(keyOf(cell)) ?? 0;
  }

  /** Cells that nothing hit and that are not known to be impossible. */
  empty(impossible: readonly ImpossibleCells[]): Cell[] {
    return allCells().filter((cell) => this.count(cell) === 0 && !impossible.some((each) => fits(cell, each)));
  }

  /** Cells that were hit although they are called impossible. */
  possibleAfterAll(impossible: readonly ImpossibleCells[]): Cell[] {
    return allCells().filter((cell) => this.count(cell) > 0 && impossible.some((each) => fits(cell, each)));
  }

  /** A row for each fault and side, a column for each state; in it the counts of the four kinds of calls. */
  lines(): string[] {
    const rows = faults.flatMap((fault) =>
      sides.map((side) => [
        `${fault}, ${side}`,
        ...connectionStates.map((state) =>
          callKinds.map((kind) => this.count({ fault, state, kind, side })).join(" · "),
        ),
      ]),
    );
    const table = [["", ...connectionStates], ...rows];
    const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
    return [
      `connection state when a fault struck, calls open then: ${callKinds.join(" · ")}`,
      ...table.map((row) =>
        row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd(),
      ),
    ];
  }
}

export function cellText({ fault, state, kind, side }: Cell): string {
  return `${fault} while a ${side}'s connection is ${state} and a ${kind} call is open`;
}

function allCells(): Cell[] {
  return faults.flatMap((fault) =>
    connectionStates.flatMap((state) =>
      callKinds.flatMap((kind) => sides.map((side): Cell => ({ fault, state, kind, side }))),
    ),
  );
}

function fits(cell: Cell, { fault, state, kind, side }: Partial<Cell>): boolean {
  return (
    (fault ?? cell.fault) === cell.fault &&
    (state ?? cell.state) === cell.state &&
    (kind ?? cell.kind) === cell.kind &&
    (side ?? cell.side) === cell.side
  );
}

function keyOf({ fault, state, kind, side }: Cell): string {
  return `${fault}/${state}/${kind}/${side}`;
}
