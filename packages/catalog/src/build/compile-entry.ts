/**
 * One entry's source → its record. Fields stand in the received format's order first, then ours, because that is the order
 * in which the JSON is printed. A rate is null until an experiment has measured it.
 */

import { fixedParts } from "../match/fixed-parts.ts";
import { compileTemplate } from "../match/template.ts";
import type { EntryRecord } from "../record/entry-record.ts";
import { compileMeasured, measuredClaim, measuredHead, rounded } from "./compile-measured.ts";
import type { Edges } from "./edges.ts";
import type { EntryFacts } from "./entry-source.ts";
import type { EntrySource, Question } from "./read-sources.ts";
import { sourceText } from "./source-text.ts";

export interface EntryContext {
  readonly edges: Edges;
  /** All questions; those that name the entry are taken up. */
  readonly questions: readonly Question[];
}

type Claim = EntryFacts["workarounds"][number];
type Signature = EntrySource["signatures"][number];

export function compileEntry(entry: EntrySource, context: EntryContext): EntryRecord {
  return { ...receivedPart(entry, context), ...ownPart(entry, context) };
}

/** The fields that the received format has, with what it knows and what we know inside them. */
function receivedPart(entry: EntrySource, { edges }: EntryContext) {
  const { id, facts, en, zh } = entry;
  const head = measuredHead(
    entry.measured,
    facts.workarounds.map(({ id: workaroundId }) => workaroundId),
  );
  const seen = entry.signatures.find(({ role }) => role === "failure") ?? entry.signatures[0];
  return {
    id,
    signature: seen === undefined ? "" : withoutHoles(seen.text),
    signature_zh: zh.title,
    regex: seen === undefined ? null : compileTemplate(seen.text).toRegex(),
    domain: id.slice(0, id.indexOf("/")),
    category: facts.category,
    subcategory: facts.subcategory,
    root_cause: en.cause,
    root_cause_type: facts.root_cause_type,
    root_cause_zh: zh.cause,
    versions: versionsOf(entry.signatures),
    os_specific: facts.os_specific,
    dead_ends: facts.dead_ends.map((claim) => deadEnd(claim, entry)),
    workarounds: facts.workarounds.map((claim) => workaround(claim, entry)),
    workarounds_zh: facts.workarounds.map((claim) => zh.workarounds[claim.id]?.action ?? ""),
    transition_graph: {
      leads_to: [...edges.leadsTo],
      preceded_by: [...edges.precededBy],
      frequently_confused_with: [...edges.confusedWith],
    },
    official_doc_url: facts.official_doc?.url ?? null,
    official_doc_section: facts.official_doc?.section ?? null,
    error_code: facts.error_code,
    // Reproduced, or emulated, is what an experiment counted.
    verification_tier: head.tier ?? (facts.cause.origin === "reproduced" ? "observed" : facts.cause.origin),
    confidence: head.confidence,
    fix_success_rate: head.fixSuccessRate,
    resolvable: facts.resolvable,
    first_seen: facts.first_seen,
    last_confirmed: facts.last_confirmed,
    last_updated: facts.last_updated,
    evidence_count: Object.keys(facts.sources).length,
    tags: facts.tags,
    locale: "en",
    aliases: facts.aliases,
  };
}

function ownPart({ id, facts, en, zh, signatures, measured }: EntrySource, { questions }: EntryContext) {
  return {
    title: en.title,
    title_zh: zh.title,
    happened: en.happened,
    happened_zh: zh.happened,
    closed_by: en.closed_by,
    closed_by_zh: zh.closed_by,
    processed: {
      answer: facts.processed.answer,
      why: en.again,
      why_zh: zh.again,
      origin: facts.processed.origin,
      sources: sourceTexts(facts, facts.processed.sources),
    },
    cause_origin: facts.cause.origin,
    cause_sources: sourceTexts(facts, facts.cause.sources),
    wire: facts.wire,
    signatures: signatures.map((signature) => recordSignature(signature, facts)),
    workarounds_how_zh: facts.workarounds.map((claim) => ({
      how: zh.workarounds[claim.id]?.how ?? "",
      condition: zh.workarounds[claim.id]?.condition ?? "",
    })),
    dead_ends_zh: facts.dead_ends.map((claim) => ({
      action: zh.dead_ends[claim.id]?.action ?? "",
      why_fails: zh.dead_ends[claim.id]?.why ?? "",
      condition: zh.dead_ends[claim.id]?.condition ?? "",
    })),
    be_sure: en.be_sure.map((step, index) => ({
      say: step.say,
      say_zh: zh.be_sure[index]?.say ?? "",
      run: step.run ?? null,
    })),
    questions: questions.filter((question) => names(question, id)).map(recordQuestion),
    common_causes: facts.common_causes,
    measured: compileMeasured(measured),
  };
}

