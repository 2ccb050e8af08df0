/** Makes findings, each with its entry of the catalog. */

import { type FindingId, findingEntries } from "./finding-entries.ts";
import type { Finding } from "./step.ts";

export function failed(id: FindingId, text: string, advice: string, catalogId?: string): Finding {
  return made("failed", id, text, advice, catalogId);
}

export function doubtful(id: FindingId, text: string, advice: string, catalogId?: string): Finding {
  return made("doubtful", id, text, advice, catalogId);
}

/** `catalogId` where the case at hand has a more exact entry than its kind. */
function made(verdict: Finding["verdict"], id: FindingId, text: string, advice: string, catalogId?: string): Finding {
  const entry = catalogId ?? findingEntries[id];
  return { id, verdict, text, advice, ...(entry === undefined ? {} : { catalogId: entry }) };
}
