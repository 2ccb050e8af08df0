/**
 * The structured answer of `explain_error` and `answer_question`, as a schema: the command's `--json` with the words of
 * the entries. Everything that comes from the input, and nothing else, stands under `pasted`.
 */

import { z } from "zod";
import { implementations, processedAnswers, statusNames } from "@holdfast/catalog/schema";
import { pastedNotice } from "./pasted-data.ts";

const facts = z
  .object({
    implementation: z.enum(implementations),
    version: z.string(),
    code: z.enum(statusNames),
    httpStatus: z.number(),
    http2Code: z.number(),
    lastStreamId: z.number(),
    debugData: z.string(),
    streamId: z.number(),
    addresses: z.array(z.string()),
    elapsedMs: z.number(),
    proxyFlags: z.string(),
  })
  .partial()
  .describe("What the text itself gives away.");

const pasted = z
  .object({ notice: z.literal(pastedNotice), text: z.string(), facts })
  .describe("Taken from the input. Secrets are masked.");

const words = z.object({
  happened: z.string(),
  closedBy: z.string().describe("Who ended it."),
  again: z.string().describe("Whether the call may be sent again."),
  why: z.string(),
  todo: z.array(z.object({ action: z.string(), how: z.string(), condition: z.string() })).describe("Best first."),
  notTodo: z.array(z.object({ action: z.string(), why: z.string() })).describe("Popular advice that does not help."),
  beSure: z.array(z.object({ say: z.string(), run: z.string().nullable() })).describe("How to check the diagnosis."),
});

const question = z.object({
  id: z.string(),
  ask: z.string(),
  look: z.string().describe("Where the answer can be seen."),
  answers: z.array(z.object({ id: z.string(), text: z.string() })),
});

const finding = z.object({
  id: z.string().describe("The likeliest entry; get_entry tells all of it."),
  title: z.string(),
  tied: z.array(z.string()).describe("Entries that fit the text equally well, likeliest first, id first of all."),
  tiedTitles: z.array(z.string()).describe("In the order of tied."),
  confidence: z.number().describe("How often the cause is among tied, for answers of this kind. 0 to 1."),
  lines: z.array(z.int()).length(2).describe("First and last line of the first occurrence, counted from 1."),
  count: z.int().describe("Occurrences."),
  processed: z.enum(processedAnswers).describe("Whether the server may have acted on the call."),
  from: z.string().optional().describe("The file, when it is a record of the user's own."),
  tier: z.string().optional().describe("How well a record of the user's own says that it is proven."),
  words: words
    .optional()
    .describe("Of the likeliest entry: while several are tied, `processed` binds. Absent late in a long list."),
  contradicted: z
    .array(z.object({ question: z.string(), answer: z.string() }))
    .optional()
    .describe("Given answers that the text or another answer speaks against; they were left out."),
  question: question.optional().describe("Would tell the tied entries apart; hand the answer to answer_question."),
  pasted,
});

export const explanationOutput = z.object({
  known: z.boolean().describe("False: nothing fits. Do not guess; do what capture says."),
  findings: z.array(finding).describe("In the order of the input."),
  findingsLeftOut: z.int().describe("Further findings, not listed because there are too many."),
  notKnown: z.array(z.object({ line: z.int(), pasted })).describe("Lines that look like failed calls; no text fits."),
  capture: z.array(z.object({ say: z.string(), run: z.string() })).describe("What to capture next when not known."),
  linesRead: z.int(),
  bytesRead: z.int(),
});

export const answeredOutput = explanationOutput.extend({
  answered: z.object({
    question: z.string(),
    answer: z.string(),
    changed: z.boolean().describe("False: no tie in this text depends on the answer."),
  }),
});

export type ExplanationOutput = z.infer<typeof explanationOutput>;
