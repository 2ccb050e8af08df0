/** The Markdown face of an explanation: for an issue, a chat, a runbook. */

import type { Explanation, Implementation, Language } from "@holdfast/catalog";
import { markdownCode } from "@holdfast/catalog/render";
import { captureAdvice } from "./capture-advice.ts";
import { faceWords, isGuessed, type FaceWords } from "./face-words.ts";
import { inARow, shortened } from "./short-words.ts";
import { shortTied, type ToldFinding } from "./told-finding.ts";

export interface MarkdownOptions {
  readonly language: Language;
  readonly isFull: boolean;
}

export function explanationMarkdown(
  explanation: Explanation,
  told: readonly ToldFinding[],
  { language, isFull }: MarkdownOptions,
): string {
  const face = faceWords[language];
  const blocks: string[] = told.map((each) => findingBlock(each, language, isFull));
  if (explanation.notKnown.length > 0 && (isFull || !explanation.known)) {
    const list = explanation.notKnown.map(({ line, text }) => `- ${face.lines(line, line)}: ${markdownCode(text)}`);
    blocks.push([face.looksFailed, "", ...list].join("\n"));
  }
  if (!explanation.known) {
    const seen = explanation.notKnown.flatMap(({ facts }): Implementation[] =>
      facts.implementation === undefined ? [] : [facts.implementation],
    );
    const advice = captureAdvice(seen, language).map(({ say, run }) => `- ${say} ${markdownCode(run)}`);
    const read = explanation.notKnown.length === 0 ? ` ${face.readSome(explanation.linesRead)}` : "";
    blocks.unshift(`**${face.notKnown}**${read}`);
    blocks.push([face.capture, "", ...advice].join("\n"));
  }
  return `${blocks.join("\n\n")}\n`;
}

function findingBlock({ finding, words, tied, question }: ToldFinding, language: Language, isFull: boolean): string {
  const face = faceWords[language];
  const short = (text: string, sentences: number): string => (isFull ? text : shortened(text, sentences));
  const [first, last] = finding.lines;
  const times = finding.count > 1 ? `, ${face.times(finding.count)}` : "";
  const sure = face.confidence(finding.confidence);
  const differs = tied.length > 1 && finding.processed === "depends" ? `${face.againDiffers} ` : "";
  const lines = [
    `## ${words?.title ?? finding.id}`,
    "",
    `${markdownCode(finding.id)}, ${face.lines(first, last)}${times}${tied.length > 1 ? "" : `, ${sure}`}: ${markdownCode(finding.text)}`,
  ];
  if (isGuessed(finding)) lines.push("", face.guessed);
  if (finding.from !== undefined) lines.push("", face.ownRecord(finding.from, words?.tier));
  if (tied.length > 1) lines.push("", face.oneOfThese(sure), "", ...tiedLines(tied, face, isFull));
  for (const { id, answer } of finding.contradicted ?? []) lines.push("", face.contradicted(id, answer));
  if (words !== undefined) {
    lines.push(
      "",
      ...said(face.happened, words.happened),
      ...said(face.closedBy, short(words.closedBy, 1)),
      ...said(face.again, `${differs}${short(words.again, 2)}`),
      ...said(face.why, short(words.why, 1)),
      ...listHead(face.todo, words.todo),
      ...(isFull ? words.todo : words.todo.slice(0, 3)).map(
        ({ action, how, counted }) =>
          `1. ${action}${counted}${isFull && how !== "" ? `\n\n   ${how.trimEnd().replaceAll("\n", "\n   ")}\n` : ""}`,
      ),
      ...listHead(face.notTodo, words.notTodo),
      ...(isFull ? words.notTodo : words.notTodo.slice(0, 2)).map(
        ({ action, why, counted }) => `- ${inARow(action, short(why, 1))}${counted}`,
      ),
      ...listHead(face.beSure, words.beSure),
      ...(isFull ? words.beSure : words.beSure.slice(0, 1)).map(
        ({ say, run }) => `- ${say}${run === null ? "" : ` ${markdownCode(run)}`}`,
      ),
    );
  }
  if (finding.question !== undefined) {
    lines.push("", `**${face.question}:** ${question?.ask ?? finding.question.id}`, "");
    for (const answer of question?.answers ?? [])
      lines.push(`- ${markdownCode(`--answer ${finding.question.id}=${answer.id}`)} ${answer.text}`);
  }
  return lines.join("\n");
}

/** A record of somebody's own need not say everything: nothing for what it leaves out. */
function said(name: string, text: string): readonly string[] {
  return text === "" ? [] : [`- **${name}${/[?？]$/u.test(name) ? "" : ":"}** ${text}`];
}

function tiedLines(tied: ToldFinding["tied"], face: FaceWords, isFull: boolean): readonly string[] {
  const shown = isFull ? tied : tied.slice(0, shortTied);
  const rest = tied.length - shown.length;
  return [
    ...shown.map(({ id, title }) => `1. ${markdownCode(id)}${title === id ? "" : ` ${title}`}`),
    ...(rest === 0 ? [] : ["", face.andMore(rest)]),
  ];
}

function listHead(name: string, list: readonly unknown[]): readonly string[] {
  return list.length === 0 ? [] : ["", `**${name}**`, ""];
}
