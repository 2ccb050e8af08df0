/**
 * Owns what every client process of the demo does: make the calls of the schedule when their time comes, whatever became of
 * the earlier ones, and tell the parent how each ended. How one call is made is the client's own file's.
 */

import { setTimeout as sleep } from "node:timers/promises";
import type { Arrival } from "../arrivals.ts";
import { arrivals } from "../arrivals.ts";
import { callId } from "../call-id.ts";
import type { ClientName, DemoPlan, MethodName } from "../demo-plan.ts";
import { deadlineMs, settleGraceMs } from "../demo-plan.ts";
import type { FailedCall } from "../tally.ts";

/** What the parent says. `start` follows when everybody is ready; `stop` ends the arrivals, not the open calls. */
export type LoadOrder =
  | {
      readonly kind: "order";
      readonly client: ClientName;
      /** All backends, in gRPC's spelling of a target. */
      readonly target: string;
      /** The authority to trust; absent: plain text. */
      readonly caPem?: string;
      readonly load: Pick<DemoPlan, "forMs" | "ratePerS" | "seed">;
      /** CPU is measured from here on. */
      readonly warmUpMs: number;
    }
  /** Wall clock of this machine, which all processes share. */
  | { readonly kind: "start"; readonly atMs: number }
  | { readonly kind: "stop" };

/** What the child says. */
export type LoadReport =
  | { readonly kind: "ready" }
  | {
      readonly kind: "progress";
      readonly sent: readonly string[];
      readonly ok: readonly string[];
      readonly failed: readonly FailedCall[];
      readonly neverSettled: readonly string[];
      /** Since the warm-up: CPU of this process, user and system, and calls that settled. */
      readonly cpuUs: number;
      readonly cpuCalls: number;
    }
  /** Every call has settled or had its time. */
  | { readonly kind: "done" };

export interface ShopCaller {
  /** Makes one call; resolves with the id in the answer. */
  call(method: MethodName, id: string, timeoutMs: number): Promise<string>;
  failureOf(error: unknown): Omit<FailedCall, "id" | "atMs">;
}

type Order = Extract<LoadOrder, { kind: "order" }>;

/** Of so many failures the whole error is told; a report takes 10 KB, and a run that loses everything loses thousands. */
const wholeErrors = 200;

/** How often the parent hears. */
const reportEveryMs = 100;

/** Runs the one order that the parent sends, then exits. */
export async function runLoad(connect: (order: Order) => ShopCaller): Promise<void> {
  // The parent is gone, and nobody counts any more.
  process.once("disconnect", () => process.exit());
  // Listened for from the beginning: a message that nobody hears is gone.
  const stopped = next("stop");
  const order = await next("order");
  const caller = connect(order);
  tell({ kind: "ready" });
  const { atMs } = await next("start");
  await new Load(order, caller, atMs).run(stopped);
  process.send?.({ kind: "done" } satisfies LoadReport, () => process.exit());
}

class Load {
  readonly #order: Order;
  readonly #caller: ShopCaller;
  readonly #startedAtMs: number;
  /** When each open call began, oldest first. */
  readonly #open = new Map<string, number>();
  #sent: string[] = [];
  #ok: string[] = [];
  #failed: FailedCall[] = [];
  #neverSettled: string[] = [];
  #failures = 0;
  #stopped = false;
  #cpuFrom: NodeJS.CpuUsage | undefined;
  #cpuCalls = 0;

  constructor(order: Order, caller: ShopCaller, startedAtMs: number) {
    this.#order = order;
    this.#caller = caller;
    this.#startedAtMs = startedAtMs;
  }

  async run(stopped: Promise<unknown>): Promise<void> {
    void stopped.then(() => (this.#stopped = true));
    const reporting = setInterval(() => this.#report(), reportEveryMs);
    for (const arrival of arrivals(this.#order.load)) {
      const waitMs = arrival.atMs - this.#nowMs();
      // Late calls go out at once, together: the schedule does not wait for a busy process.
      if (waitMs > 0) await sleep(waitMs);
      if (this.#stopped) break;
      void this.#make(arrival);
    }
    while (this.#open.size > 0) await sleep(reportEveryMs);
    clearInterval(reporting);
    this.#report();
  }

  async #make({ method, number }: Arrival): Promise<void> {
    const id = callId({ client: this.#order.client, method, number });
    this.#open.set(id, this.#nowMs());
    this.#sent.push(id);
    try {
      const answered = await this.#caller.call(method, id, deadlineMs);
      if (!this.#settle(id)) return;
      if (answered === id) this.#ok.push(id);
      else this.#fail(id, { code: "OK", text: `the answer is that of call ${answered}` });
    } catch (error) {
      if (this.#settle(id)) this.#fail(id, this.#caller.failureOf(error));
    }
  }

  /** False if the call had been given up already. */
  #settle(id: string): boolean {
    if (this.#cpuFrom !== undefined) this.#cpuCalls++;
    return this.#open.delete(id);
  }

  #fail(id: string, failure: Omit<FailedCall, "id" | "atMs">): void {
    const { error, ...inShort } = failure;
    const whole = ++this.#failures <= wholeErrors && error !== undefined;
    this.#failed.push({ id, atMs: Math.round(this.#nowMs()), ...inShort, ...(whole ? { error } : {}) });
  }

  #report(): void {
    this.#giveUp();
    if (this.#nowMs() >= this.#order.warmUpMs) this.#cpuFrom ??= process.cpuUsage();
    const { user, system } = this.#cpuFrom === undefined ? { user: 0, system: 0 } : process.cpuUsage(this.#cpuFrom);
    tell({
      kind: "progress",
      sent: this.#sent,
      ok: this.#ok,
      failed: this.#failed,
      neverSettled: this.#neverSettled,
      cpuUs: user + system,
      cpuCalls: this.#cpuCalls,
    });
    this.#sent = [];
    this.#ok = [];
    this.#failed = [];
    this.#neverSettled = [];
  }

  #giveUp(): void {
    for (const [id, sinceMs] of this.#open) {
      if (this.#nowMs() - sinceMs < deadlineMs + settleGraceMs) return;
      this.#open.delete(id);
      this.#neverSettled.push(id);
    }
  }

  #nowMs(): number {
    return Date.now() - this.#startedAtMs;
  }
}

/** The next message of this kind. Others are left to whoever waits for them. */
function next<Kind extends LoadOrder["kind"]>(kind: Kind): Promise<Extract<LoadOrder, { kind: Kind }>> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      if ((message as LoadOrder).kind !== kind) return;
      process.off("message", hear);
      resolve(message as Extract<LoadOrder, { kind: Kind }>);
    };
    process.on("message", hear);
  });
}

function tell(report: LoadReport): void {
  process.send?.(report);
}