/** A template as a person reads it: `GOAWAY with code {int}` → `GOAWAY with code …`. */
function withoutHoles(template: string): string {
  return fixedParts(template).join("…");
}

/** What entries say where no version is known; in a table of versions it would look like one. */
const noVersions: ReadonlySet<string> = new Set(["any", "none known", "not stated", "older", "version not given"]);

function versionsOf(signatures: readonly Signature[]): EntryRecord["versions"] {
  const names = new Set(
    signatures.flatMap(({ implementation, versions }) =>
      versions
        .filter((version) => !noVersions.has(version))
        .map((version) => (implementation === "any" ? version : `${implementation} ${version}`)),
    ),
  );
  return [...names].map((version) => ({
    version,
    introduced: null,
    deprecated: null,
    removed: null,
    behavior_change: null,
    status: "active",
  }));
}

function workaround(claim: Claim, { facts, en, measured }: EntrySource): EntryRecord["workarounds"][number] {
  const words = en.workarounds[claim.id];
  const rate = measuredClaim(measured, claim.id);
  return {
    action: words?.action ?? "",
    success_rate: rate === null ? null : rounded(rate.survived / rate.trials),
    how: words?.how ?? "",
    condition: words?.condition ?? "",
    sources: sourceTexts(facts, claim.sources),
    ...claimPart(claim, rate),
  };
}

function deadEnd(claim: Claim, { facts, en, measured }: EntrySource): EntryRecord["dead_ends"][number] {
  const words = en.dead_ends[claim.id];
  const rate = measuredClaim(measured, claim.id);
  return {
    action: words?.action ?? "",
    why_fails: words?.why ?? "",
    fail_rate: rate === null ? null : rounded(1 - rate.survived / rate.trials),
    condition: words?.condition ?? "",
    sources: sourceTexts(facts, claim.sources),
    ...claimPart(claim, rate),
  };
}

function claimPart(claim: Claim, measured: EntryRecord["workarounds"][number]["measured"]) {
  return { id: claim.id, origin: claim.origin, claimed: claim.claimed ?? null, measured, for: claim.for ?? [] };
}

function recordSignature(signature: Signature, facts: EntryFacts): EntryRecord["signatures"][number] {
  const { implementation, code, text, example, versions, origin, rank, whole, context, role } = signature;
  const regex = compileTemplate(text).toRegex();
  const sources = sourceTexts(facts, signature.sources);
  return { implementation, code, text, regex, example, versions, origin, sources, rank, whole, context, role };
}

function recordQuestion({ id, source }: Question): EntryRecord["questions"][number] {
  const answers = Object.entries(source.answers).map(([answerId, answer]) => ({
    id: answerId,
    text: answer.en,
    text_zh: answer.zh,
    fits: answer.fits,
  }));
  const { asks, look } = source;
  return { id, ask: asks.en, ask_zh: asks.zh, look: look.en, look_zh: look.zh, answers };
}

function names({ source }: Question, id: string): boolean {
  return Object.values(source.answers).some(({ fits }) => fits.includes(id));
}

/** A key without a source is the gate's to find. */
function sourceTexts(facts: EntryFacts, keys: readonly string[]): string[] {
  return keys
    .map((key) => facts.sources[key])
    .filter((source) => source !== undefined)
    .map(sourceText);
}
