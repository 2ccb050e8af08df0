/** Says what was found out about the ping policy, and what it means for keepalive. Pure; rules KA of docs/measured.md. */

import { durationText } from "@holdfast/grpc/report";
import type { Finding } from "./measure.ts";
import type { PingsEvidence, Situation } from "./pings.ts";
import { judgePolicy, leastSpacingMs, type PolicyVerdict } from "./pings-policy.ts";

const common = { id: "pings", title: "Ping policy" } as const;

export function pingsFinding({ bare, held, answerWipes, lacking }: PingsEvidence): Finding {
  const verdicts = {
    bare: bare === undefined ? undefined : judgePolicy(bare),
    held: held === undefined ? undefined : judgePolicy(held),
  };
  const seen = [verdicts.held, verdicts.bare].filter((verdict) => verdict !== undefined);
  const evidence = [
    ...(bare === undefined ? [] : situationLines("without calls", bare)),
    ...(held === undefined ? [] : situationLines("with a call open", held)),
    ...new Set(lacking),
  ];
  const unknown = seen.find(({ kind }) => kind === "unknown");
  if (seen.length === 0 || unknown?.kind === "unknown") {
    const why = unknown?.kind === "unknown" ? unknown.why : (lacking[0] ?? "nothing was seen");
    return { ...common, verdict: "skipped", words: `Not measured: ${why}.`, facts: {}, evidence, advice: [] };
  }
  const policed = seen.some(({ kind }) => kind === "policed");
  return {
    ...common,
    verdict: policed && defaultsHurt(verdicts.held ?? verdicts.bare) ? "doubtful" : "well",
    words: policed ? policedWords(verdicts, answerWipes) : noneWords(seen),
    facts: {
      policed,
      ...factsOf("", verdicts.held),
      ...factsOf("withoutCalls", verdicts.bare),
      ...wipesFact(answerWipes),
    },
    evidence,
    advice: policed ? policedAdvice(verdicts) : [noneAdvice],
    ...(policed ? { catalogId: "http2/enhance-your-calm-too-many-pings" } : {}),
  };
}

interface Verdicts {
  readonly bare: PolicyVerdict | undefined;
  readonly held: PolicyVerdict | undefined;
}

/** Clients may PING every 10 s (gRFC A8's floor); what asks for more than the customary 5 min is out of the ordinary. */
const customaryMs = 330_000;

function defaultsHurt(verdict: PolicyVerdict | undefined): boolean {
  return verdict?.kind === "policed" && verdict.least.struckMs >= customaryMs;
}

function noneWords(seen: readonly PolicyVerdict[]): string {
  const [first] = seen;
  if (first?.kind !== "none-seen") return "";
  return `No policy was seen: ${first.sent} PINGs, ${durationText(first.spacingMs)} apart, were all answered.`;
}

const noneAdvice =
  "Keepalive of any spacing works here today. It will not behind grpc-go, C-core or grpc-java, which permit one PING in " +
  "5 min unless they are told otherwise; what is answered here may be a hop that the server stands behind.";

function policedWords({ bare, held }: Verdicts, answerWipes: boolean | undefined): string {
  const words: string[] = [];
  if (held !== undefined) words.push(`With a call open ${verdictText(held)}.`);
  if (bare !== undefined) words.push(`Without calls ${sameAs(bare, held) ? "the same holds" : verdictText(bare)}.`);
  if (answerWipes === true) words.push("An answer of the server wipes the slate.");
  if (answerWipes === false) words.push("An answer of the server does not wipe the slate.");
  return words.join(" ");
}

function verdictText(verdict: PolicyVerdict): string {
  switch (verdict.kind) {
    case "none-seen":
      return `${verdict.sent} PINGs, ${durationText(verdict.spacingMs)} apart, were all answered`;
    case "policed":
      return `${forgivenText(verdict.forgiven)}; ${spacingText(verdict)}`;
    case "unknown":
      return `it is not known: ${verdict.why}`;
  }
}

