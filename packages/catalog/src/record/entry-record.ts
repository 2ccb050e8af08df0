/**
 * A record of ours: the received format, every field with its name and meaning, and what we know beside it. This is the
 * JSON of the site, of the API and of `holdfast show --format json`. It is made from the files of an entry's folder.
 */

import { z } from "zod";
import { receivedRecord } from "./received-record.ts";
import {
  commonCauses,
  implementations,
  origins,
  processedAnswers,
  statusNames,
  verificationTiers,
} from "./vocabulary.ts";

const sourceText = z
  .string()
  .describe("A source in words and address: repository, path and commit, a thread, a page, a run.");

const claimed = z.object({
  rate: z.number().min(0).max(1),
  tier: z.string(),
  evidence_count: z.number().int().nullable(),
  from: z.string(),
});

const countFields = {
  trials: z.number().int().min(1).describe("Each is one channel in a world of its own."),
  survived: z.number().int().min(0).describe("Trials in which every call ended OK."),
  executed_twice: z.number().int().min(0).describe("Trials in which a call was executed more than once."),
  never_settled: z.number().int().min(0).describe("Trials with a call that never settled."),
  interval: z.tuple([z.number(), z.number()]).describe("Of survived: Wilson score interval, 95 %."),
};

const versionsOfClient = z.record(z.string(), z.string());

/** What an experiment counted, over the clients that showed the failure. */
const measured = z.object({
  says: z.string().describe("What was done, in a line."),
  ...countFields,
  experiment: z.string().describe("The command that counts again."),
  by: z.array(z.object({ client: z.string(), versions: versionsOfClient, ...countFields })),
});

/** The run behind all rates of an entry. */
const measuredRun = z.object({
  experiment: z.string().describe("The command that counts again."),
  says: z.string().describe("What was made to happen."),
  tier: z.enum(["reproduced", "emulated"]),
  seed: z.number().int(),
  date: z.string(),
  trials: z.number().int().describe("Asked of each client in each arm."),
  stop_rule: z.string(),
  machine: z.object({ cores: z.number().int(), system: z.string() }),
  control: measured.describe("Nothing done about the failure."),
  not_reproduced: z.array(z.string()).describe("Clients whose control had no failure."),
  texts: z.array(z.object({ client: z.string(), text: z.string(), count: z.number().int() })),
  not_set: z.array(z.object({ client: z.string(), treatment: z.string(), setting: z.string(), why: z.string() })),
  skipped: z.array(z.object({ client: z.string(), why: z.string() })),
  recording: z
    .object({
      client: z.string(),
      frames: z.array(
        z.object({
          at_ms: z.number(),
          connection: z.number().int(),
          from: z.enum(["client", "server"]),
          frame: z.string(),
        }),
      ),
    })
    .nullable()
    .describe("What passed on the wire in the first trial of one client's control."),
});

const claimFields = {
  id: z.string(),
  origin: z.enum(origins),
  claimed: claimed.nullable(),
  measured: measured.nullable(),
  for: z.array(z.enum(implementations)).describe("Programs that it is for; empty means all."),
};

const workaround = z.object({
  action: z.string(),
  success_rate: z.number().min(0).max(1).nullable(),
  how: z.string(),
  condition: z.string(),
  sources: z.array(sourceText),
  ...claimFields,
});

const deadEnd = z.object({
  action: z.string(),
  why_fails: z.string(),
  fail_rate: z.number().min(0).max(1).nullable(),
  condition: z.string(),
  sources: z.array(sourceText),
  ...claimFields,
});

const signature = z.object({
  implementation: z.enum(implementations),
  code: z.enum(statusNames).nullable(),
  text: z.string().describe("A template: fixed words with {holes}."),
  regex: z.string().describe("The same as an expression that RE2 reads."),
  example: z.string(),
  versions: z.array(z.string()),
  origin: z.enum(origins),
  sources: z.array(sourceText),
  rank: z.number().int(),
  whole: z.boolean(),
  context: z.enum(["none", "grpc", "status"]),
  role: z.enum(["failure", "clue"]),
});

const question = z.object({
  id: z.string(),
  ask: z.string(),
  ask_zh: z.string(),
  look: z.string(),
  look_zh: z.string(),
  answers: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      text_zh: z.string(),
      fits: z.array(z.string()).describe("Entries that this answer speaks for."),
    }),
  ),
});

export const entryRecord = receivedRecord.extend({
  verification_tier: z.enum(verificationTiers),
  title: z.string(),
  title_zh: z.string(),
  happened: z.string(),
  happened_zh: z.string(),
  closed_by: z.string(),
  closed_by_zh: z.string(),
  processed: z.object({
    answer: z.enum(processedAnswers),
    why: z.string(),
    why_zh: z.string(),
    origin: z.enum(origins),
    sources: z.array(sourceText),
  }),
  cause_origin: z.enum(origins),
  cause_sources: z.array(sourceText),
  wire: z.array(z.object({ from: z.string(), to: z.string(), frame: z.string() })),
  signatures: z.array(signature),
  workarounds: z.array(workaround),
  workarounds_how_zh: z.array(z.object({ how: z.string(), condition: z.string() })),
  dead_ends: z.array(deadEnd),
  dead_ends_zh: z.array(z.object({ action: z.string(), why_fails: z.string(), condition: z.string() })),
  be_sure: z.array(z.object({ say: z.string(), say_zh: z.string(), run: z.string().nullable() })),
  questions: z.array(question),
  common_causes: z.array(z.enum(commonCauses)),
  measured: measuredRun.nullable(),
});

export type EntryRecord = z.infer<typeof entryRecord>;

/** The words of an entry, without what proves them: as much as an answer shows. */
export type EntryText = Pick<
  EntryRecord,
  | "id"
  | "title"
  | "title_zh"
  | "happened"
  | "happened_zh"
  | "closed_by"
  | "closed_by_zh"
  | "processed"
  | "root_cause"
  | "root_cause_zh"
  | "workarounds"
  | "workarounds_zh"
  | "workarounds_how_zh"
  | "dead_ends"
  | "dead_ends_zh"
  | "be_sure"
>;
