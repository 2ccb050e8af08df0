/**
 * A record as Markdown. A received record comes out exactly as the format's own pages print it; ours have the same parts
 * and more, what helps first. Ends with a line feed.
 */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";
import type { Language } from "../record/vocabulary.ts";
import { markdownCode, markdownFence } from "./markdown-code.ts";
import type { CountsView, ShareView } from "./measured-view.ts";
import { percent } from "./rate-text.ts";
import { viewRecord, type ClaimView, type OwnView, type Proof, type RecordView } from "./record-view.ts";

export interface MarkdownOptions {
  /** Default: `en`. */
  readonly language?: Language;
}

export function recordMarkdown(record: ReceivedRecord | EntryRecord, options: MarkdownOptions = {}): string {
  const view = viewRecord(record, options.language ?? "en");
  const sections = view.own === undefined ? receivedSections(view) : ownSections(view, view.own);
  return `${sections.filter((text) => text !== "").join("\n\n")}\n`;
}

/** The order of the format's own Markdown, which leaves the official page out. */
function receivedSections(view: RecordView): readonly string[] {
  return [
    head(view),
    cause(view),
    versions(view),
    systems(view),
    workarounds(view),
    deadEnds(view),
    relations(view),
    sources(view),
  ];
}

/** Whoever comes has a failure in hand: first what to do about it, then why it is so and who says that. */
function ownSections(view: RecordView, own: OwnView): readonly string[] {
  return [
    head(view),
    happened(view, own),
    workarounds(view),
    deadEnds(view),
    measured(view, own),
    beSure(view, own),
    questions(view, own),
    cause(view),
    wire(view, own),
    signatures(view, own),
    versions(view),
    systems(view),
    officialDoc(view),
    relations(view),
    sources(view),
  ];
}

function head({ face, record, title, fixRate, own }: RecordView): string {
  const item = (name: string, value: string): string => `- **${name}:** ${value}`;
  const items = [
    item(face.id, markdownCode(record.id)),
    item(face.domain, record.domain),
    item(face.category, face.term(record.category)),
    ...(record.error_code === null ? [] : [item(face.errorCode, markdownCode(record.error_code))]),
    item(face.verification, face.term(record.verification_tier)),
    item(face.fixRate, fixRate),
  ];
  if (own !== undefined) {
    items.push(item(face.resolvable, face.term(String(record.resolvable))));
    if (record.tags.length > 0) items.push(item(face.tags, face.list(record.tags)));
    if (own.commonCauses.length > 0) items.push(item(face.commonCauses, face.list(own.commonCauses.map(face.term))));
  }
  if (record.aliases.length > 0) items.push(item(face.aliases, record.aliases.map(markdownCode).join(", ")));
  return `# ${title}\n\n${items.join("\n")}`;
}

function happened({ face }: RecordView, own: OwnView): string {
  return section(face.whatHappened, [
    `- **${face.happened}:** ${own.happened}`,
    `- **${face.closedBy}:** ${own.closedBy}`,
    `- **${face.again}** ${own.again}${proofText(own.processedProof, face, face.processed[own.processed])}`,
  ]);
}

function cause({ face, cause: text, own }: RecordView): string {
  return section(face.rootCause, own === undefined ? [text] : [`${text}${proofText(own.causeProof, face)}`]);
}

function wire({ face }: RecordView, own: OwnView): string {
  if (own.wire.length === 0) return "";
  const steps = own.wire.map(({ from, to, frame }, index) => {
    const who = to === "self" ? face.term(from) : `${face.term(from)} → ${face.term(to)}`;
    return `${index + 1}. ${who}: ${frame}`;
  });
  return section(face.wire, steps);
}

/** One row for each arm, and one for each program below it. */
function measured({ face }: RecordView, { measured: view }: OwnView): string {
  if (view === undefined) return "";
  const share = ({ count, trials, share: part, interval: [low, high] }: ShareView): string =>
    `${percent(part)} %, ${count}/${trials}${face.inParentheses(face.interval(percent(low), percent(high)))}`;
  const cells = ({ failed, executedTwice, neverSettled }: CountsView): string =>
    [share(failed), share(executedTwice), String(neverSettled.count)].join(" | ");
  const rows = view.arms.flatMap((arm) => [
    `| **${tableCell(arm.name)}** | ${cells(arm)} |`,
    ...arm.by.map((row) => `| ${row.program} | ${cells(row)} |`),
  ]);
  return section(face.measuredSection, [
    view.lead,
    "",
    `| ${face.whatWasDone} | ${face.failedHead} | ${face.twiceHead} | ${face.unsettledHead} |`,
    "|---|---|---|---|",
    ...rows,
    "",
    ...view.notes.map((note) => `- ${note}`),
    ...(view.notes.length === 0 ? [] : [""]),
    `${face.countAgain} ${markdownCode(view.command)}`,
  ]);
}

function signatures({ face }: RecordView, own: OwnView): string {
  return section(
    face.signatures,
    own.signatures.map(({ implementation, code, example, versions, isClue, proof }) => {
      const about = [...(code === null ? [] : [code]), face.list(versions), ...(isClue ? [face.clue] : [])].join("; ");
      return `- **${implementation}:** ${markdownCode(example)}${face.inParentheses(about)}${proofText(proof, face)}`;
    }),
  );
}

