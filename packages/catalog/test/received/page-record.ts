/** The text of a received page → the record that it shows, so that the page can be drawn again and compared. */

import type { ReceivedRecord } from "../../src/record/received-record.ts";

const headings = [
  "Version Compatibility",
  "Root Cause",
  "中文",
  "Official Documentation",
  "Workarounds",
  "中文步骤",
  "Dead Ends",
] as const;
type Section = "head" | (typeof headings)[number];

export function pageLines(page: string): readonly string[] {
  return page
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function pageRecord(page: string): ReceivedRecord {
  const parts = sections(pageLines(page));
  const [badges = "", signature = "", ...head] = parts.head;
  const words = badges.split(" ");
  const [domain = "", category = "", tier = "", resolvable = ""] = words.slice(-4);
  const [cause = "", type = null] = parts["Root Cause"];
  const tile = (name: string): string => head.find((line) => line.endsWith(name))?.slice(0, -name.length) ?? "";
  return {
    id: found(/^ID: (.+)$/, head)[0] ?? "",
    signature,
    signature_zh: null,
    regex: null,
    domain,
    category,
    subcategory: null,
    root_cause: cause,
    root_cause_type: type,
    root_cause_zh: parts["中文"][0] ?? null,
    versions: parts["Version Compatibility"].slice(1).map(version),
    os_specific: {},
    dead_ends: deadEnds(parts["Dead Ends"].slice(1)),
    workarounds: workarounds(parts.Workarounds),
    workarounds_zh: found(/^\d+\. (.+)$/, parts["中文步骤"]),
    transition_graph: { leads_to: [], preceded_by: [], frequently_confused_with: [] },
    official_doc_url: parts["Official Documentation"][0] ?? null,
    official_doc_section: null,
    error_code: words.length > 4 ? (words[0] ?? null) : null,
    verification_tier: tier,
    confidence: share(tile("Confidence")),
    fix_success_rate: share(tile("Fix Rate")),
    resolvable: resolvable === "partial" ? "partial" : resolvable === "true",
    first_seen: tile("First Seen"),
    last_confirmed: null,
    last_updated: null,
    evidence_count: Number(tile("Evidence")),
    tags: [],
    locale: "en",
    aliases: [],
  };
}

function sections(lines: readonly string[]): Record<Section, string[]> {
  const parts: Record<Section, string[]> = {
    head: [],
    "Version Compatibility": [],
    "Root Cause": [],
    中文: [],
    "Official Documentation": [],
    Workarounds: [],
    中文步骤: [],
    "Dead Ends": [],
  };
  let current: Section = "head";
  for (const line of lines) {
    const heading = headings.find((each) => each === line);
    if (heading === undefined) parts[current].push(line);
    else current = heading;
  }
  return parts;
}

function version(line: string): ReceivedRecord["versions"][number] {
  const at = line.lastIndexOf(" ");
  const unknown = { introduced: null, deprecated: null, removed: null, behavior_change: null };
  return { version: line.slice(0, at), ...unknown, status: line.slice(at + 1) };
}

/** Two lines each: what to do with its rate, and how. */
function workarounds(lines: readonly string[]): ReceivedRecord["workarounds"] {
  return lines.flatMap((line, index) => {
    const [, rate, action] = /^\d+\. (\d+%) success (.+)$/.exec(line) ?? [];
    if (rate === undefined || action === undefined) return [];
    return [{ action, success_rate: share(rate), how: lines[index + 1] ?? "", condition: "", sources: [] }];
  });
}

/** Two lines each: what was tried, which may be missing, with its rate; and why it fails. */
function deadEnds(lines: readonly string[]): ReceivedRecord["dead_ends"] {
  return lines.flatMap((line, index) => {
    const [, action = "", rate] = /^\d+\. (?:(.+) )?(\d+%) fail$/.exec(line) ?? [];
    if (rate === undefined) return [];
    return [{ action, why_fails: lines[index + 1] ?? "", fail_rate: share(rate), condition: "", sources: [] }];
  });
}

function found(pattern: RegExp, lines: readonly string[]): string[] {
  return lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
}

function share(text: string): number {
  return Number(text.replace("%", "")) / 100;
}
