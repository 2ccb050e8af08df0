/** Runs one `holdfast explain`: input in, the catalog's answer out in the face that was asked for. */

import type { Explanation } from "@holdfast/catalog";
import { createExplainer, maskSecrets, type ForeignPattern } from "@holdfast/catalog/explain";
import { ansiPaint, noPaint } from "../demo/paint.ts";
import { called } from "../called.ts";
import { exitStatus } from "../exit-status.ts";
import type { ExplainFlags } from "./explain-options.ts";
import { findInput, inputFailure, InputError, type Input } from "./read-input.ts";
import { catalogWords, shortTied, tellFindings, type WordSource } from "./told-finding.ts";
import { writeOut } from "./write-out.ts";

/** Prints and ends the command with the status of a mistake. */
type Fail = (message: string) => never;

type Answers = Readonly<Record<string, string>>;

/** Below this a terminal's lines are folded as if it had so many columns; above the other, reading gets hard. */
const minColumns = 40;
const maxColumns = 110;
/** A longer text is not repeated in the line that answers a question: as many characters as a finding shows. */
const maxRepeated = 500;

export async function runExplain(words: readonly string[], flags: ExplainFlags, fail: Fail): Promise<number> {
  if (flags.cause !== undefined) return runCause(flags.cause, flags, fail);
  const input = inputOf(words, flags, fail);
  const { named, unnamed } = await readAnswers(flags.answer, fail);
  const own = flags.catalog === undefined ? noneOwn : await loadOwn(flags.catalog, fail);
  const explainer = createExplainer({ answers: named, foreign: own.patterns });
  try {
    if (input.kind === "text") explainer.push(new TextEncoder().encode(input.text));
    else for await (const chunk of input.stream) explainer.push(chunk);
  } catch (error) {
    fail(inputFailure(flags.file ?? words[0] ?? "standard input", error).message);
  }
  let explanation = explainer.end();
  if (explanation.bytesRead === 0) fail("the input is empty: nothing to explain");
  const answers = { ...named, ...fitAnswers(unnamed, explanation, fail) };
  if (unnamed.length > 0) explanation = explainer.end(answers);
  await writeOut(await face(explanation, flags, commandLine(words, flags, answers), own.words));
  return explanation.known ? exitStatus.fine : exitStatus.wrong;
}

interface OwnRecords {
  readonly patterns: readonly ForeignPattern[];
  readonly words: WordSource;
}

const noneOwn: OwnRecords = { patterns: [], words: catalogWords };

/** Nearly nobody brings records along, so what reads them is loaded only then. */
async function loadOwn(folder: string, fail: Fail): Promise<OwnRecords> {
  const { readOwnPatterns } = await import("../catalog/own-patterns.ts");
  return readOwnPatterns(folder, fail);
}

function inputOf(words: readonly string[], { file }: ExplainFlags, fail: Fail): Input {
  try {
    const input = findInput({ words, stdin: () => process.stdin, ...(file === undefined ? {} : { file }) });
    return input ?? fail("nothing to explain: give the error in quotes, a file with -f, or pipe a log into it");
  } catch (error) {
    if (error instanceof InputError) fail(error.message);
    throw error;
  }
}

async function readAnswers(
  given: readonly string[],
  fail: Fail,
): Promise<{ readonly named: Answers; readonly unnamed: readonly string[] }> {
  const named: Record<string, string> = {};
  const unnamed: string[] = [];
  for (const each of given) {
    const at = each.indexOf("=");
    if (at < 0) {
      unnamed.push(each);
      continue;
    }
    const pair = [each.slice(0, at), each.slice(at + 1)] as const;
    // Loaded for an answer, not at every start.
    const { answerMistake } = await import("./answer-mistake.ts");
    const mistake = answerMistake([pair]);
    if (mistake !== undefined) fail(`--answer ${each}: ${mistake.message}`);
    named[pair[0]] = pair[1];
  }
  return { named, unnamed };
}

