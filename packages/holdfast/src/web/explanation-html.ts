/**
 * The HTML face of an explanation, made by the same code in the browser and, for those without JavaScript, on the server.
 * The answers to its questions are submit buttons of the form `ask`, so both can take them. Pure.
 */

import type { Explanation, Finding, Implementation, Language } from "@holdfast/catalog";
import { captureAdvice } from "../explain/capture-advice.ts";
import { faceWords, isGuessed } from "../explain/face-words.ts";
import type { AnswerWords } from "./answer-words.ts";
import { inlineCode } from "./inline-code.ts";
import { html, type Hole, type Markup } from "./markup.ts";
import { siteWords } from "./site-words.ts";

export interface AnswerContext {
  readonly language: Language;
  readonly words: AnswerWords;
  /** Answers given so far, by question. */
  readonly answers: Readonly<Record<string, string>>;
  /** The address of an entry's page. */
  readonly entryLink: (id: string) => string;
}

/** More findings than this at once are a list to choose from. */
const fullFindings = 8;
/** Of a tie, so many are named before "and more". */
const shownTied = 6;

export function explanationHtml(explanation: Explanation, context: AnswerContext): Markup {
  const { findings, known } = explanation;
  const face = faceWords[context.language];
  return html`<h2 id="answer" tabindex="-1">${siteWords[context.language].answer}</h2>
    ${Object.entries(context.answers).map(
      ([question, answer]) => html`<input type="hidden" form="ask" name="answer" value="${question}=${answer}" />`,
    )}${known ? findings.map((finding, index) => findingHtml(finding, index, context)) : notKnown(explanation, context)}
    ${
      known &&
      explanation.notKnown.length > 0 &&
      html`<p>${face.looksFailed}</p>
        ${failedLines(explanation, context)}`
    }`;
}

function findingHtml(finding: Finding, index: number, context: AnswerContext): Markup {
  const { language, words, entryLink } = context;
  const face = faceWords[language];
  const short = words.entries[finding.id];
  const isListed = index >= fullFindings;
  // Of a tie that is shown the confidence is that of the whole, and stands there. Of records of somebody's own nobody has
  // counted how often they are right.
  const isWhole = (isListed || finding.tied.length < 2) && finding.from === undefined;
  const sure = isWhole && html` · ${siteWords[language].confidence(finding.confidence)}`;
  const times = finding.count > 1 && html` · ${face.times(finding.count)}`;
  const own = finding.from !== undefined && html` · ${face.ownRecord(finding.from, short?.tier)}`;
  return html`<article class="finding">
    <h3>${short === undefined ? finding.id : html`<a href="${entryLink(finding.id)}">${short.title}</a>`}</h3>
    <p class="meta"><code>${finding.id}</code> · ${face.lines(...finding.lines)}${times}${sure}${own}</p>
    <pre class="quoted"><code>${finding.text}</code></pre>
    ${isGuessed(finding) && html`<p>${face.guessed}</p>`}
    ${contradictedHtml(finding, context)}${!isListed && [tiedHtml(finding, context), questionHtml(finding, index, context), factsHtml(finding, context)]}
  </article> `;
}

/** Never silently: whoever gave the answer would take what stands below for its result. */
function contradictedHtml({ contradicted = [] }: Finding, { language, words }: AnswerContext): readonly Hole[] {
  return contradicted.map(({ id, answer }) => {
    // By its words, as it was given on the page.
    const text = words.questions[id]?.answers.find((each) => each.id === answer)?.text;
    return html`<p class="own-notice">
      ${faceWords[language].contradicted(id, answer)}${text !== undefined && html` (${inlineCode(text)})`}
    </p> `;
  });
}

function tiedHtml({ tied, confidence }: Finding, { language, words, entryLink }: AnswerContext): Hole {
  if (tied.length < 2) return undefined;
  const face = faceWords[language];
  const item = (id: string): Markup => html`<li><a href="${entryLink(id)}">${words.entries[id]?.title ?? id}</a></li>`;
  const rest = tied.slice(shownTied);
  return html`<div class="tied">
    <p>${face.oneOfThese(face.confidence(confidence))}</p>
    <ol>
      ${tied.slice(0, shownTied).map(item)}
    </ol>
    ${
      rest.length > 0 &&
      html`<details>
        <summary>${siteWords[language].andMore(rest.length)}</summary>
        <ol start="${shownTied + 1}">
          ${rest.map(item)}
        </ol>
      </details>`
    }
  </div> `;
}

