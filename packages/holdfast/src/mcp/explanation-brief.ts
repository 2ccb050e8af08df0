/** The short text beside a structured answer, for clients that show only text. Says where the rest is. */

import type { Language } from "@holdfast/catalog";
import { faceWords, type FaceWords } from "../explain/face-words.ts";
import { inARow, shortened } from "../explain/short-words.ts";
import { shortTied } from "../explain/told-finding.ts";
import type { ExplanationOutput } from "./explanation-output.ts";
import { fenced, pastedNotice } from "./pasted-data.ts";

/** So many of everything: enough to act on; the structured answer holds all. */
const shortTodo = 3;
const shortNotTodo = 2;

export function explanationBrief(told: ExplanationOutput, language: Language): string {
  const face = faceWords[language];
  const blocks = told.findings.map((finding) => findingBrief(finding, face));
  if (told.findingsLeftOut > 0) blocks.push(`+ ${told.findingsLeftOut}`);
  if (!told.known) blocks.push(notKnownBrief(told, face));
  return blocks.join("\n\n");
}

function findingBrief(finding: ExplanationOutput["findings"][number], face: FaceWords): string {
  const {
    id,
    title,
    tied,
    tiedTitles,
    lines,
    count,
    confidence,
    processed,
    from,
    tier,
    words,
    question,
    pasted,
    contradicted = [],
  } = finding;
  const [first = 0, last = 0] = lines;
  // Of a tie the confidence is that of the whole, and stands there.
  const sure = tied.length > 1 ? [] : [face.confidence(confidence)];
  const place = [face.lines(first, last), ...(count > 1 ? [face.times(count)] : []), ...sure];
  // The words below are those of the likeliest entry; what is true of all that are tied stands here.
  const head = [id, ...place, `processed: ${processed}`].join(" · ");
  const rows = [`## ${title}`, head, pastedNotice, fenced(pasted.text)];
  if (from !== undefined) rows.push(face.ownRecord(from, tier));
  if (tied.length > 1) {
    rows.push(face.oneOfThese(face.confidence(confidence)));
    for (const [index, each] of tied.slice(0, shortTied).entries())
      rows.push(`${index + 1}. ${each}: ${tiedTitles[index] ?? ""}`);
    if (tied.length > shortTied) rows.push(`+ ${tied.length - shortTied}`);
  }
  rows.push(...contradicted.map((each) => face.contradicted(each.question, each.answer)));
  if (words !== undefined) {
    rows.push(`${face.happened}: ${words.happened}`);
    // A record of somebody's own may not say these.
    if (words.closedBy !== "") rows.push(`${face.closedBy}: ${shortened(words.closedBy, 1)}`);
    if (words.again !== "") rows.push(`${face.again} ${shortened(words.again, 2)}`);
    if (words.why !== "") rows.push(`${face.why}: ${shortened(words.why, 1)}`);
    rows.push(...words.todo.slice(0, shortTodo).map(({ action }, index) => `${face.todo} ${index + 1}: ${action}`));
    rows.push(
      ...words.notTodo
        .slice(0, shortNotTodo)
        .map(({ action, why }) => `${face.notTodo}: ${inARow(action, shortened(why, 1))}`),
    );
    rows.push(
      ...words.beSure.slice(0, 1).map(({ say, run }) => `${face.beSure}: ${say}${run === null ? "" : ` ${run}`}`),
    );
  }
  if (question !== undefined) {
    rows.push(`${face.question}: ${question.ask} ${question.look}`);
    for (const { id: answer, text } of question.answers)
      rows.push(`- answer_question(question: ${question.id}, answer: ${answer}): ${text}`);
  }
  rows.push(`${face.more}: get_entry(id: ${id})`);
  return rows.join("\n");
}

function notKnownBrief({ notKnown, capture, linesRead }: ExplanationOutput, face: FaceWords): string {
  const rows = [`${face.notKnown} ${notKnown.length === 0 ? face.readSome(linesRead) : face.looksFailed}`];
  for (const { line, pasted } of notKnown.slice(0, shortTied))
    rows.push(`${face.lines(line, line)}. ${pastedNotice}`, fenced(pasted.text));
  rows.push(face.capture, ...capture.map(({ say, run }) => `- ${say} ${run}`));
  return rows.join("\n");
}
