/** Looks at who answers: greetings, headers, times. What they betray is `speakers.ts` and `level-policy.ts`. */

import { askHttp1 } from "./ask-http1.ts";
import { outcomeText } from "./health-call.ts";
import { judgeLevel, type LevelSeen } from "./level-policy.ts";
import { levelFinding } from "./level-words.ts";
import type { Measure, Plan } from "./measure.ts";
import type { Greeting } from "./speakers.ts";
import type { Surroundings } from "./surroundings.ts";

/** The least of so many times is free of chance, as a rule. */
const looks = 5;
/** How long a connection, a PING or a check is waited for here, ms. */
const limitMs = 2_000;

export const level: Measure<Plan, LevelSeen> = {
  id: "level",
  title: "Who answers",
  plan: () => ({
    atMostMs: looks * 3 * limitMs,
    connections: 1,
    does: `opens ${looks} connections one after the other, with a PING and a health check on each, and asks once in HTTP/1.1`,
  }),
  act: (_plan, surroundings) => look(surroundings),
  judge: (seen, _plan, others) => levelFinding(judgeLevel(seen, others), seen),
};

async function look(surroundings: Surroundings): Promise<LevelSeen> {
  const connectMs: number[] = [];
  const pingMs: number[] = [];
  const checkMs: number[] = [];
  const outcomes = new Set<string>();
  const headers: string[] = [];
  let greeting: Greeting | undefined;
  let http1: LevelSeen["http1"];
  for (let at = 0; at < looks && !surroundings.stopped; at++) {
    const held = await surroundings.open();
    if (held === undefined) break;
    const attempt = held.wire.met.attempts.at(-1);
    if (attempt !== undefined) connectMs.push(attempt.tookMs);
    const { sentMs, answeredMs } = await held.ping(limitMs);
    if (answeredMs !== undefined) pingMs.push(answeredMs - sentMs);
    const outcome = await held.checkWhole(limitMs);
    outcomes.add(outcomeText(outcome));
    if (outcome.end.kind === "complete") checkMs.push(outcome.tookMs);
    headers.push(...(outcome.headers ?? []));
    greeting ??= held.greeting;
    await held.close();
    if (at === 0 && attempt !== undefined) {
      http1 = await askHttp1(surroundings.host, {
        address: attempt.address,
        port: surroundings.target.port,
        authority: surroundings.target.authority ?? surroundings.target.host,
        ...(surroundings.target.tls === undefined ? {} : { serverName: surroundings.target.tls.serverName }),
      });
    }
  }
  return { greeting, connectMs, pingMs, checkMs, outcomes: [...outcomes], headers, http1 };
}
