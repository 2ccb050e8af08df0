/**
 * A record as a fragment of HTML: one `article`, headings from h1, no script, no style, every foreign text escaped. Read as
 * text, a received record holds the lines of the format's own pages in their order; a page of ours begins with what helps.
 * The page around it, its style and its pictures are not made here.
 */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";
import type { Language } from "../record/vocabulary.ts";
import { escapeHtml, htmlLink, htmlProse, htmlSpans } from "./html-text.ts";
import { beSure, happened, questions, relations, signatures, sources, wire } from "./html-own.ts";
import { measured, recording } from "./html-measured.ts";
import { aside, proofMark, section, tableSection } from "./html-parts.ts";
import { viewRecord, type ClaimView, type OwnView, type RecordView } from "./record-view.ts";

export interface HtmlLinks {
  readonly json: string;
  readonly markdown: string;
  readonly otherLanguage: string;
  /** The page of another entry in the same language; undefined when there is none, and then the id is no link. */
  readonly entry: (id: string) => string | undefined;
}

export interface HtmlOptions {
  /** Default: `en`. */
  readonly language?: Language;
  /** Default: relative ones, as between the pages `/<domain>/<slug>` and `/zh/<domain>/<slug>`. */
  readonly links?: HtmlLinks;
  /** HTML or SVG put above the list of what went over the wire; trusted, not escaped. Default: none. */
  readonly wirePicture?: string;
  /** The same above what a run recorded. Default: none. */
  readonly recordingPicture?: string;
}

export function recordHtml(record: ReceivedRecord | EntryRecord, options: HtmlOptions = {}): string {
  const language = options.language ?? "en";
  const links = options.links ?? relativeLinks(record.id, language);
  const view = viewRecord(record, language);
  const parts = view.own === undefined ? receivedParts(view, links) : ownParts(view, view.own, links, options);
  const body = parts.filter((part) => part !== "").join("\n");
  return `<article class="record" lang="${language}">\n${body}\n</article>\n`;
}

/** The order of the format's own pages. */
function receivedParts(view: RecordView, links: HtmlLinks): readonly string[] {
  return [
    head(view, links),
    tiles(view),
    versions(view),
    systems(view),
    cause(view),
    chineseCause(view),
    officialDoc(view),
    workarounds(view),
    chineseSteps(view),
    deadEnds(view),
    relations(view, links),
    sources(view),
  ];
}

/** Whoever comes has a failure in hand: first what to do about it, then why it is so and who says that. */
function ownParts(view: RecordView, own: OwnView, links: HtmlLinks, options: HtmlOptions): readonly string[] {
  return [
    head(view, links),
    happened(view, own),
    workarounds(view),
    deadEnds(view),
    measured(view, own.measured),
    beSure(view, own),
    questions(view, own, links),
    cause(view),
    wire(view, own, options.wirePicture),
    recording(view, own.measured, options.recordingPicture),
    signatures(view, own),
    tiles(view),
    versions(view),
    systems(view),
    officialDoc(view),
    relations(view, links),
    sources(view),
    chineseCause(view),
    chineseSteps(view),
  ];
}

