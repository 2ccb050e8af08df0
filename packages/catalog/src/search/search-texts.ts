/** What a search looks through: the texts of a record by field, and what a field weighs. Pure. */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";
import { isEntryRecord } from "../render/record-view.ts";

/** Fields by what a hit in them weighs; also the order in which the matching text is looked for. */
export const fieldWeights = {
  title: 6,
  id: 5,
  tags: 4,
  signatures: 3,
  happened: 2,
  cause: 2,
  steps: 1,
  rest: 1,
} as const;

export type SearchField = keyof typeof fieldWeights;
/** Several texts of a field are lines of it. */
export type SearchTexts = Readonly<Record<SearchField, string>>;

export const searchFields = Object.keys(fieldWeights) as readonly SearchField[];

export function searchTexts(record: ReceivedRecord | EntryRecord): SearchTexts {
  const { id, tags, aliases, signature, signature_zh, root_cause, root_cause_zh, workarounds, dead_ends } = record;
  const steps = [
    ...workarounds.map(({ action, how }) => `${action} ${how}`),
    ...record.workarounds_zh,
    ...dead_ends.map(({ action, why_fails }) => `${action} ${why_fails}`),
  ];
  const systems = Object.entries(record.os_specific).map(([system, said]) => `${system}: ${String(said)}`);
  const common = {
    id: [id, ...aliases].join("\n"),
    cause: `${root_cause}\n${root_cause_zh ?? ""}`,
  };
  if (!isEntryRecord(record)) {
    const title = `${signature}\n${signature_zh ?? ""}`;
    return {
      ...common,
      title,
      tags: tags.join("\n"),
      signatures: "",
      happened: "",
      steps: steps.join("\n"),
      rest: systems.join("\n"),
    };
  }
  const { title, title_zh, signatures, happened, happened_zh, closed_by, closed_by_zh, processed, common_causes } =
    record;
  const sure = record.be_sure.map(({ say, say_zh, run }) => `${say} ${run ?? ""}\n${say_zh}`);
  return {
    ...common,
    title: `${title}\n${title_zh}`,
    tags: [...tags, ...common_causes].join("\n"),
    signatures: signatures.map(({ implementation, example }) => `${implementation}: ${example}`).join("\n"),
    happened: `${happened}\n${happened_zh}`,
    steps: [...steps, ...record.dead_ends_zh.map(({ action, why_fails }) => `${action} ${why_fails}`)].join("\n"),
    rest: [closed_by, closed_by_zh, processed.why, processed.why_zh, ...systems, ...sure].join("\n"),
  };
}
