/** A client of the search: makes the calls of the plan at their times and tells the ledger how each of them ends. */

import { type Channel, createChannel } from "../../channel/channel.ts";
import type { CallOptions } from "../../channel/call-options.ts";
import { receiveBudgetOf } from "../../channel/receive-budget-of.ts";
import type { ChannelInspection } from "../../watch/inspection.ts";
import { StatusError } from "../../report/status-error.ts";
import type { CallRecord } from "../invariants.ts";
import { faultInTags, tagsOf } from "./call-tags.ts";
import { faultIn, payload } from "./payload.ts";
import { ProcessHost } from "./process-host.ts";
import { port, type Run, serviceName } from "./run.ts";
import { longestSilenceMs } from "./wire-end.ts";
import { type CallPlan, type ClientPlan, describeCall, pathOf } from "./world-plan.ts";

/** What the service config allows for `sim.Safe`: gRFC A6's attempts, the first included. */
const maxAttempts = 4;

export class ShopClient {
  readonly plan: ClientPlan;
  readonly host: ProcessHost;
  readonly #run: Run;
  readonly #channel: Channel;
  readonly #open = new Set<CallRecord>();

  constructor(run: Run, plan: ClientPlan) {
    this.#run = run;
    this.plan = plan;
    const { keepalive } = plan;
    // A server that polices PINGs makes them rarer.
    const steady = keepalive?.permitWithoutCalls === true && !run.plan.polices;
    this.host = new ProcessHost(run.world.host(plan.name), run, {
      mayPolice: false,
      mayReclaim: false,
      mayTire: run.plan.climate === "rough",
      silenceMs: steady ? longestSilenceMs(keepalive) : Infinity,
    });
    const { certificate } = run;
    this.#channel = createChannel(this.host, `dns:///${serviceName}:${port}`, {
      serviceConfig: serviceConfigOf(plan),
      ...(certificate === undefined ? {} : { tls: { ca: certificate.ca } }),
      ...(keepalive === undefined ? {} : { keepalive }),
      onReport: (report) => run.story.tell(plan.name, `reports: ${report.summary}`),
    });
  }

  get heldBytes(): number {
    return this.host.alive ? receiveBudgetOf(this.host).heldBytes : 0;
  }

  /** What the channel says of itself; undefined once the process is dead. */
  inspect(): ChannelInspection | undefined {
    return this.host.alive ? this.#channel.inspect() : undefined;
  }

  /** Makes a call at its time. */
  schedule(plan: CallPlan): void {
    this.host.timer(plan.atMs, () => this.host.defer(() => void this.#make(plan)));
  }

  /** Dies; its calls end with it. */
  kill(): void {
    if (!this.host.alive) return;
    this.#run.world.host(this.plan.name).kill();
    this.host.end();
    for (const record of this.#open) this.#run.book.settled(record, { kind: "lost" });
    this.#open.clear();
  }

  async close(): Promise<void> {
    if (this.host.alive) await this.#channel.close();
  }

  async #make(plan: CallPlan): Promise<void> {
    const { book, story } = this.#run;
    const timeoutMs = plan.timeoutMs ?? Infinity;
    const record = book.begun({
      id: plan.id,
      client: plan.client,
      mayRun: plan.safe && this.plan.retries ? maxAttempts : 1,
      status: plan.status,
      deadlineMs: this.host.nowMs() + timeoutMs,
      timeoutMs,
      responses: plan.responseBytes.length,
      readMs: plan.readMs * plan.responseBytes.length,
    });
    this.#open.add(record);
    story.tell(plan.client, `makes call ${plan.id}: ${describeCall(plan)}`);
    const controller = new AbortController();
    const canceller =
      plan.cancelAfterMs === undefined ? undefined : this.#cancelLater(plan.cancelAfterMs, controller, record);
    try {
      const left = await this.#talk(plan, record, controller.signal);
      this.#settle(record, left ? { kind: "left" } : { kind: "ok" });
    } catch (thrown) {
      this.#judgeThrown(thrown, plan);
      this.#settle(record, { kind: "failed", error: StatusError.from(thrown) });
    }
    canceller?.cancel();
  }

  /** True when the reader left before the end. */
  async #talk(plan: CallPlan, record: CallRecord, signal: AbortSignal): Promise<boolean> {
    const path = pathOf(plan);
    const options = this.#optionsOf(plan, signal);
    const one = payload(plan.id, "request", 0, plan.requestBytes[0] ?? 0);
    switch (plan.kind) {
      case "unary":
        this.#check(await this.#channel.unary(path, one, options), plan, record);
        return false;
      case "client-streaming":
        this.#check(await this.#channel.clientStreaming(path, this.#requests(plan), options), plan, record);
        return false;
      case "server-streaming":
        return await this.#read(this.#channel.serverStreaming(path, one, options), plan, record);
      case "bidi-streaming":
        return await this.#read(this.#channel.bidiStreaming(path, this.#requests(plan), options), plan, record);
    }
  }

  async #read(answers: AsyncIterable<Uint8Array>, plan: CallPlan, record: CallRecord): Promise<boolean> {
    if (plan.leaveAfter === 0) {
      await answers[Symbol.asyncIterator]().return?.();
      return true;
    }
    for await (const answer of answers) {
      this.#check(answer, plan, record);
      if (record.received === plan.leaveAfter) return true;
      if (plan.readMs > 0 && record.end === undefined) await this.host.sleep(plan.readMs);
    }
    return false;
  }

  async *#requests(plan: CallPlan): AsyncIterable<Uint8Array> {
    for (const [index, length] of plan.requestBytes.entries()) {
      if (plan.pauseMs > 0) await this.host.sleep(plan.pauseMs);
      yield payload(plan.id, "request", index, length);
    }
  }

  #optionsOf(plan: CallPlan, signal: AbortSignal): CallOptions {
    const judge = (metadata: Parameters<typeof faultInTags>[0]): void => {
      // An answer of trailers alone, or one that is not of our making, has none.
      if (!metadata.has("x-tenant")) return;
      const fault = faultInTags(metadata, plan, "response");
      if (fault !== undefined) this.#run.book.found("metadata-mixed", `on ${plan.client}: ${fault}`, plan.id);
    };
    return {
      metadata: tagsOf(plan, "request"),
      waitForReady: plan.waitForReady,
      onHeaders: judge,
      onTrailers: judge,
      ...(plan.timeoutMs === undefined ? {} : { timeoutMs: plan.timeoutMs }),
      ...(plan.cancelAfterMs === undefined ? {} : { signal }),
    };
  }

  #cancelLater(afterMs: number, controller: AbortController, record: CallRecord): { cancel(): void } {
    return this.host.timer(afterMs, () =>
      this.host.defer(() => {
        this.#run.story.tell(record.client, `cancels call ${record.id}`);
        if (record.end === undefined) record.cancelledAtMs = this.host.nowMs();
        controller.abort(new Error("as planned"));
      }),
    );
  }

  #check(answer: Uint8Array, plan: CallPlan, record: CallRecord): void {
    const index = record.received++;
    const fault = faultIn(answer, plan.id, "response", index, plan.responseBytes[index]);
    if (fault !== undefined) this.#run.book.found("message-damaged", `on ${plan.client}: ${fault}`, plan.id);
  }

  /** A status of a handler must be this call's own. */
  #judgeThrown(thrown: unknown, plan: CallPlan): void {
    const { book } = this.#run;
    if (!(thrown instanceof StatusError)) book.found("threw", `call ${plan.id} failed with ${String(thrown)}`, plan.id);
    else if (thrown.text.startsWith("as planned for call") && !thrown.text.endsWith(` ${plan.id}`)) {
      book.found("metadata-mixed", `it got a status that is another's: ${thrown.message}`, plan.id);
    }
  }

  #settle(record: CallRecord, end: Parameters<Run["book"]["settled"]>[1]): void {
    if (!this.#open.delete(record)) return;
    const how =
      end.kind === "failed" ? `fails: ${end.error.message} (processed: ${end.error.processed})` : `ends: ${end.kind}`;
    this.#run.story.tell(record.client, `call ${record.id} ${how}`);
    this.#run.book.settled(record, end);
  }
}

function serviceConfigOf(plan: ClientPlan): object {
  const retryPolicy = {
    maxAttempts,
    initialBackoff: "0.1s",
    maxBackoff: "1s",
    backoffMultiplier: 2,
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  return {
    loadBalancingConfig: [{ [plan.loadBalancing]: {} }],
    methodConfig: plan.retries ? [{ name: [{ service: "sim.Safe" }], retryPolicy }] : [],
  };
}