/** The fragment as a document that can be opened by itself. */
export function recordHtmlDocument(record: ReceivedRecord | EntryRecord, options: HtmlOptions = {}): string {
  const language = options.language ?? "en";
  const { title } = viewRecord(record, language);
  return [
    `<!doctype html>`,
    `<html lang="${language}">`,
    `<head>`,
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeHtml(title)}</title>`,
    `</head>`,
    `<body>`,
    `${recordHtml(record, options)}</body>`,
    `</html>`,
    ``,
  ].join("\n");
}

function relativeLinks(id: string, language: Language): HtmlLinks {
  const slug = id.slice(id.lastIndexOf("/") + 1);
  return {
    json: `${slug}.json`,
    markdown: `${slug}.md`,
    otherLanguage: language === "en" ? `../zh/${id}` : `../../${id}`,
    entry: (other) => `../${other}`,
  };
}

function head({ face, language, record, title, own }: RecordView, links: HtmlLinks): string {
  const { error_code, domain, category, verification_tier, resolvable } = record;
  const isResolvable = face.term(String(resolvable));
  const badges: readonly (readonly [name: string, text: string | null])[] = [
    ["code", error_code],
    ["domain", domain],
    ["category", face.term(category)],
    ["verification", face.term(verification_tier)],
    ["resolvable", own === undefined ? isResolvable : `${face.resolvable}${face.colon}${isResolvable}`],
  ];
  const badge = (name: string, text: string): string => `<span class="badge badge-${name}">${escapeHtml(text)}</span>`;
  const shown = badges.flatMap(([name, text]) => (text === null || text === "" ? [] : [badge(name, text)]));
  const other = language === "en" ? "zh" : "en";
  const aliases = record.aliases.map((alias) => `<code>${escapeHtml(alias)}</code>`).join(", ");
  const tags = own === undefined ? record.tags : [...own.commonCauses.map(face.term), ...record.tags];
  return [
    `<header>`,
    `<p class="badges">${shown.join(" ")}</p>`,
    `<h1>${htmlSpans(title)}</h1>`,
    `<p class="id">${face.id}: <code>${escapeHtml(record.id)}</code></p>`,
    ...(aliases === "" ? [] : [`<p class="aliases">${face.aliases}${face.colon}${aliases}</p>`]),
    ...(tags.length === 0 ? [] : [`<p class="tags">${face.tags}${face.colon}${escapeHtml(face.list(tags))}</p>`]),
    `<p class="formats">${face.alsoAvailable}: <a href="${escapeHtml(links.json)}">JSON</a> · ` +
      `<a href="${escapeHtml(links.markdown)}">Markdown</a> · ` +
      `<a href="${escapeHtml(links.otherLanguage)}" hreflang="${other}" lang="${other}">${face.otherLanguage}</a></p>`,
    `</header>`,
  ].join("\n");
}

function tiles({ face, record, fixRate, confidence }: RecordView): string {
  const tile = (value: string, name: string): string =>
    `<li><strong>${escapeHtml(value)}</strong><span>${name}</span></li>`;
  return [
    `<ul class="tiles">`,
    tile(fixRate, face.fixRate),
    tile(confidence, face.confidence),
    tile(record.evidence_count === null ? "—" : String(record.evidence_count), face.evidence),
    tile(record.first_seen ?? "—", face.firstSeen),
    `</ul>`,
  ].join("\n");
}

function versions({ face, record }: RecordView): string {
  if (record.versions.length === 0) return "";
  const heads = [face.version, face.status, face.introduced, face.deprecated, face.notes];
  const rows = record.versions.map(({ version, status, introduced, deprecated, removed, behavior_change }) => {
    const notes = [
      ...(behavior_change === null ? [] : [behavior_change]),
      ...(removed === null ? [] : [face.removed(removed)]),
    ];
    const cells = [
      face.term(status),
      introduced ?? "—",
      deprecated ?? "—",
      notes.length === 0 ? "—" : notes.join("; "),
    ];
    const rest = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("");
    return `<tr><th scope="row">${escapeHtml(version)}</th>${rest}</tr>`;
  });
  return tableSection("versions", face.versions, heads, rows);
}

function systems({ face, record }: RecordView): string {
  const rows = Object.entries(record.os_specific).map(([system, said]) => {
    const text = typeof said === "string" ? htmlSpans(said) : `<code>${escapeHtml(JSON.stringify(said))}</code>`;
    return `<dt>${escapeHtml(system)}</dt><dd>${text}</dd>`;
  });
  return rows.length === 0 ? "" : section("systems", face.systems, [`<dl>`, ...rows, `</dl>`]);
}

function cause(view: RecordView): string {
  const { face, record, own } = view;
  const text =
    own === undefined ? escapeHtml(view.cause) : `${htmlSpans(view.cause)} ${proofMark(own.causeProof, face)}`;
  const type = record.root_cause_type;
  return section("root-cause", face.rootCause, [
    `<p>${text}</p>`,
    ...(type === null ? [] : [`<p class="cause-type">${escapeHtml(face.term(type))}</p>`]),
  ]);
}

function chineseCause({ own, chinese }: RecordView): string {
  if (chinese.cause === null) return "";
  const text = own === undefined ? escapeHtml(chinese.cause) : htmlSpans(chinese.cause);
  return section("chinese", "中文", [`<p lang="zh">${text}</p>`], "zh");
}

function officialDoc({ face, record }: RecordView): string {
  const { official_doc_url: address, official_doc_section: name } = record;
  if (address === null) return "";
  const where = name === null ? "" : `${escapeHtml(name)}${face.colon}`;
  return section("official-documentation", face.officialDoc, [`<p>${where}${htmlLink(address)}</p>`]);
}

function workarounds(view: RecordView): string {
  if (view.workarounds.length === 0) return "";
  return section("workarounds", view.workaroundsName, claimList(view, view.workarounds, stepDetail));
}

function chineseSteps({ own, chinese }: RecordView): string {
  if (chinese.steps.length === 0) return "";
  const items = chinese.steps.map((step, index) => {
    const text = own === undefined ? escapeHtml(step) : htmlSpans(step);
    return `<li><p>${index + 1}. ${text}</p></li>`;
  });
  return section("chinese-steps", "中文步骤", [`<ul class="steps" lang="zh">`, ...items, `</ul>`], "zh");
}

function deadEnds(view: RecordView): string {
  if (view.deadEnds.length === 0) return "";
  const { face } = view;
  const list = claimList(view, view.deadEnds, ({ detail }) =>
    view.own === undefined ? `<p>${escapeHtml(detail)}</p>` : htmlProse(detail),
  );
  return section("dead-ends", view.deadEndsName, [`<p>${face.deadEndsLead}</p>`, ...list]);
}

function stepDetail({ detail }: ClaimView, { own }: RecordView): string {
  if (detail === "") return "";
  return own === undefined ? `<pre><code>${escapeHtml(detail)}</code></pre>` : htmlProse(detail);
}

/** The number is text, not a marker, so that it is there in what is copied or read as text; the list is therefore a `ul`. */
function claimList(
  view: RecordView,
  claims: readonly ClaimView[],
  detailOf: (claim: ClaimView, view: RecordView) => string,
): readonly string[] {
  const isOurs = view.own !== undefined;
  const items = claims.map((claim, index) => {
    const action = isOurs ? htmlSpans(claim.action) : escapeHtml(claim.action);
    const rate = claim.rate === "" ? "" : `<span class="rate">${escapeHtml(claim.rate)}</span>`;
    const actionSpan = action === "" ? "" : `<span class="action">${action}</span>`;
    // The format's pages give the rate before a workaround and behind a dead end; ours at the end, with who says it.
    const said = isOurs ? [actionSpan] : claims === view.deadEnds ? [actionSpan, rate] : [rate, actionSpan];
    const line = [`${index + 1}.`, ...said].filter((part) => part !== "").join(" ");
    const parts = [
      `<p class="claim">${line}</p>`,
      ...(claim.condition === ""
        ? []
        : [`<p class="condition">${isOurs ? htmlSpans(claim.condition) : escapeHtml(claim.condition)}</p>`]),
      detailOf(claim, view),
      aside(claim, view, isOurs ? rate : ""),
    ];
    return `<li>${parts.filter((part) => part !== "").join("\n")}</li>`;
  });
  return [`<ul class="steps">`, ...items, `</ul>`];
}