/** An answer without its question goes to the first question of this input that knows it. */
function fitAnswers(unnamed: readonly string[], { findings }: Explanation, fail: Fail): Answers {
  const offers = findings.flatMap(({ question }) => (question === undefined ? [] : [question]));
  const fitted: Record<string, string> = {};
  for (const answer of unnamed) {
    const offer = offers.find(({ id, answers }) => answers.includes(answer) && !Object.hasOwn(fitted, id));
    if (offer === undefined) {
      const asked = offers.flatMap(({ id, answers }) => answers.map((each) => `${id}=${each}`));
      fail(
        `--answer ${answer}: ${asked.length === 0 ? "nothing is asked here" : `expected one of ${asked.join(", ")}`}`,
      );
    }
    fitted[offer.id] = answer;
  }
  return fitted;
}

async function face(
  explanation: Explanation,
  flags: ExplainFlags,
  line: string | undefined,
  words: WordSource,
): Promise<string> {
  if (flags.json === true) return `${JSON.stringify(explanation, undefined, 2)}\n`;
  const isFull = flags.full === true;
  // In the short form only the titles of the first few of a tie are shown.
  const told = await tellFindings(explanation, flags.lang, isFull ? Number.POSITIVE_INFINITY : shortTied, words);
  if (flags.markdown === true) {
    const { explanationMarkdown } = await import("./explanation-markdown.ts");
    return explanationMarkdown(explanation, told, { language: flags.lang, isFull });
  }
  const { explanationText } = await import("./explanation-text.ts");
  const hasColour = process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "";
  const columns = process.stdout.isTTY ? process.stdout.columns : maxColumns;
  return explanationText(explanation, told, {
    language: flags.lang,
    isFull,
    columns: Math.min(maxColumns, Math.max(minColumns, columns)),
    paint: hasColour ? ansiPaint : noPaint,
    called: called(),
    commandLine: line,
    showFlags: recordFlags(flags),
  });
}

/** What a terminal may obey, or nobody can see. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

/** What was typed, so that it can be typed again with one answer more. */
function commandLine(words: readonly string[], flags: ExplainFlags, answers: Answers): string | undefined {
  const { file } = flags;
  const flag = `${recordFlags(flags)}${flags.full === true ? " --full" : ""}`;
  const known = Object.entries(answers).map(([id, answer]) => ` --answer ${id}=${answer}`);
  const rest = `${flag}${known.join("")}`;
  if (file !== undefined && file !== "-") return `${called()} explain -f ${shellWord(file)}${rest}`;
  const text = words.join(" ");
  // What came through a pipe, several lines, and what a terminal or a shell could take for something else is not repeated.
  if (file !== undefined || text === "" || text === "-" || text.startsWith("-")) return undefined;
  if (text.length > maxRepeated || unprintable.test(text)) return undefined;
  return maskSecrets(text) === text ? `${called()} explain ${shellWord(text)}${rest}` : undefined;
}

/** The options that `holdfast show` takes, too. */
function recordFlags({ catalog, lang }: ExplainFlags): string {
  return `${catalog === undefined ? "" : ` --catalog ${shellWord(catalog)}`}${lang === "en" ? "" : ` --lang ${lang}`}`;
}

function shellWord(text: string): string {
  if (/^[\w./:=@%+-]+$/.test(text)) return text;
  if (!unprintable.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  // The name of a file may hold anything, and a terminal must not obey it; this is what shells read back.
  const escaped = Array.from(text, (letter) => {
    if (letter === "'" || letter === "\\") return `\\${letter}`;
    return unprintable.test(letter) ? `\\U${(letter.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}` : letter;
  });
  return `$'${escaped.join("")}'`;
}

async function runCause(name: string, { lang, json }: ExplainFlags, fail: Fail): Promise<number> {
  const { causeText, findCause } = await import("./show-cause.ts");
  const search = await findCause(name, lang);
  if (search.kind === "unknown") {
    const meant = search.meant.length === 0 ? "" : `did you mean ${search.meant.join(" or ")}? `;
    fail(`--cause ${name}: ${meant}expected one of ${search.known.join(", ")}`);
  }
  const { answer } = search;
  await writeOut(json === true ? `${JSON.stringify(answer, undefined, 2)}\n` : causeText(answer, lang));
  return exitStatus.fine;
}