function factsHtml(finding: Finding, { language, words, entryLink }: AnswerContext): Hole {
  const face = faceWords[language];
  const site = siteWords[language];
  const short = words.entries[finding.id];
  if (short === undefined) return undefined;
  const isTied = finding.tied.length > 1;
  // One entry's word on sending again must not stand for others that say otherwise.
  const differs = isTied && finding.processed === "depends" && html`<span>${face.againDiffers}</span> `;
  return html`${isTied && html`<p class="quiet">${site.ofLikeliest}</p>`}
    <dl class="facts">
      ${fact(face.happened, short.happened)}${fact(face.closedBy, short.closedBy)}
      ${
        short.again !== "" &&
        html`<dt>${face.again}</dt>
          <dd class="processed ${finding.processed}">${differs}${inlineCode(short.again)}</dd> `
      }
      ${fact(face.why, short.why)}
      ${
        short.todo.length > 0 &&
        html`<dt>${face.todo}</dt>
          <dd>
            <ol>
              ${short.todo.map((each) => html`<li>${inlineCode(each)}</li>`)}
            </ol>
          </dd> `
      }
      ${
        short.notTodo.length > 0 &&
        html`<dt>${face.notTodo}</dt>
          <dd>
            <ul>
              ${short.notTodo.map((each) => html`<li>${inlineCode(each)}</li>`)}
            </ul>
          </dd> `
      }
      ${short.beSure.map(
        ({ say, run }) =>
          html`<dt>${face.beSure}</dt>
            <dd>${inlineCode(say)}${run !== null && html`<pre><code>${run}</code></pre>`}</dd> `,
      )}
      <dt>${face.more}</dt>
      <dd><a href="${entryLink(finding.id)}">${finding.id}</a></dd>
    </dl> `;
}

/** Nothing, where a record of somebody's own does not say. */
function fact(name: string, text: string): Hole {
  return (
    text !== "" &&
    html`<dt>${name}</dt>
      <dd>${inlineCode(text)}</dd> `
  );
}

function questionHtml({ question }: Finding, index: number, { language, words }: AnswerContext): Hole {
  if (question === undefined) return undefined;
  const asked = words.questions[question.id];
  const answers = asked?.answers ?? question.answers.map((id) => ({ id, text: id }));
  return html`<div class="question" role="group" aria-labelledby="question-${index}">
    <p class="ask" id="question-${index}"><span>${faceWords[language].question}</span> ${asked?.ask ?? question.id}</p>
    ${asked !== undefined && html`<p class="look">${inlineCode(asked.look)}</p>`}
    <p class="choices">
      ${answers.map(({ id, text }) => html`<button form="ask" name="answer" value="${question.id}=${id}">${inlineCode(text)}</button> `)}
    </p>
  </div> `;
}

function notKnown(explanation: Explanation, context: AnswerContext): Markup {
  const { language } = context;
  const face = faceWords[language];
  const seen = explanation.notKnown.flatMap(({ facts }): Implementation[] =>
    facts.implementation === undefined ? [] : [facts.implementation],
  );
  return html`<div class="unknown">
    <p class="strong">${face.notKnown}</p>
    ${
      explanation.notKnown.length > 0
        ? html`<p>${face.looksFailed}</p>
            ${failedLines(explanation, context)}`
        : html`<p>${face.readSome(explanation.linesRead)}</p>`
    }
    <p>${face.capture}</p>
    <ul>
      ${captureAdvice(seen, language).map(
        ({ say, run }) =>
          html`<li>
            ${say}
            <pre><code>${run}</code></pre>
          </li> `,
      )}
    </ul>
  </div> `;
}

function failedLines({ notKnown: lines }: Explanation, { language }: AnswerContext): Markup {
  const face = faceWords[language];
  return html`<ul class="failed">
    ${lines.map(
      ({ line, text }) =>
        html`<li>
          ${face.lines(line, line)}
          <pre class="quoted"><code>${text}</code></pre>
        </li> `,
    )}
  </ul>`;
}
