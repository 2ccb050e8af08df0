/**
 * Owns the count that decides every row: how often each call was executed, over all connections of one run. A request is
 * executed when it is whole and the script accepts its id; who decides that is the connection, not the ledger.
 */

export class Ledger {
  readonly #executions = new Map<number, number>();

  /** Hears each execution. */
  onExecute: (callId: number) => void = () => {};

  execute(callId: number): void {
    this.#executions.set(callId, this.executions(callId) + 1);
    this.onExecute(callId);
  }

  executions(callId: number): number {
    return this.#executions.get(callId) ?? 0;
  }

  /** How many calls were executed more than once. */
  executedTwice(): number {
    return [...this.#executions.values()].filter((count) => count > 1).length;
  }
}
