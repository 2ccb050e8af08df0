/** A record as a terminal shows it: folded to a width, emphasis by the caller's paint. Ends with a line feed. */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";
import type { Language, ProcessedAnswer } from "../record/vocabulary.ts";
import { columnsOf, foldText } from "./fold-text.ts";
import { proseBlocks } from "./prose-blocks.ts";
import { measuredLines } from "./text-measured.ts";
import { viewRecord, type ClaimView, type OwnView, type Proof, type RecordView } from "./record-view.ts";

/** Emphasis; what it is given takes as many columns as what it returns. */
export interface TextPaint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

export interface TextOptions {
  /** Default: `en`. */
  readonly language?: Language;
  /** Width of the terminal. Default: 80. */
  readonly columns?: number;
  /** Default: no emphasis. */
  readonly paint?: TextPaint;
  /** Where the record was read, when it is not one of the catalog's, and whether one of ours has the same id. */
  readonly from?: { readonly path: string; readonly isInPlace: boolean };
}

const same = (text: string): string => text;
const noPaint: TextPaint = { strong: same, faint: same, good: same, warn: same, bad: same };

export function recordText(record: ReceivedRecord | EntryRecord, options: TextOptions = {}): string {
  const { language = "en", columns = 80, paint = noPaint, from } = options;
  const view = viewRecord(record, language);
  return `${new TextPage(view, columns, paint).lines(from).join("\n")}\n`;
}

const processedPaint: Readonly<Record<ProcessedAnswer, "good" | "warn" | "bad">> = {
  no: "good",
  maybe: "warn",
  yes: "bad",
  depends: "warn",
};

/** One page: the words, the width and the paint that all of its parts need. */
class TextPage {
  readonly #view: RecordView;
  readonly #columns: number;
  readonly #paint: TextPaint;

  constructor(view: RecordView, columns: number, paint: TextPaint) {
    this.#view = view;
    this.#columns = columns;
    this.#paint = paint;
  }

