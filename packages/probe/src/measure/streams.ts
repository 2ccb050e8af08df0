/** Measures concurrent streams: holds watches of health up to the limit and two beyond. Judged by `streams-policy.ts`. */

import { durationText } from "@holdfast/grpc/report";
import { nodeNetwork } from "../wire/network.ts";
import { endText } from "./end-text.ts";
import type { HeldWatch, HeldWire } from "./held-wire.ts";
import type { Finding, Measure, Plan } from "./measure.ts";
import { judgeStreams, type StreamsSeen, streamsToHold, type StreamsVerdict } from "./streams-policy.ts";
import type { Surroundings } from "./surroundings.ts";
import { unlimitedNetwork } from "./unlimited-network.ts";

/** RFC 9113 §6.5.2. */
const maxConcurrentStreams = "MAX_CONCURRENT_STREAMS";
/** Opened together; then we look whether the server keeps up. */
const step = 16;
/** A server that has not answered a watch by then is kept waiting no longer: each may hold one of its threads, ms. */
const answerMs = 1_000;

const common = { id: "streams", title: "Concurrent streams" } as const;

export const streams: Measure<Plan, StreamsSeen | undefined> = {
  ...common,
  plan: () => ({
    atMostMs: 25_000, // opening up to 260 in steps of 16, each waited for
    connections: 1,
    does: "opens watches of health up to the announced limit and two beyond it, and cancels them at once",
  }),
  act: (_plan, surroundings) => hold(surroundings),
  judge: (seen) => {
    if (seen === undefined) {
      return {
        ...common,
        verdict: "skipped",
        words: "Not measured: no connection came up.",
        facts: {},
        evidence: [],
        advice: [],
      };
    }
    return streamsFinding(judgeStreams(seen), seen);
  },
};

async function hold(surroundings: Surroundings): Promise<StreamsSeen | undefined> {
  const { target } = surroundings;
  const held = await surroundings.open(unlimitedNetwork(target.network ?? nodeNetwork(), target.tls !== undefined));
  if (held === undefined) return undefined;
  // As it came: what the engine heard was raised, the frame log sees what the engine saw.
  const announced = await announcedBy(surroundings);
  const wanted = streamsToHold(announced);
  const tally = new Tally();
  while (tally.opened < wanted && !held.isLeaving && tally.keepsUp && !surroundings.stopped) {
    const count = Math.min(step, wanted - tally.opened);
    const watches = Array.from({ length: count }, () => tally.add(held));
    await surroundings.wait(answerMs, Promise.all(watches.map(({ begun }) => begun)));
  }
  const seen = tally.seen(announced, held);
  tally.cancel();
  await held.close();
  return seen;
}

async function announcedBy(surroundings: Surroundings): Promise<number | undefined> {
  const plain = await surroundings.open();
  const value = plain?.wire.met.settings?.values.find(([name]) => name === maxConcurrentStreams)?.[1];
  await plain?.close();
  return value;
}

/** Counts what becomes of watches. */
class Tally {
  opened = 0;
  #served = 0;
  readonly #refused = new Map<string, number>();
  readonly #watches: HeldWatch[] = [];
  #over = false;

  add(held: HeldWire): HeldWatch {
    const watch = held.watch();
    this.opened++;
    this.#watches.push(watch);
    void watch.begun.then((served) => (this.#served += served ? 1 : 0));
    void watch.done.then(({ outcome = "ended", told }) => {
      if (this.#over) return;
      if (told.length > 0) this.#served--;
      this.#refused.set(outcome, (this.#refused.get(outcome) ?? 0) + 1);
    });
    return watch;
  }

  /** All that were opened were answered, and some are served. */
  get keepsUp(): boolean {
    return this.#waiting === 0 && (this.#served > 0 || this.opened === 0);
  }

  get #waiting(): number {
    return this.opened - this.#served - [...this.#refused.values()].reduce((sum, count) => sum + count, 0);
  }

  seen(announced: number | undefined, held: HeldWire): StreamsSeen {
    this.#over = true;
    return {
      announced,
      opened: this.opened,
      served: this.#served,
      refused: [...this.#refused].map(([outcome, count]) => ({ outcome, count })),
      waiting: this.#waiting,
      ...(held.isLeaving ? { ending: endText(held.life) } : {}),
    };
  }

  cancel(): void {
    for (const watch of this.#watches) watch.cancel();
  }
}

function streamsFinding(verdict: StreamsVerdict, seen: StreamsSeen): Finding {
  const { announced, opened, served, refused, waiting, ending } = seen;
  const refusals = refused.map(({ outcome, count }) => `${count} ended with ${outcome}`);
  const counts = [`${opened} watches opened`, `${served} served`, ...refusals];
  if (waiting > 0) counts.push(`${waiting} not answered within ${durationText(answerMs)}`);
  return {
    ...common,
    verdict: verdict.kind === "fatal" || verdict.kind === "not-enforced" ? "doubtful" : "well",
    words: verdictWords(verdict),
    facts: {
      ...(announced === undefined ? {} : { announced }),
      served,
      beyond: verdict.kind,
      ...(verdict.kind === "enforced" ? { refusedBy: verdict.by } : {}),
    },
    evidence: [
      announced === undefined
        ? "SETTINGS without MAX_CONCURRENT_STREAMS"
        : `SETTINGS_MAX_CONCURRENT_STREAMS ${announced}`,
      counts.join(", "),
      ...(ending === undefined ? [] : [ending]),
    ],
    advice: verdictAdvice(verdict),
    ...(announced === undefined ? {} : { catalogId: "http2/max-concurrent-streams-stall" }),
  };
}

function verdictWords(verdict: StreamsVerdict): string {
  switch (verdict.kind) {
    case "enforced":
      return `${verdict.limit} streams at once are announced and held to: one more is turned away with ${verdict.by}.`;
    case "not-enforced":
      return `${verdict.limit} streams at once are announced, but more are served.`;
    case "fatal":
      return `${verdict.limit} streams at once are announced; one more ends the whole connection: ${verdict.ending}.`;
    case "queued":
      return `${verdict.limit} streams at once are announced; one more is neither served nor turned away.`;
    case "announced":
      return `${verdict.limit} streams at once are announced; beyond it was not tried: ${verdict.why}.`;
    case "no-limit":
      return "No limit of streams at once is announced.";
  }
}

function verdictAdvice(verdict: StreamsVerdict): string[] {
  if (verdict.kind === "no-limit") return ["A client may open as many as it likes: see that the server can bear it."];
  const advice = [
    `A client with more than ${verdict.limit} calls at once on a connection lets the rest wait, often until their deadline (LM-01): ` +
      "more connections (channels with a subchannel pool of their own), or a higher limit at this hop.",
  ];
  if (verdict.kind === "enforced" && verdict.by.includes("REFUSED_STREAM")) {
    advice.push("REFUSED_STREAM was not processed: every call may be sent again.");
  }
  return advice;
}
