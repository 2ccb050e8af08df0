/**
 * The record format in which such catalogs are passed around: what `--catalog DIR` reads, what our own records contain,
 * and what the first part of the published JSON Schema says. Fields keep the names that the format gave them.
 */

import { z } from "zod";

const rate = z.number().min(0).max(1).nullable();

const version = z.looseObject({
  version: z.string(),
  introduced: z.string().nullable(),
  deprecated: z.string().nullable(),
  removed: z.string().nullable(),
  behavior_change: z.string().nullable(),
  status: z.string(),
});

const deadEnd = z.looseObject({
  action: z.string(),
  why_fails: z.string(),
  fail_rate: rate,
  condition: z.string(),
  sources: z.array(z.string()),
});

const workaround = z.looseObject({
  action: z.string(),
  success_rate: rate,
  how: z.string(),
  condition: z.string(),
  sources: z.array(z.string()),
});

export const receivedRecord = z.looseObject({
  // Parts of nothing but dots would lead out of the folder that a page of the record is written into.
  id: z.string().regex(/^[a-z0-9_-]+(\/(?!\.+(\/|$))[a-z0-9_.-]+)+$/, "expected domain/slug, in small letters"),
  signature: z.string(),
  signature_zh: z.string().nullable(),
  regex: z.string().nullable(),
  domain: z.string(),
  category: z.string(),
  subcategory: z.string().nullable(),
  root_cause: z.string(),
  root_cause_type: z.string().nullable(),
  root_cause_zh: z.string().nullable(),
  versions: z.array(version),
  os_specific: z.record(z.string(), z.unknown()),
  dead_ends: z.array(deadEnd),
  workarounds: z.array(workaround),
  workarounds_zh: z.array(z.string()),
  transition_graph: z.looseObject({
    leads_to: z.array(z.string()),
    preceded_by: z.array(z.string()),
    frequently_confused_with: z.array(z.string()),
  }),
  official_doc_url: z.string().nullable(),
  official_doc_section: z.string().nullable(),
  error_code: z.string().nullable(),
  verification_tier: z.string(),
  confidence: rate,
  fix_success_rate: rate,
  resolvable: z.union([z.boolean(), z.literal("partial")]),
  first_seen: z.string().nullable(),
  last_confirmed: z.string().nullable(),
  last_updated: z.string().nullable(),
  evidence_count: z.number().int().min(0).nullable(),
  tags: z.array(z.string()),
  locale: z.string(),
  aliases: z.array(z.string()),
});

export type ReceivedRecord = z.infer<typeof receivedRecord>;