function versions({ face, record }: RecordView): string {
  if (record.versions.length === 0) return "";
  const rows = record.versions.map(
    ({ version, status, introduced, deprecated }) =>
      `| ${[version, status, introduced ?? "—", deprecated ?? "—"].map(tableCell).join(" | ")} |`,
  );
  return section(face.versions, [
    `| ${face.version} | ${face.status} | ${face.introduced} | ${face.deprecated} |`,
    "|---------|--------|------------|------------|",
    ...rows,
  ]);
}

function systems({ face, record }: RecordView): string {
  const rows = Object.entries(record.os_specific).map(([system, said]) => `- **${system}:** ${saidText(said)}`);
  return rows.length === 0 ? "" : section(face.systems, rows);
}

function officialDoc({ face, record }: RecordView): string {
  const { official_doc_url: url, official_doc_section: name } = record;
  if (url === null) return "";
  // Only an address of the web becomes a link, so that a record cannot bring a `javascript:` one.
  const address = /^https?:\/\/[^\s<>]+$/i.test(url) ? `<${url}>` : markdownCode(url);
  return section(face.officialDoc, [name === null ? address : `${name}: ${address}`]);
}

function workarounds(view: RecordView): string {
  if (view.workarounds.length === 0) return "";
  const steps = view.workarounds.flatMap((claim, index) => {
    const line = `${index + 1}. **${claim.action}**${claim.rate === "" ? "" : view.face.inParentheses(claim.rate)}`;
    const detail = claim.detail === "" || view.own !== undefined ? claim.detail : markdownFence(claim.detail);
    const below = [claim.condition, detail.trimEnd(), aside(claim, view)].filter((text) => text !== "");
    // In the received form code follows at once; a paragraph of ours needs a blank line to be one.
    return view.own === undefined
      ? [line, ...below.map((text) => indent(text, 3))]
      : [line, ...below.flatMap((text) => ["", indent(text, 3)])];
  });
  return section(view.workaroundsName, steps);
}

function deadEnds(view: RecordView): string {
  if (view.deadEnds.length === 0) return "";
  const items = view.deadEnds.flatMap((claim) => {
    const action = claim.action === "" ? "" : `**${claim.action}** — `;
    const condition = claim.condition === "" ? "" : ` ${claim.condition}`;
    const line = `- ${action}${claim.detail.trimEnd()}${condition}${claim.rate === "" ? "" : view.face.inParentheses(claim.rate)}`;
    const more = aside(claim, view);
    return more === "" ? [line] : [line, "", indent(more, 2)];
  });
  return section(view.deadEndsName, items);
}

/** For whom a claim is, how it is known and who gave it a number. */
function aside({ programs, proof, claimedBy }: ClaimView, { face }: RecordView): string {
  const parts = [
    ...(programs.length === 0 ? [] : [face.programs(programs)]),
    ...(proof === undefined ? [] : [proofText(proof, face).trimStart()]),
    ...(claimedBy === undefined ? [] : [claimedBy]),
  ];
  return parts.join(" · ");
}

function beSure({ face }: RecordView, own: OwnView): string {
  return section(
    face.beSure,
    own.beSure.map(({ say, run }) => `- ${say}${run === null ? "" : ` ${markdownCode(run)}`}`),
  );
}

function questions({ face }: RecordView, own: OwnView): string {
  const items = own.questions.flatMap(({ id, ask, look, answers }) => [
    `- **${ask}** ${markdownCode(id)}: ${look}`,
    ...answers.map(({ id: answer, text, fits }) => {
      const list = fits.map((fit) => markdownCode(fit)).join(", ");
      return `  - ${markdownCode(answer)} ${text}${face.inParentheses(`${face.speaksFor} ${list}`)}`;
    }),
  ]);
  return items.length === 0 ? "" : section(face.questions, items);
}

function relations({ face, relations: all }: RecordView): string {
  const items = all.map(({ name, ids }) => `- **${name}:** ${ids.map(markdownCode).join(", ")}`);
  return items.length === 0 ? "" : section(face.relations, items);
}

function sources({ face, sources: all }: RecordView): string {
  return all.length === 0
    ? ""
    : section(
        face.sources,
        all.map((source, index) => `${index + 1}. ${source}`),
      );
}

function section(heading: string, lines: readonly string[]): string {
  return `## ${heading}\n\n${lines.join("\n")}`;
}

/** `(observed [1] [4])` */
function proofText({ origin, sources: numbers }: Proof, face: RecordView["face"], first?: string): string {
  const known = [...(first === undefined ? [] : [first]), ...(origin === null ? [] : [face.origins[origin]])].join(
    ", ",
  );
  return face.inParentheses([known, ...numbers.map((number) => `[${number}]`)].filter((part) => part !== "").join(" "));
}

function saidText(said: unknown): string {
  return typeof said === "string" ? said : markdownCode(JSON.stringify(said));
}

function tableCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function indent(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `${" ".repeat(columns)}${line}`))
    .join("\n");
}
