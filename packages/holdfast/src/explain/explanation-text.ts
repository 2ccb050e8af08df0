/** The text face of an explanation: what a terminal shows. Owns the layout; words come in. */

import type { Explanation, Implementation, Language } from "@holdfast/catalog";
import { clipText, columnsOf, foldText } from "@holdfast/catalog/fold-text";
import type { Paint } from "../demo/paint.ts";
import { captureAdvice } from "./capture-advice.ts";
import { faceWords, isGuessed, type FaceWords } from "./face-words.ts";
import { inARow, shortened, withoutFences } from "./short-words.ts";
import { shortTied, type ToldFinding } from "./told-finding.ts";

export interface TextOptions {
  readonly language: Language;
  readonly isFull: boolean;
  readonly columns: number;
  readonly paint: Paint;
  /** How the reader calls the command: `holdfast`, or `npx holdfast`. */
  readonly called: string;
  /** The command line that was given, to be shown with one more answer; undefined when it must not or cannot be repeated. */
  readonly commandLine: string | undefined;
  /** What must follow `holdfast show <id>` for the same records in the same language; begins with a blank, or is empty. */
  readonly showFlags: string;
}

/** So many of everything in the short form; a tired person reads about twelve lines. */
const shortTodo = 3;
const shortNotTodo = 2;
/** More findings than this at once are a list to choose from; their words come with --full. */
const shortFindings = 8;

export function explanationText(explanation: Explanation, told: readonly ToldFinding[], options: TextOptions): string {
  const words = faceWords[options.language];
  const lines: string[] = [];
  for (const [index, each] of told.entries()) {
    if (index > 0) lines.push("");
    const isListed = !options.isFull && index >= shortFindings;
    lines.push(...headLines(each, words, options), ...(isListed ? [] : findingLines(each, words, options)));
  }
  if (!explanation.known) lines.push(...notKnownLines(explanation, words, options));
  else if (explanation.notKnown.length > 0 && options.isFull)
    lines.push("", ...failedLines(explanation, words, options));
  return `${lines.join("\n")}\n`;
}

function headLines(
  { finding, words }: ToldFinding,
  face: FaceWords,
  { paint, columns }: TextOptions,
): readonly string[] {
  const [first, last] = finding.lines;
  const place = [face.lines(first, last), ...(finding.count > 1 ? [face.times(finding.count)] : [])].join(", ");
  const title = words?.title ?? finding.id;
  // Of a tie the confidence is that of the whole, and stands there.
  const sure = finding.tied.length > 1 ? [] : [face.confidence(finding.confidence)];
  return [
    `${paint.strong(title)}  ${paint.faint([finding.id, place, ...sure].join(" · "))}`,
    paint.faint(`  ${clipText(finding.text, Math.max(20, columns - 2))}`),
    ...(finding.from === undefined ? [] : [`  ${face.ownRecord(finding.from, words?.tier)}`]),
  ];
}

function findingLines(told: ToldFinding, face: FaceWords, options: TextOptions): readonly string[] {
  const { finding, words } = told;
  const { isFull, paint } = options;
  const rows = new Rows(face, options);
  const lines = [
    ...(isGuessed(finding) ? [paint.warn(`  ${face.guessed}`)] : []),
    ...tiedLines(told, face, options),
    ...contradictedLines(told, face, options),
  ];
  if (words !== undefined) {
    const short = (text: string, sentences: number): string => (isFull ? text : shortened(text, sentences));
    lines.push(...rows.row(face.happened, words.happened));
    lines.push(...rows.row(face.closedBy, short(words.closedBy, 1)));
    // One entry's word on sending again must not stand for others that say otherwise.
    const differs = finding.tied.length > 1 && finding.processed === "depends" ? `${face.againDiffers} ` : "";
    lines.push(...rows.row(face.again, `${differs}${short(words.again, 2)}`, againPaint(finding.processed, options)));
    lines.push(...rows.row(face.why, short(words.why, 1)));
    const todo = isFull ? words.todo : words.todo.slice(0, shortTodo);
    for (const [index, { action, how, condition, counted }] of todo.entries()) {
      lines.push(
        ...rows.row(index === 0 ? face.todo : "", `${short(action, 1)}${counted}`, undefined, `${index + 1}. `),
      );
      if (!isFull) continue;
      if (condition !== "") lines.push(...rows.row("", `   ${condition}`));
      if (how !== "") lines.push(...rows.row("", withoutFences(how), paint.faint));
    }
    const notTodo = isFull ? words.notTodo : words.notTodo.slice(0, shortNotTodo);
    for (const [index, { action, why, counted }] of notTodo.entries()) {
      lines.push(...rows.row(index === 0 ? face.notTodo : "", `${inARow(short(action, 1), short(why, 1))}${counted}`));
    }
    for (const [index, { say, run }] of (isFull ? words.beSure : words.beSure.slice(0, 1)).entries()) {
      lines.push(...rows.row(index === 0 ? face.beSure : "", say), ...(run === null ? [] : rows.command(run)));
    }
  }
  lines.push(...questionLines(told, rows, face, options));
  if (words !== undefined)
    lines.push(...rows.row(face.more, `${options.called} show ${finding.id}${options.showFlags}`));
  return lines;
}

