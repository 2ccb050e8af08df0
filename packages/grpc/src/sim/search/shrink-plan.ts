/**
 * From a plan that breaks a rule to a small one that breaks it, too: fewer deeds, calls, clients and servers. Owns the
 * order in which things are left out; whether the rule still breaks is the caller's to say.
 */

import type { WorldPlan } from "./world-plan.ts";

/** Whether a plan still breaks the rule. */
export type StillBreaks = (plan: WorldPlan) => Promise<boolean>;

/** @param maxRuns How many smaller plans to try at most; a crowded world takes a few hundred milliseconds each. */
export async function shrinkPlan(plan: WorldPlan, stillBreaks: StillBreaks, maxRuns = 200): Promise<WorldPlan> {
  let runs = 0;
  let best = plan;
  const attempt = async (smaller: WorldPlan): Promise<boolean> => {
    if (++runs > maxRuns || !(await stillBreaks(smaller))) return false;
    best = smaller;
    return true;
  };
  for (let before = Infinity; sizeOf(best) < before && runs < maxRuns;) {
    before = sizeOf(best);
    await without(best.calls, async (calls) => await attempt({ ...best, calls }));
    await without(best.deeds, async (deeds) => await attempt({ ...best, deeds }));
    for (const { name } of best.clients) if (best.clients.length > 1) await attempt(withoutClient(best, name));
    for (const { name } of best.servers) if (best.servers.length > 1) await attempt(withoutServer(best, name));
  }
  return best;
}

function sizeOf({ calls, deeds, clients, servers }: WorldPlan): number {
  return calls.length + deeds.length + clients.length + servers.length;
}

/** Leaves out halves, quarters, eighths … as long as `works` likes what is left. */
async function without<T>(list: readonly T[], works: (rest: readonly T[]) => Promise<boolean>): Promise<void> {
  let rest = list;
  for (let size = Math.ceil(list.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < rest.length;) {
      const smaller = [...rest.slice(0, at), ...rest.slice(at + size)];
      if (await works(smaller)) rest = smaller;
      else at += size;
    }
  }
}

function withoutClient(plan: WorldPlan, gone: string): WorldPlan {
  return {
    ...plan,
    clients: plan.clients.filter(({ name }) => name !== gone),
    calls: plan.calls.filter(({ client }) => client !== gone),
    deeds: plan.deeds.filter((deed) => !Object.values(deed).includes(gone)),
  };
}

function withoutServer(plan: WorldPlan, gone: string): WorldPlan {
  return {
    ...plan,
    servers: plan.servers.filter(({ name }) => name !== gone),
    deeds: plan.deeds.filter((deed) => !Object.values(deed).includes(gone)),
  };
}