  lines(from: TextOptions["from"]): readonly string[] {
    const { own, face } = this.#view;
    const relations = this.#section(face.relations, this.#relations());
    const officialDoc = this.#section(face.officialDoc, this.#officialDoc());
    const parts = [
      this.#head(from),
      this.#lead(own),
      this.#section(this.#view.workaroundsName, this.#claims(this.#view.workarounds, "good")),
      this.#section(this.#view.deadEndsName, this.#claims(this.#view.deadEnds, "bad")),
      ...(own === undefined ? [] : this.#ownParts(own)),
      this.#versions(),
      this.#section(face.systems, this.#systems()),
      ...(own === undefined ? [relations, officialDoc] : [officialDoc, relations]),
      this.#section(face.sources, this.#sources()),
    ];
    return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ["", ...part]));
  }

  #head(from: TextOptions["from"]): readonly string[] {
    const { face, record, title, fixRate, confidence, own } = this.#view;
    const { error_code, category, verification_tier, resolvable, evidence_count, first_seen } = record;
    const about = [
      ...(error_code === null ? [] : [error_code]),
      face.term(category),
      face.term(verification_tier),
      `${face.resolvable}${face.colon}${face.term(String(resolvable))}`,
    ];
    const numbers = [
      `${face.fixRate}${face.colon}${fixRate}`,
      ...(own === undefined ? [`${face.confidence}${face.colon}${confidence}`] : []),
      `${face.evidence}${face.colon}${evidence_count ?? "—"}`,
      `${face.firstSeen}${face.colon}${first_seen ?? "—"}`,
    ];
    const tags = [...(own?.commonCauses ?? []).map(face.term), ...record.tags];
    return [
      ...this.#fold(title, 0, this.#paint.strong),
      ...this.#fold([record.id, ...about].join(" · "), 0, this.#paint.faint),
      ...this.#fold(numbers.join(" · "), 0, this.#paint.faint),
      ...(record.aliases.length === 0 ? [] : this.#fold(`${face.aliases}${face.colon}${record.aliases.join(", ")}`, 0)),
      ...(tags.length === 0 ? [] : this.#fold(`${face.tags}${face.colon}${face.list(tags)}`, 0, this.#paint.faint)),
      ...(from === undefined ? [] : this.#fold(face.ownRecord(from.path, from.isInPlace), 0, this.#paint.warn)),
    ];
  }

  #lead(own: OwnView | undefined): readonly string[] {
    const { face, language, chinese } = this.#view;
    if (own === undefined) {
      const rows: [string, string][] = [[face.rootCause, this.#cause()]];
      if (language === "en" && chinese.cause !== null) rows.push(["中文", chinese.cause]);
      return this.#rows(rows);
    }
    const answer = face.processed[own.processed];
    const known = [answer, this.#known(own.processedProof)].filter((part) => part !== "").join(", ");
    return this.#rows(
      [
        [face.happened, own.happened],
        [face.closedBy, own.closedBy],
        [face.again, `${own.again}${face.inParentheses(known)}`],
      ],
      (row) => (row === 2 ? this.#paint[processedPaint[own.processed]] : same),
    );
  }

  #cause(): string {
    const { face, cause, record } = this.#view;
    return record.root_cause_type === null ? cause : `${cause} [${face.term(record.root_cause_type)}]`;
  }

  #ownParts(own: OwnView): readonly (readonly string[])[] {
    const { face } = this.#view;
    const hops = own.wire.map(({ from, to }) =>
      to === "self" ? face.term(from) : `${face.term(from)} → ${face.term(to)}`,
    );
    const width = Math.max(0, ...hops.map(columnsOf));
    const measured =
      own.measured === undefined
        ? []
        : measuredLines(own.measured, face, this.#paint, (text, indent, paint) => this.#fold(text, indent, paint));
    return [
      this.#section(face.measuredSection, measured),
      this.#section(
        face.beSure,
        own.beSure.flatMap(({ say, run }) => [
          ...this.#fold(`- ${say}`, 2),
          ...(run === null ? [] : [this.#paint.strong(`      ${run}`)]),
        ]),
      ),
      this.#section(face.questions, this.#questions(own)),
      this.#section(face.rootCause, this.#fold(`${this.#cause()}${this.#proof(own.causeProof)}`, 2)),
      this.#section(
        face.wire,
        own.wire.map(({ frame }, index) => {
          const hop = hops[index] ?? "";
          return `  ${this.#paint.faint(hop)}${" ".repeat(width - columnsOf(hop) + 2)}${frame}`;
        }),
      ),
      this.#section(face.signatures, this.#signatures(own)),
    ];
  }

  #signatures({ signatures }: OwnView): readonly string[] {
    const { face } = this.#view;
    return signatures.flatMap(({ implementation, code, example, versions, isClue, proof }) => {
      const about = [...(code === null ? [] : [code]), face.list(versions), ...(isClue ? [face.clue] : [])];
      return [
        ...this.#fold(`${face.term(implementation)}: ${about.join(" · ")}${this.#proof(proof)}`, 2, this.#paint.faint),
        // Whole, so that it can be searched for in a log.
        `    ${example}`,
      ];
    });
  }

  /** The answers that speak for this entry are marked; of which other entries the rest speak, the other faces say. */
  #questions({ questions }: OwnView): readonly string[] {
    return questions.flatMap(({ ask, look, answers }) => {
      const width = Math.max(...answers.map(({ id }) => id.length));
      return [
        ...this.#fold(ask, 2, this.#paint.warn),
        ...this.#fold(look, 4, this.#paint.faint),
        ...answers.flatMap(({ id, text, fits }) => {
          const isHere = fits.includes(this.#view.record.id);
          const label = `${isHere ? "*" : " "} ${id.padEnd(width)}`;
          const lines = this.#fold(text, width + 8, isHere ? this.#paint.good : same);
          return lines.map((line, index) => (index === 0 ? `    ${label}  ${line.trimStart()}` : line));
        }),
      ];
    });
  }

  #claims(claims: readonly ClaimView[], tone: "good" | "bad"): readonly string[] {
    return claims.flatMap((claim, index) => {
      const { action, condition, detail, rate, claimedBy, programs, proof } = claim;
      const { face, own } = this.#view;
      const notes = [
        ...(rate === "" ? [] : [rate]),
        ...(claimedBy === undefined ? [] : [claimedBy]),
        ...(programs.length === 0 ? [] : [face.programs(programs)]),
        ...(proof === undefined ? [] : [this.#known(proof)]),
      ];
      const number = `${index + 1}.`;
      const [first = "", ...rest] = this.#fold(action === "" ? detail : action, 5);
      const isRepeated = own === undefined && (detail === action || action === "");
      return [
        `  ${this.#paint[tone](number)} ${first.trimStart()}`,
        ...rest,
        ...(condition === "" ? [] : this.#fold(condition, 5)),
        ...(detail === "" || isRepeated ? [] : this.#prose(detail, 5)),
        ...(notes.length === 0 ? [] : this.#fold(notes.join(" · "), 5, this.#paint.faint)),
      ];
    });
  }

  #versions(): readonly string[] {
    const { face, record } = this.#view;
    const rows = record.versions.map(({ version, status, introduced, deprecated, removed, behavior_change }) => {
      const notes = [
        ...(introduced === null ? [] : [`${face.introduced} ${introduced}`]),
        ...(deprecated === null ? [] : [`${face.deprecated} ${deprecated}`]),
        ...(removed === null ? [] : [face.removed(removed)]),
        ...(behavior_change === null ? [] : [behavior_change]),
      ];
      return this.#fold([version, face.term(status), ...notes].join(" · "), 2);
    });
    return this.#section(face.versions, rows.flat());
  }

  #systems(): readonly string[] {
    return Object.entries(this.#view.record.os_specific).flatMap(([system, said]) =>
      this.#fold(`${system}: ${typeof said === "string" ? said : JSON.stringify(said)}`, 2),
    );
  }

  #relations(): readonly string[] {
    return this.#view.relations.flatMap(({ name, ids }) => [
      ...this.#fold(name, 2, this.#paint.faint),
      ...ids.map((id) => `    ${id}`),
    ]);
  }

  #officialDoc(): readonly string[] {
    const { official_doc_url: address, official_doc_section: name } = this.#view.record;
    if (address === null) return [];
    return [`  ${name === null ? "" : `${name}${this.#view.face.colon}`}${address}`];
  }

  #sources(): readonly string[] {
    return this.#view.sources.flatMap((source, index) => this.#fold(`[${index + 1}] ${source}`, 2, this.#paint.faint));
  }

  #section(heading: string, lines: readonly string[]): readonly string[] {
    return lines.length === 0 ? [] : [this.#paint.strong(heading), ...lines];
  }

  /** Labels on the left, folded text on the right. */
  #rows(
    rows: readonly (readonly [label: string, text: string])[],
    paintOf: (row: number) => (text: string) => string = () => same,
  ): readonly string[] {
    const width = Math.max(...rows.map(([label]) => columnsOf(label))) + 2;
    return rows.flatMap(([label, text], row) =>
      foldText(text.trim(), Math.max(20, this.#columns - width - 2)).map((line, index) => {
        const left = index === 0 ? label : "";
        return `  ${this.#paint.faint(left)}${" ".repeat(width - columnsOf(left))}${paintOf(row)(line)}`;
      }),
    );
  }

  #prose(text: string, indent: number): readonly string[] {
    return proseBlocks(text).flatMap((block) =>
      block.kind === "paragraph"
        ? this.#fold(block.text.replaceAll("\n", " "), indent)
        : block.text.split("\n").map((line) => `${" ".repeat(indent + 2)}${line}`),
    );
  }

  #fold(text: string, indent: number, paint: (text: string) => string = same): readonly string[] {
    const room = Math.max(20, this.#columns - indent);
    return foldText(text.trim(), room).map((line) => `${" ".repeat(indent)}${paint(line)}`);
  }

  /** ` (observed [1] [4])` */
  #proof(proof: Proof): string {
    const known = this.#known(proof);
    return known === "" ? "" : this.#view.face.inParentheses(known);
  }

  #known({ origin, sources }: Proof): string {
    const known = origin === null ? [] : [this.#view.face.origins[origin]];
    return [...known, ...sources.map((number) => `[${number}]`)].join(" ");
  }
}