function forgivenText(forgiven: number): string {
  if (forgiven === 0) return "the first PING ends the connection";
  return `${forgiven} PING${forgiven === 1 ? "" : "s"} in a row ${forgiven === 1 ? "is" : "are"} forgiven and the next one ends the connection`;
}

function spacingText({ least }: Extract<PolicyVerdict, { readonly kind: "policed" }>): string {
  const { struckMs, toleratedMs } = least;
  if (toleratedMs === Infinity) {
    return struckMs === 0
      ? "which spacing is tolerated was not seen"
      : `even ${durationText(struckMs)} apart is too soon`;
  }
  const struck = struckMs === 0 ? "" : `, ${durationText(struckMs)} apart is too soon`;
  return `${durationText(toleratedMs)} apart they are tolerated${struck}`;
}

/** Both brackets can be one and the same number. */
function sameAs(one: PolicyVerdict, other: PolicyVerdict | undefined): boolean {
  if (one.kind !== "policed" || other?.kind !== "policed" || one.forgiven !== other.forgiven) return false;
  return one.least.struckMs < other.least.toleratedMs && other.least.struckMs < one.least.toleratedMs;
}

function policedAdvice({ bare, held }: Verdicts): string[] {
  const advice: string[] = [];
  const by = held ?? bare;
  if (by?.kind === "policed") {
    const { toleratedMs, struckMs } = by.least;
    const fits =
      toleratedMs === Infinity
        ? `above ${durationText(struckMs)}, by how much was not seen (a longer --for tells)`
        : `${durationText(1.1 * toleratedMs)} or more, a tenth above what is tolerated`;
    advice.push(
      `Keepalive of clients: a time of ${fits} (keepalive.timeMs, grpc-go Time, grpc.keepalive_time_ms, grpc-java keepAliveTime).`,
    );
  }
  if (bare?.kind === "policed" && held !== undefined && !sameAs(bare, held)) {
    advice.push(
      "Not without calls: leave permitWithoutStream, grpc.keepalive_permit_without_calls and keepAliveWithoutCalls off, or " +
        "permit it at the server too (.NET pings without calls by default once KeepAlivePingDelay is set).",
    );
  }
  advice.push(
    "grpc-js, grpc-java and connect-node tell callers RESOURCE_EXHAUSTED or INTERNAL for it, which no usual policy retries.",
  );
  return advice;
}

function factsOf(prefix: string, verdict: PolicyVerdict | undefined): Record<string, number> {
  if (verdict?.kind !== "policed") return {};
  const name = (rest: string): string => (prefix === "" ? rest : prefix + rest[0]?.toUpperCase() + rest.slice(1));
  const leastMs = leastSpacingMs(verdict.least);
  return {
    [name("forgiven")]: verdict.forgiven,
    ...(verdict.least.struckMs === 0 ? {} : { [name("struckMs")]: Math.round(verdict.least.struckMs) }),
    ...(leastMs === undefined
      ? {}
      : { [name("toleratedMs")]: Math.round(verdict.least.toleratedMs), [name("leastMs")]: Math.round(leastMs) }),
  };
}

function wipesFact(answerWipes: boolean | undefined): Record<string, boolean> {
  return answerWipes === undefined ? {} : { answerWipes };
}

function situationLines(name: string, { rapid, trials, ending }: Situation): string[] {
  const { sent, answered, spacingMs, struckAt } = rapid;
  const outcome = struckAt === undefined ? "" : `; PING ${struckAt} drew ${ending}`;
  const lines = [`${name}: ${sent} PINGs ${durationText(spacingMs)} apart, ${answered} answered${outcome}`];
  for (const met of ["struck", "tolerated", "lost"] as const) {
    const gaps = trials.filter((trial) => trial.met === met).map(({ gapMs }) => gapMs);
    if (gaps.length === 0) continue;
    const shown = gaps.sort((a, b) => a - b).map(durationText);
    lines.push(`${name}: one more PING after a pause was ${met} at ${shown.join(", ")}`);
  }
  return lines;
}