function questionLines(
  { finding, question }: ToldFinding,
  rows: Rows,
  face: FaceWords,
  { isFull, paint, commandLine }: TextOptions,
): readonly string[] {
  const offer = finding.question;
  if (offer === undefined) return [];
  const answers = question?.answers ?? offer.answers.map((id) => ({ id, text: "" }));
  const width = Math.max(...answers.map(({ id }) => id.length));
  return [
    ...rows.row(face.question, question?.ask ?? offer.id, paint.warn),
    ...(question !== undefined && isFull ? rows.row("", question.look) : []),
    ...answers.flatMap(({ id, text }) => rows.row("", text, undefined, id.padEnd(width + 2))),
    ...rows.row("", commandLine === undefined ? face.answerAgain : face.answerWith),
    ...rows.command(
      `${commandLine === undefined ? "" : `${commandLine} `}--answer ${offer.id}=${answers[0]?.id ?? ""}`,
    ),
  ];
}

function tiedLines({ tied, finding }: ToldFinding, face: FaceWords, { isFull, columns, paint }: TextOptions): string[] {
  if (tied.length < 2) return [];
  const shown = isFull ? tied : tied.slice(0, shortTied);
  const width = Math.max(...shown.map(({ id }) => id.length));
  const lines = shown.map(({ id, title }, index) =>
    clipText(`  ${index + 1} ${id.padEnd(width)}  ${title === id ? "" : title}`, columns).trimEnd(),
  );
  const rest = tied.length - shown.length;
  return [
    `  ${paint.warn(face.oneOfThese(face.confidence(finding.confidence)))}`,
    ...lines,
    ...(rest === 0 ? [] : [paint.faint(`    ${face.andMore(rest)}`)]),
  ];
}

/** Never silently: whoever gave the answer would take what stands below for its result. */
function contradictedLines({ finding }: ToldFinding, face: FaceWords, { paint, columns }: TextOptions): string[] {
  const told = (finding.contradicted ?? []).map(({ id, answer }) => face.contradicted(id, answer));
  return told.flatMap((text) => foldText(text, Math.max(20, columns - 2)).map((line) => `  ${paint.warn(line)}`));
}

function againPaint(processed: string, { paint }: TextOptions): (text: string) => string {
  if (processed === "no") return paint.good;
  return processed === "yes" ? paint.bad : paint.warn;
}

function notKnownLines(explanation: Explanation, face: FaceWords, options: TextOptions): readonly string[] {
  const { paint, language } = options;
  const rows = new Rows(face, options);
  const seen = explanation.notKnown.flatMap(({ facts }): Implementation[] =>
    facts.implementation === undefined ? [] : [facts.implementation],
  );
  const head =
    explanation.notKnown.length === 0
      ? [`${paint.strong(face.notKnown)} ${face.readSome(explanation.linesRead)}`]
      : [paint.strong(face.notKnown), ...failedLines(explanation, face, options)];
  return [
    ...head,
    face.capture,
    ...captureAdvice(seen, language).flatMap(({ say, run }) => [
      ...rows.plain(say),
      ...run.split("\n").map((line) => `    ${paint.faint(line)}`),
    ]),
  ];
}

function failedLines({ notKnown }: Explanation, face: FaceWords, { columns }: TextOptions): readonly string[] {
  return [
    face.looksFailed,
    ...notKnown.map(({ line, text }) => clipText(`  ${String(line).padStart(6)}  ${text}`, columns)),
  ];
}

/** A label on the left and folded text on the right. */
class Rows {
  readonly #width: number;
  readonly #columns: number;
  readonly #paint: Paint;

  constructor(face: FaceWords, { columns, paint }: TextOptions) {
    const labels = [
      face.happened,
      face.closedBy,
      face.again,
      face.why,
      face.todo,
      face.notTodo,
      face.beSure,
      face.question,
    ];
    this.#width = Math.max(...labels.map(columnsOf)) + 2;
    this.#columns = columns;
    this.#paint = paint;
  }

  /** Nothing for an empty text: a record of somebody's own need not say everything. */
  row(
    label: string,
    text: string,
    paint: (text: string) => string = (same) => same,
    /** Stands before the first line of the text; the others hang below its end. */
    lead = "",
  ): readonly string[] {
    if (`${lead}${text}`.trim() === "") return [];
    const hang = columnsOf(lead);
    const room = Math.max(20, this.#columns - this.#width - 2 - hang);
    return foldText(text.trimEnd(), room).map((line, index) => {
      const left = index === 0 ? label : "";
      const before = index === 0 ? lead : " ".repeat(hang);
      return `  ${this.#paint.faint(left)}${" ".repeat(this.#width - columnsOf(left))}${before}${paint(line)}`.trimEnd();
    });
  }

  /** Never folded, so that it can be copied; what is too long begins further left. */
  command(text: string): readonly string[] {
    const indent = this.#width + 4;
    return text.split("\n").map((line) => {
      const fits = columnsOf(line) + indent <= this.#columns;
      return `${" ".repeat(fits ? indent : 2)}${this.#paint.strong(line)}`;
    });
  }

  plain(text: string, paint: (text: string) => string = (same) => same): readonly string[] {
    return foldText(text, Math.max(20, this.#columns - 2)).map((line) => `  ${paint(line)}`);
  }
}
