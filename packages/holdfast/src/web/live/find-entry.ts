/** Looks a failed call up in the catalog, as `holdfast explain` would. Loads the catalog at the first failure. */

import type { FindEntry } from "./failure-list.ts";

export const findEntry: FindEntry = async ({ text, error }) => {
  const [{ explain }, { loadRecord }] = await Promise.all([
    import("@holdfast/catalog/explain"),
    import("../../explain/told-finding.ts"),
  ]);
  // The whole error says more than its summary; clients other than ours have the text alone.
  const [finding] = explain(error === undefined ? text : JSON.stringify(error)).findings;
  if (finding === undefined) return undefined;
  const record = await loadRecord(finding.id);
  if (record === undefined) return undefined;
  return { id: record.id, title: record.title, titleZh: record.title_zh, others: finding.tied.length - 1 };
};
