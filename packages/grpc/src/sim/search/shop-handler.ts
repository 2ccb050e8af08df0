/** One call at a server: enters itself in the journal first, checks what comes, answers as the plan says. */

import { StatusError } from "../../report/status-error.ts";
import { status } from "../../rpc/status.ts";
import type { CallContext } from "../../server/call-context.ts";
import type { HandlerRecord } from "../invariants.ts";
import { callIdIn, faultInTags, tagsOf } from "./call-tags.ts";
import { faultIn, payload } from "./payload.ts";
import type { Run } from "./run.ts";
import type { Life } from "./shop-server.ts";
import type { CallPlan } from "./world-plan.ts";

export class ShopHandler {
  readonly #run: Run;
  readonly #life: Life;
  readonly #context: CallContext;
  readonly #callId: number;
  readonly #server: string;
  readonly #record: HandlerRecord;
  #received = 0;

  constructor(run: Run, life: Life, server: string, context: CallContext, request?: Uint8Array) {
    this.#run = run;
    this.#life = life;
    this.#server = server;
    this.#context = context;
    this.#callId = callIdIn(context.metadata, request, run.calls.values());
    // Heedless handlers do not look, as most in the world.
    const heedful = run.calls.get(this.#callId)?.heedful === true;
    this.#record = run.book.entered(this.#callId, server, (heedful ? context.deadlineMs : undefined) ?? Infinity);
    run.book.toldDeadline(this.#callId, server, context.deadlineMs ?? Infinity);
    run.story.tell(server, `enters the handler of call ${this.#callId}`);
    life.handlers.add(this);
    const fault = faultInTags(context.metadata, this.#plan, "request");
    if (fault !== undefined) run.book.found("metadata-mixed", `on ${server}: ${fault}`, this.#callId);
    if (heedful) context.signal.addEventListener("abort", () => this.#told());
    if (this.#plan.earlyHeaders) this.#context.sendHeaders(tagsOf(this.#plan, "response"));
    for (const [name, value] of tagsOf(this.#plan, "response")) context.trailers.append(name, value);
  }

  /** It went down with its process. */
  killed(): void {
    this.#run.book.killed(this.#record);
  }

  async unary(request: Uint8Array): Promise<Uint8Array> {
    return await this.#watched(async () => {
      this.#check(request);
      await this.#work();
      return this.#message(0);
    });
  }

  async collect(requests: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
    return await this.#watched(async () => {
      for await (const request of requests) this.#check(request);
      this.#checkCount();
      await this.#work();
      return this.#message(0);
    });
  }

  async *produce(request: Uint8Array): AsyncIterable<Uint8Array> {
    try {
      this.#check(request);
      yield* this.#answers();
    } finally {
      this.#over("is done with");
    }
  }

  async *converse(requests: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    try {
      for await (const request of requests) this.#check(request);
      this.#checkCount();
      yield* this.#answers();
    } finally {
      this.#over("is done with");
    }
  }

  async *#answers(): AsyncIterable<Uint8Array> {
    for (const index of this.#plan.responseBytes.keys()) {
      await this.#work();
      yield this.#message(index);
    }
    if (this.#plan.responseBytes.length === 0 || this.#plan.status !== status.OK) await this.#work();
  }

  async #watched<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      this.#over("is done with");
    }
  }

  /** Takes its time, and may end in the status of the plan. */
  async #work(): Promise<void> {
    const { workMs, heedful, hangs, status: code } = this.#plan;
    const { host } = this.#life;
    // A day is for ever.
    const ms = hangs ? 86_400_000 : workMs;
    if (ms > 0) await host.sleep(ms, heedful ? this.#context.signal : undefined);
    if (code !== status.OK) throw new StatusError(code, `as planned for call ${this.#callId}`);
  }

  #message(index: number): Uint8Array {
    return payload(this.#callId, "response", index, this.#plan.responseBytes[index] ?? 0);
  }

  #check(request: Uint8Array): void {
    const index = this.#received++;
    const fault = faultIn(request, this.#callId, "request", index, this.#plan.requestBytes[index]);
    if (fault !== undefined) this.#run.book.found("message-damaged", `on ${this.#server}: ${fault}`, this.#callId);
  }

  #checkCount(): void {
    const sent = this.#plan.requestBytes.length;
    if (this.#received === sent) return;
    this.#run.book.found(
      "message-damaged",
      `on ${this.#server}: ${this.#received} of ${sent} requests came before the end`,
      this.#callId,
    );
  }

  #told(): void {
    const { signal, peer } = this.#context;
    const { reason } = signal as { readonly reason: unknown };
    if (reason instanceof StatusError && reason.reason === "DRAIN_CUT" && !this.#life.leaving) {
      this.#life.host.wireOf(peer.address)?.judgeCut(this.#life.graceMs, this.#callId);
    }
    this.#over("is told that nobody waits");
  }

  #over(how: string): void {
    if (this.#record.overAtMs !== undefined || this.#record.killed) return;
    this.#run.story.tell(this.#server, `${how} call ${this.#callId}`);
    this.#run.book.over(this.#record, this.#callId);
    this.#life.handlers.delete(this);
  }

  get #plan(): CallPlan {
    const plan = this.#run.calls.get(this.#callId);
    if (plan === undefined) throw new StatusError("INTERNAL", `nobody planned a call ${this.#callId}`);
    return plan;
  }
}
