/**
 * The structured answer of `get_entry`: a record in one language, as the pages show it. Schema and filling. A record of
 * somebody's own in the received format says less; what it does not say is empty.
 */

import type { Language } from "@holdfast/catalog";
import { isEntryRecord, viewRecord, type RecordView } from "@holdfast/catalog/render";
import { implementations, origins, processedAnswers } from "@holdfast/catalog/schema";
import { z } from "zod";
import type { FoundRecord } from "../catalog/catalog-entries.ts";

const proof = {
  origin: z.enum(origins).nullable().describe("How the claim is known; null where nobody says."),
  sources: z.array(z.string()),
};

const advice = z.object({
  action: z.string(),
  detail: z.string().describe("How to do it, or why it fails. Markdown."),
  condition: z.string().describe("When it holds. May be empty."),
  rate: z.string().describe("What was measured, and what others claim; not a promise."),
  programs: z.array(z.string()).describe("Programs that it is for; empty means all."),
  ...proof,
});

export const entryOutput = z.object({
  id: z.string(),
  title: z.string(),
  aliases: z.array(z.string()),
  domain: z.string(),
  category: z.string(),
  tags: z.array(z.string()),
  errorCode: z.string().nullable().describe("The gRPC status that callers see most."),
  verification: z.string(),
  from: z.string().optional().describe("The file, when it is a record of the user's own."),
  happened: z.string(),
  closedBy: z.string(),
  processed: z.object({
    answer: z.enum(processedAnswers).describe("Whether the server may have acted on the call."),
    again: z.string().describe("Whether the call may be sent again."),
    ...proof,
  }),
  cause: z.object({ text: z.string(), ...proof }),
  wire: z.array(z.object({ from: z.string(), to: z.string(), frame: z.string() })).describe("In the order of time."),
  texts: z
    .array(
      z.object({
        implementation: z.enum(implementations),
        code: z.string().nullable(),
        example: z.string(),
        versions: z.array(z.string()),
        isClue: z.boolean().describe("Stands near the failure and is not the failure."),
        ...proof,
      }),
    )
    .describe("How programs print it."),
  workarounds: z.array(advice).describe("Best first."),
  deadEnds: z.array(advice).describe("Popular advice that does not help, and why."),
  beSure: z.array(z.object({ say: z.string(), run: z.string().nullable() })),
  questions: z.array(
    z.object({
      id: z.string(),
      ask: z.string(),
      look: z.string(),
      answers: z.array(z.object({ id: z.string(), text: z.string(), fits: z.array(z.string()) })),
    }),
  ),
  related: z.object({
    leadsTo: z.array(z.string()),
    precededBy: z.array(z.string()),
    confusedWith: z.array(z.string()),
  }),
  officialDoc: z.string().nullable(),
  resource: z.string().describe("The same as a page of Markdown."),
});

export type EntryOutput = z.infer<typeof entryOutput>;

export function entryOutputOf({ record, from }: FoundRecord, language: Language): EntryOutput {
  const view = viewRecord(record, language);
  const { own } = view;
  const prove = proofsOf(view);
  const { leads_to, preceded_by, frequently_confused_with } = record.transition_graph;
  return {
    id: record.id,
    title: view.title,
    aliases: record.aliases,
    domain: record.domain,
    category: record.category,
    tags: record.tags,
    errorCode: record.error_code,
    verification: record.verification_tier,
    ...(from === undefined ? {} : { from: from.path }),
    happened: own?.happened ?? view.cause,
    closedBy: own?.closedBy ?? "",
    processed: { answer: own?.processed ?? "depends", again: own?.again ?? "", ...prove(own?.processedProof) },
    cause: { text: view.cause, ...prove(own?.causeProof) },
    wire: own?.wire ?? [],
    texts: (own?.signatures ?? []).map(({ code, example, versions, isClue, proof: its }, index) => ({
      implementation: implementationAt(record, index),
      code,
      example,
      versions: [...versions],
      isClue,
      ...prove(its),
    })),
    workarounds: view.workarounds.map((each) => adviceOf(each, prove)),
    deadEnds: view.deadEnds.map((each) => adviceOf(each, prove)),
    beSure: [...(own?.beSure ?? [])],
    questions: (own?.questions ?? []).map(({ id, ask, look, answers }) => ({
      id,
      ask,
      look,
      answers: answers.map(({ id: answer, text, fits }) => ({ id: answer, text, fits: [...fits] })),
    })),
    related: { leadsTo: leads_to, precededBy: preceded_by, confusedWith: frequently_confused_with },
    officialDoc: record.official_doc_url,
    resource: `holdfast://entry/${record.id}`,
  };
}

/** Pages take any name for a program; the record has it from the closed list. */
function implementationAt(
  record: FoundRecord["record"],
  index: number,
): EntryOutput["texts"][number]["implementation"] {
  return (isEntryRecord(record) ? record.signatures[index]?.implementation : undefined) ?? "any";
}

type Advice = RecordView["workarounds"][number];
type Proof = NonNullable<Advice["proof"]>;
type Prove = (proof: Proof | undefined) => Pick<EntryOutput["cause"], "origin" | "sources">;

/** Pages number their sources; here each claim has its own in full. */
function proofsOf({ sources }: RecordView): Prove {
  return (its) => ({
    origin: its?.origin ?? null,
    sources: (its?.sources ?? []).flatMap((number) => sources[number - 1] ?? []),
  });
}

function adviceOf({ action, detail, condition, rate, claimedBy, programs, proof: its }: Advice, prove: Prove) {
  return {
    action,
    detail,
    condition,
    rate: claimedBy === undefined ? rate : `${rate} (${claimedBy})`,
    programs: [...programs],
    ...prove(its),
  };
}
