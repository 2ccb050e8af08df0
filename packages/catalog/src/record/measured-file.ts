/**
 * `entries/<domain>/<slug>/measured.json`: what an experiment counted, as `npm run prove -- ID --write` leaves it. Counts
 * stand here; rates and intervals are computed from them when the catalog is built. It names no host and no path.
 */

import { z } from "zod";

const count = z.number().int().min(0);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const line = z.string().min(1);

const arm = z.strictObject({
  /** Trials whose world stood; those of `broken` are not among them. */
  trials: count,
  /** Every call of the trial ended OK. */
  survived: count,
  /** First failure's code → trials. */
  failed: z.record(line, count),
  /** Trials with a call that was executed more than once. */
  executed_twice: count,
  /** Trials with a call that never settled. */
  never_settled: count,
  broken: count,
});

const printedText = z.strictObject({
  /** Ports, ids and times as `…`. */
  text: z.string(),
  count,
  /** One of them as it was printed. */
  example: z.string(),
  /** Whether explain names the entry for it, alone or tied, or one of `also`. */
  named: z.boolean(),
});

const measuredClient = z.strictObject({
  client: slug,
  /** Package or program → version. */
  versions: z.record(line, line),
  /** The stop rule ended the control: nothing was treated. */
  stopped_early: z.boolean(),
  control: arm.extend({
    /** Failures with a text, and how many of them explain gives to the entry. */
    printed: count,
    named: count,
    texts: z.array(printedText),
  }),
  /** By the ids of the entry's workarounds and dead ends. */
  treatments: z.record(slug, arm),
  /** Treatments that this client has no setting for. */
  not_set: z.array(z.strictObject({ treatment: slug, setting: line, why: line })),
});

const recordedFrame = z.strictObject({
  at_ms: z.number().min(0),
  connection: z.number().int().min(1),
  from: z.enum(["client", "server"]),
  frame: line,
});

export const measuredFile = z.strictObject({
  /** The command that counts again. */
  experiment: line,
  /** What was made to happen. */
  says: line,
  tier: z.enum(["reproduced", "emulated"]),
  seed: count,
  date: z.iso.date(),
  /** Asked of each client in each arm. */
  trials: z.number().int().min(1),
  stop_rule: line,
  machine: z.strictObject({ cores: z.number().int().min(1), system: line }),
  /** Treatment → what was done, in a line. */
  treatments: z.record(slug, line),
  /** Entries whose texts the control may print besides those of the entry: the experiment names them. Default: none. */
  also: z.array(line).optional(),
  clients: z.array(measuredClient),
  skipped: z.array(z.strictObject({ client: slug, why: line })),
  /** Of the first trial of one client's control; empty where its world does not record. */
  recording: z.strictObject({ client: slug, frames: z.array(recordedFrame).max(40) }).nullable(),
});

export type MeasuredFile = z.infer<typeof measuredFile>;
export type MeasuredClient = MeasuredFile["clients"][number];
