/** An explanation with the words of its entries, as the tools hand it out. Decides nothing: it chooses how much is said. */

import type { Explanation, Language } from "@holdfast/catalog";
import { captureAdvice } from "../explain/capture-advice.ts";
import type { EntryWords, QuestionWords } from "../explain/entry-words.ts";
import { tellFindings, type ToldFinding, type WordSource } from "../explain/told-finding.ts";
import type { ExplanationOutput } from "./explanation-output.ts";
import { pastedNotice } from "./pasted-data.ts";

type FindingOutput = ExplanationOutput["findings"][number];

/** Words of an entry have some 3 KB; more of them than this drown the reader, who has get_entry for the rest. */
const maxWithWords = 5;
const maxFindings = 40;

export async function toldExplanation(
  explanation: Explanation,
  language: Language,
  words: WordSource,
): Promise<ExplanationOutput> {
  const { known, findings, notKnown, linesRead, bytesRead } = explanation;
  const listed = { ...explanation, findings: findings.slice(0, maxFindings) };
  const told = await tellFindings(listed, language, Number.POSITIVE_INFINITY, words);
  const seen = notKnown.flatMap(({ facts }) => (facts.implementation === undefined ? [] : [facts.implementation]));
  return {
    known,
    findings: told.map((each, index) => findingOutput(each, index < maxWithWords)),
    findingsLeftOut: findings.length - told.length,
    notKnown: notKnown.map(({ line, text, facts }) => ({ line, pasted: pasted(text, facts) })),
    capture: known ? [] : [...captureAdvice(seen, language)],
    linesRead,
    bytesRead,
  };
}

function findingOutput({ finding, words, tied, question }: ToldFinding, withWords: boolean): FindingOutput {
  const { id, confidence, lines, count, processed, from, contradicted } = finding;
  return {
    id,
    title: words?.title ?? id,
    tied: tied.map((each) => each.id),
    tiedTitles: tied.map(({ title }) => title),
    confidence,
    lines: [...lines],
    count,
    processed,
    ...(from === undefined ? {} : { from }),
    ...(words?.tier === undefined ? {} : { tier: words.tier }),
    ...(words === undefined || !withWords ? {} : { words: wordsOutput(words) }),
    ...(contradicted === undefined
      ? {}
      : { contradicted: contradicted.map(({ id: asked, answer }) => ({ question: asked, answer })) }),
    ...(question === undefined ? {} : { question: questionOutput(question) }),
    pasted: pasted(finding.text, finding.facts),
  };
}

/** Records bring more than the schema promises, so each part is taken by name. */
function wordsOutput(words: EntryWords): NonNullable<FindingOutput["words"]> {
  return {
    happened: words.happened,
    closedBy: words.closedBy,
    again: words.again,
    why: words.why,
    todo: words.todo.map(({ action, how, condition }) => ({ action, how, condition })),
    notTodo: words.notTodo.map(({ action, why }) => ({ action, why })),
    beSure: words.beSure.map(({ say, run }) => ({ say, run })),
  };
}

function questionOutput({ id, ask, look, answers }: QuestionWords): NonNullable<FindingOutput["question"]> {
  return { id, ask, look, answers: answers.map(({ id: answer, text }) => ({ id: answer, text })) };
}

function pasted(
  text: string,
  { addresses, ...facts }: Explanation["notKnown"][number]["facts"],
): FindingOutput["pasted"] {
  return {
    notice: pastedNotice,
    text,
    facts: addresses === undefined ? facts : { ...facts, addresses: [...addresses] },
  };
}
