/**
 * Owns one trial inside a driver: channels opened, warmed and left idle, calls made as the plan has them, each given the time
 * that it may take, lines printed, channels closed. Does not own how a call is made.
 */

import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { asideCallId, warmUpCallId } from "../call-message.ts";
import type { ClientLine, ClientOrder, OrderedTrial } from "../experiment/client-order.ts";
import { ChannelPool } from "./channel-pool.ts";
import type { DrivenCall, TrialClient } from "./trial-client.ts";
import { callAsOften } from "./call-again.ts";

/** Tells a trial that something was thrown where nobody could catch it. */
export type TrialCrash = (error: Error) => void;

export interface TrialSurroundings {
  print(line: ClientLine): Promise<void>;
  /** Runs what belongs to the trial so that its crash is known as its own. */
  within<T>(crash: TrialCrash, run: () => Promise<T>): Promise<T>;
}

/** A call is given up as never settled so long after its deadline, or after its start if it has none. */
export const settleGraceMs = 5_000;

export function runTrial(
  client: TrialClient,
  order: ClientOrder,
  trial: OrderedTrial,
  { print, within }: TrialSurroundings,
): Promise<void> {
  let crash: TrialCrash = () => {};
  const crashed = new Promise<Error>((resolve) => (crash = resolve));
  return within(crash, async () => {
    const pool = openPool(client, order, trial);
    if (pool instanceof Error) {
      const failure = { code: pool.name, text: String(pool) };
      for (const id of trial.callIds) await print({ kind: "failed", trial: trial.trial, id, tookMs: 0, ...failure });
      return;
    }
    const run: TrialRun = { client, order, trial: trial.trial, pool, crashed, print };
    const stop = new AbortController();
    try {
      const trouble = order.plan.warmUp ? await warmUp(run) : undefined;
      if (trouble !== undefined) {
        await print({ kind: "broken", trial: trial.trial, why: `the warm-up failed: ${trouble}` });
        return;
      }
      await sleep(order.plan.idleMs);
      await makeAsideCalls(run);
      const { closeChannelAfterMs } = order.plan;
      if (closeChannelAfterMs !== "never") void closeAfter(pool, closeChannelAfterMs, stop.signal);
      await makeCalls(run, trial.callIds);
    } finally {
      stop.abort();
      pool.close();
    }
  });
}

/** Or what the client throws at its construction. */
function openPool(client: TrialClient, order: ClientOrder, trial: OrderedTrial): ChannelPool | Error {
  try {
    return new ChannelPool(() => client.open(trial, order), order.setup.channels ?? 1);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

interface TrialRun {
  readonly client: TrialClient;
  readonly order: ClientOrder;
  readonly trial: number;
  readonly pool: ChannelPool;
  readonly crashed: Promise<Error>;
  print(line: ClientLine): Promise<void>;
}

/** How it failed, in words. */
async function warmUp({ client, order, pool, crashed }: TrialRun): Promise<string | undefined> {
  const { signal } = new AbortController();
  const call: DrivenCall = { id: warmUpCallId, kind: "unary", plan: order.plan, deadlineMs: settleGraceMs, signal };
  return Promise.race([
    Promise.all(pool.all.map((channel) => channel.call(call))).then(
      () => undefined,
      (error: unknown) => client.failureOf(error).text,
    ),
    crashed.then(String),
    sleep(2 * settleGraceMs, "nothing came back", { ref: false }),
  ]);
}

/** Nobody waits for them; those to be cancelled are on the wire before they are. */
async function makeAsideCalls({ order: { plan }, pool }: TrialRun): Promise<void> {
  const cancel = new AbortController();
  setMaxListeners(0, cancel.signal);
  for (let made = 0; made < plan.aside.calls; made++) {
    pool
      .at(pool.next())
      .call({ id: asideCallId, kind: "unary", plan, deadlineMs: undefined, signal: cancel.signal })
      .catch(() => {});
  }
  if (plan.aside.calls === 0) return;
  await sleep(1);
  if (plan.aside.then === "cancel") cancel.abort();
}

async function closeAfter(pool: ChannelPool, afterMs: number, signal: AbortSignal): Promise<void> {
  await sleep(afterMs, undefined, { signal }).then(
    () => pool.close(),
    () => {},
  );
}

async function makeCalls(run: TrialRun, ids: readonly number[]): Promise<void> {
  const { everyMs } = run.order.plan;
  if (everyMs === 0) {
    await Promise.all(ids.map((id) => settleCall(run, id)));
    return;
  }
  for (const [at, id] of ids.entries()) {
    if (at > 0) await sleep(everyMs);
    await settleCall(run, id);
  }
}

/** Prints how the call ended; prints nothing if it does not end in time. */
async function settleCall({ client, order, trial, pool, crashed, print }: TrialRun, id: number): Promise<void> {
  const startMs = performance.now();
  const tookMs = (): number => Math.round(performance.now() - startMs);
  const { plan, setup } = order;
  const cancel = new AbortController();
  const stop = new AbortController();
  if (plan.cancelAfterMs !== "never") {
    sleep(plan.cancelAfterMs, undefined, { signal: stop.signal }).then(
      () => cancel.abort(),
      () => {},
    );
  }
  const deadlineMs = plan.deadlineMs === "none" ? undefined : plan.deadlineMs;
  const call: DrivenCall = { id, kind: plan.kind, plan, deadlineMs, signal: cancel.signal };
  const line = await Promise.race([
    callAsOften(client, pool, call, setup.again).then((failure): ClientLine =>
      failure === undefined
        ? { kind: "ok", trial, id, tookMs: tookMs() }
        : { kind: "failed", trial, id, tookMs: tookMs(), ...failure },
    ),
    crashed.then((error): ClientLine => ({
      kind: "failed",
      trial,
      id,
      tookMs: tookMs(),
      code: "UNCAUGHT",
      text: String(error),
    })),
    sleep(patienceMs(order), undefined, { signal: stop.signal }).catch(() => undefined),
  ]);
  stop.abort();
  if (line !== undefined) await print(line);
}

/** As long as all tries of an application may take, and the grace. */
function patienceMs({ setup: { again }, plan: { deadlineMs } }: ClientOrder): number {
  if (deadlineMs === "none") return settleGraceMs;
  const times = again?.times ?? 0;
  const deadlines = again?.sameDeadline === true ? 1 : times + 1;
  return deadlines * deadlineMs + times * (again?.pauseMs ?? 0) + settleGraceMs;
}
