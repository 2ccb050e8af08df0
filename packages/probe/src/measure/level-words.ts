/** Says who answers, as likely as it is. Pure. */

import { durationText } from "@holdfast/grpc/report";
import type { LevelSeen, LevelVerdict } from "./level-policy.ts";
import type { Finding } from "./measure.ts";
import { settingsText } from "./speakers.ts";

const common = { id: "level", title: "Who answers" } as const;

export function levelFinding(verdict: LevelVerdict, seen: LevelSeen): Finding {
  if (seen.greeting === undefined) {
    return {
      ...common,
      verdict: "skipped",
      words: "Not measured: no connection came up.",
      facts: {},
      evidence: [],
      advice: [],
    };
  }
  const { answers, certainty, names, between } = verdict;
  return {
    ...common,
    verdict: "well",
    words: `${answerWords(verdict)} ${betweenWords(verdict)}`,
    facts: {
      layer: answers === "proxy" ? "L7" : answers === "server" ? "server" : "unknown",
      certainty: Math.round(certainty * 100) / 100,
      ...(names.length === 0 ? {} : { speaker: names.join(" or ") }),
      l4: between.certainty >= 0.5,
      l4Certainty: Math.round(between.certainty * 100) / 100,
      ...least("connectMs", seen.connectMs),
      ...least("pingMs", seen.pingMs),
      ...least("checkMs", seen.checkMs),
    },
    evidence: [...verdict.reasons, ...between.reasons, ...seenLines(seen)],
    advice: adviceFor(verdict),
    ...(answers === "proxy" ? { catalogId: "proxy/ping-is-hop-by-hop" } : {}),
  };
}

function answerWords({ answers, certainty, names }: LevelVerdict): string {
  const name = names.join(" or ");
  const who = name === "" ? "" : `, by its ways ${name}`;
  switch (answers) {
    case "proxy":
      return `What answers is ${howLikely(certainty)} a proxy that speaks HTTP/2 (L7)${who}.`;
    case "server":
      return `What answers is ${howLikely(certainty)} the server itself${who}.`;
    case "unknown":
      return `Whether the server itself answers cannot be told${name === "" ? "" : `; it could be ${name}`}.`;
  }
}

function betweenWords({ between, answers }: LevelVerdict): string {
  if (between.certainty >= 0.5)
    return `Something that does not speak HTTP/2 (L4) is ${howLikely(between.certainty)} in between.`;
  return answers === "server"
    ? "Nothing else showed itself; an L4 hop does so only by its timeouts (measure idle)."
    : "Of what is behind it nothing is seen from here.";
}

function howLikely(certainty: number): string {
  if (certainty >= 0.9) return "very likely";
  return certainty >= 0.6 ? "likely" : "perhaps";
}

function adviceFor({ answers, between }: LevelVerdict): string[] {
  const advice: string[] = [];
  if (answers === "proxy") {
    advice.push(
      "PINGs end at the proxy: keepalive tells whether the proxy is there, not the server, and the leg behind it needs its own (KA-11).",
      "GOAWAY, ages and limits measured here are the proxy's. The server's own, measured behind it, must fit (AG-07, AG-08).",
      "What the proxy does to streams without messages (its read and idle timeouts) no PING prevents.",
    );
  }
  if (between.certainty >= 0.5) {
    advice.push(
      "An L4 hop counts bytes: keepalive PINGs keep its flows, if their time plus timeout is below its idle timeout (KA-09).",
    );
  }
  return advice;
}

function seenLines({ greeting, outcomes, connectMs, pingMs, checkMs, http1 }: LevelSeen): string[] {
  const times = [
    ["TCP connect", connectMs],
    ["PING", pingMs],
    ["health check", checkMs],
  ] as const;
  const shown = times.flatMap(([name, values]) =>
    values.length === 0 ? [] : [`${name} ${precisely(Math.min(...values))}`],
  );
  return [
    `SETTINGS ${settingsText(greeting?.settings ?? [])}`,
    `least of ${connectMs.length}: ${shown.join(", ")}; health: ${outcomes.join(", ")}`,
    ...(http1 === undefined ? [] : [`OPTIONS * in HTTP/1.1: ${http1.kind}`]),
  ];
}

/** Loopback and racks have round trips below a millisecond. */
function precisely(ms: number): string {
  return ms < 10 ? `${ms.toFixed(2)} ms` : durationText(ms);
}

function least(name: string, values: readonly number[]): Record<string, number> {
  return values.length === 0 ? {} : { [name]: Math.round(Math.min(...values) * 100) / 100 };
}
