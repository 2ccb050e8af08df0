/**
 * What a folder of `entries/` must hold: four files, each with its schema here. Facts stand in `entry.yaml`, words in
 * `en.yaml` and `zh.yaml`, texts of programs in `signatures.yaml`. A claim has an id in `entry.yaml`; the words of both
 * languages hang on that id, so that no language can say more than the other. Reads nothing itself.
 */

import { z } from "zod";
import { compileTemplate } from "../match/template.ts";
import {
  categories,
  commonCauses,
  implementations,
  origins,
  processedAnswers,
  rootCauseTypes,
  statusNames,
} from "../record/vocabulary.ts";

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "kebab-case");
const entryId = z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "domain/slug");
const date = z.iso.date();
const line = z
  .string()
  .min(1)
  .regex(/^[^\n]*$/, "one line");
const prose = z.string().min(1);

/** Something a claim can lean on. Every key of `sources` must be used, every use must have its key. */
const source = z.discriminatedUnion("kind", [
  /** Source code that was read: the file at that commit (or release). */
  z.strictObject({ kind: z.literal("code"), repo: line, path: line, commit: line.optional(), symbol: line.optional() }),
  /** An issue or pull request, `owner/repo#123`. */
  z.strictObject({
    kind: z.literal("thread"),
    thread: z.string().regex(/^[\w.-]+\/[\w.-]+#\d+$/),
    state: line.optional(),
  }),
  /** A public page: a specification, a manual, an announcement. */
  z.strictObject({ kind: z.literal("page"), url: z.url(), title: line, section: line.optional() }),
  /** A run with real programs: which ones, in which versions. */
  z.strictObject({ kind: z.literal("run"), what: line, with: z.array(line).min(1) }),
]);

/** Numbers that somebody published without a method; shown beside ours, never as ours. */
const claimed = z.strictObject({
  rate: z.number().min(0).max(1),
  tier: line,
  evidence_count: z.number().int().nullable(),
  from: line,
});

const claim = z.strictObject({
  id: slug,
  origin: z.enum(origins),
  /** Keys of `sources`. Only an unverified claim may have none. */
  sources: z.array(slug),
  claimed: claimed.optional(),
  /** Where it matters: the programs that this step is for. Absent: all. */
  for: z.array(z.enum(implementations)).optional(),
});

/** One frame or event of the picture, in time order. `to` is drawn as an arrowhead; `self` is something that just happens. */
const wireStep = z.strictObject({
  from: z.enum(["client", "proxy", "server", "kernel"]),
  to: z.enum(["client", "proxy", "server", "self"]),
  /** As in `GOAWAY(NO_ERROR, last=7)`; frames, TCP segments, process events. The same in every language. */
  frame: line,
});

export const entryFacts = z.strictObject({
  category: z.enum(categories),
  subcategory: slug.nullable(),
  root_cause_type: z.enum(rootCauseTypes),
  /** The gRPC status or the errno that most implementations show; null when there is no one such thing. */
  error_code: line.nullable(),
  resolvable: z.union([z.boolean(), z.literal("partial")]),
  cause: z.strictObject({ origin: z.enum(origins), sources: z.array(slug) }),
  processed: z.strictObject({ answer: z.enum(processedAnswers), origin: z.enum(origins), sources: z.array(slug) }),
  wire: z.array(wireStep),
  /** Best first. */
  workarounds: z.array(claim).min(1),
  dead_ends: z.array(claim).min(1),
  /** Edges may be written at either end: the other end is filled in. */
  leads_to: z.array(entryId),
  preceded_by: z.array(entryId),
  confused_with: z.array(entryId),
  common_causes: z.array(z.enum(commonCauses)),
  os_specific: z.record(slug, line),
  official_doc: z.strictObject({ url: z.url(), section: line.nullable() }).nullable(),
  sources: z.record(slug, source),
  first_seen: date,
  last_confirmed: date,
  last_updated: date,
  tags: z.array(slug),
  aliases: z.array(entryId),
});

export const entryWords = z.strictObject({
  /** What a person sees, in at most 90 characters. */
  title: line.max(90),
  /** What happened, one or two sentences: the first thing a tired person reads. */
  happened: prose,
  /** Who closed what. */
  closed_by: prose,
  /** Was the call processed, may it be sent again. */
  again: prose,
  /** Why, in two to six sentences. */
  cause: prose,
  /** By the ids in `entry.yaml`, the same set. `how` may hold commands or configuration in Markdown fences. */
  workarounds: z.record(slug, z.strictObject({ action: prose, how: prose.optional(), condition: prose.optional() })),
  dead_ends: z.record(slug, z.strictObject({ action: prose, why: prose, condition: prose.optional() })),
  /** How to make the programs talk and what to look for; `run` is a command, a variable or a filter, the same in all languages. */
  be_sure: z.array(z.strictObject({ say: prose, run: line.optional() })).min(1),
});

const template = line.superRefine((text, context) => {
  try {
    compileTemplate(text).toRegex(); // a template is read when it is first used
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
  }
});

/** One text that one program prints. `text` is a template, see `match/template.ts`. */
const signature = z.strictObject({
  implementation: z.enum(implementations),
  /** The gRPC status that comes with it; null where the text stands in a log without one. */
  code: z.enum(statusNames).nullable(),
  text: template,
  /** A line as it is really printed; the template must find it, with that status. */
  example: line,
  /** In which versions the text was seen or read, as the program counts them. */
  versions: z.array(line).min(1),
  origin: z.enum(origins),
  sources: z.array(slug),
  /**
   * Place among the entries that share this text with this status: 1 is the likeliest. Decisive texts have 1. A text of
   * rank 8 or 9 is what a program prints around every failure of a kind: it decides only where nothing else does.
   */
  rank: z.number().int().min(1).max(9).default(1),
  /** The message of the status must be this text and nothing else. */
  whole: z.boolean().default(false),
  /**
   * How much must stand around it. `none`: the text is proof enough. `grpc`: the lines around it must speak of gRPC or
   * HTTP/2. `status`: it must be the message of a gRPC status.
   */
  context: z.enum(["none", "grpc", "status"]).default("none"),
  /** `failure`: the text is the failure itself. `clue`: it stands near the failure and makes this entry likelier. */
  role: z.enum(["failure", "clue"]).default("failure"),
});

export const entrySignatures = z.array(signature).min(1);

const questionWords = z.strictObject({ en: prose, zh: prose });
const answer = z.strictObject({ en: prose, zh: prose, fits: z.array(entryId).min(1) });

/** A file of `questions/`: one question that tells entries apart. An entry that no answer names is not judged by it. */
export const questionSource = z.strictObject({
  asks: questionWords,
  /** How to find out. */
  look: questionWords,
  answers: z.record(slug, answer).refine((all) => Object.keys(all).length >= 2, "at least two answers"),
});

export type EntryFacts = z.infer<typeof entryFacts>;
export type EntryWords = z.infer<typeof entryWords>;
export type EntrySignatures = z.infer<typeof entrySignatures>;
export type QuestionSource = z.infer<typeof questionSource>;
