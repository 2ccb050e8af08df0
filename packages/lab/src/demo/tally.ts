/**
 * Owns what is known of every call of a run: what its client said of it, and how often it stands in the backends' journals.
 * Counts; does not judge (`verdict.ts`).
 */

import { readCallId } from "./call-id.ts";
import type { ClientName, MethodName } from "./demo-plan.ts";

/** A failed call, as its client tells it. */
export interface FailedCall {
  readonly id: string;
  /** Since the start of the load. */
  readonly atMs: number;
  /** gRPC's name of the status. */
  readonly code: string;
  /** For people: the termination report's summary where there is one, else the error's own text. */
  readonly text: string;
  /** What the caller was told; only Holdfast says it. */
  readonly processed?: "no" | "maybe" | "yes";
  /** The whole error with its report, as plain data; of the first failures of a run only. */
  readonly error?: unknown;
}

/** A failed call beside whose it was. */
export interface NamedFailure {
  readonly client: ClientName;
  readonly method: MethodName;
  readonly failure: FailedCall;
}

export interface CallRecord {
  readonly id: string;
  readonly client: ClientName;
  readonly method: MethodName;
  /** `unheard`: it stands in a journal, and its client has not spoken of it yet. */
  readonly state: "unheard" | "open" | "ok" | "failed" | "never-settled";
  readonly failure?: FailedCall;
  /** The journals that hold it, once for each time. */
  readonly executedBy: readonly string[];
}

export interface Counts {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly executedTwice: number;
  readonly neverSettled: number;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export class Tally {
  readonly #calls = new Map<string, Mutable<CallRecord>>();
  readonly #counts = new Map<string, Mutable<Counts>>();
  readonly #failures: NamedFailure[] = [];

  sent(id: string): void {
    const call = this.#call(id);
    if (call?.state !== "unheard") return;
    call.state = "open";
    this.#count(call).sent++;
  }

  ok(id: string): void {
    const call = this.#settle(id, "ok");
    if (call !== undefined) this.#count(call).ok++;
  }

  failed(failure: FailedCall): void {
    const call = this.#settle(failure.id, "failed");
    if (call === undefined) return;
    call.failure = failure;
    this.#count(call).failed++;
    this.#failures.push({ client: call.client, method: call.method, failure });
  }

  neverSettled(id: string): void {
    const call = this.#settle(id, "never-settled");
    if (call !== undefined) this.#count(call).neverSettled++;
  }

  /** A line of the journal `where`. Lines that are no ids are not ours. */
  executed(id: string, where: string): void {
    const call = this.#call(id);
    if (call === undefined) return;
    call.executedBy = [...call.executedBy, where];
    if (call.executedBy.length === 2) this.#count(call).executedTwice++;
  }

  counts(client: ClientName, method: MethodName): Counts {
    return { ...this.#count({ client, method }) };
  }

  /** In the order in which they were told. */
  get failures(): readonly NamedFailure[] {
    return this.#failures;
  }

  calls(): IterableIterator<CallRecord> {
    return this.#calls.values();
  }

  #call(id: string): Mutable<CallRecord> | undefined {
    let call = this.#calls.get(id);
    if (call === undefined) {
      const name = readCallId(id);
      if (name === undefined) return undefined;
      call = { id, client: name.client, method: name.method, state: "unheard", executedBy: [] };
      this.#calls.set(id, call);
    }
    return call;
  }

  /** Only the first word on a call counts: what was given up as never settled stays so. */
  #settle(id: string, state: CallRecord["state"]): Mutable<CallRecord> | undefined {
    const call = this.#calls.get(id);
    if (call?.state !== "open") return undefined;
    call.state = state;
    return call;
  }

  #count({ client, method }: Pick<CallRecord, "client" | "method">): Mutable<Counts> {
    const key = `${client} ${method}`;
    let counts = this.#counts.get(key);
    if (counts === undefined) {
      counts = { sent: 0, ok: 0, failed: 0, executedTwice: 0, neverSettled: 0 };
      this.#counts.set(key, counts);
    }
    return counts;
  }
}
