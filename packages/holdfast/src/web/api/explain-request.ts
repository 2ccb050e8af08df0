/** `/api/v1/explain`: what a request asks, and its answer. The answer is that of `holdfast explain --json`. */

import type { Explanation } from "@holdfast/catalog";
import { createExplainer, explain, type ForeignPattern } from "@holdfast/catalog/explain";
import { answerMistake } from "../../explain/answer-mistake.ts";
import { ApiError } from "./api-error.ts";
import { bodyPieces, bodyText, maxBodyBytes } from "./read-body.ts";

type Answers = Readonly<Record<string, string>>;
type Patterns = readonly ForeignPattern[];

/** Texts of one line only: an address stands in logs and histories, where no log belongs. */
export const maxLineLetters = 2_000; // the longest text of the catalog has some 300; addresses of 8 kB are refused on the way

/** A body of text, in which bytes that are not UTF-8 do no harm, or of JSON. */
export async function explainPost(request: Request, foreign: Patterns): Promise<Explanation> {
  const type = mediaTypeOf(request);
  if (type === "application/json") return explainJson(await bodyText(request, maxBodyBytes), foreign);
  const answers = readAnswers(new URL(request.url).searchParams.getAll("answer"));
  const explainer = createExplainer({ answers, foreign });
  for await (const piece of bodyPieces(request, maxBodyBytes)) explainer.push(piece);
  return notEmpty(explainer.end());
}

export function explainGet(request: Request, foreign: Patterns): Explanation {
  const { searchParams } = new URL(request.url);
  const text = searchParams.get("text");
  if (text === null) throw new ApiError(400, "bad-request", "expected ?text=… with one line, or a POST with the text");
  if (/[\r\n]/.test(text.trim()) || text.length > maxLineLetters) {
    const message = `GET takes one line of at most ${maxLineLetters} letters; send logs by POST, so that they do not stand in addresses`;
    throw new ApiError(400, "bad-request", message);
  }
  return notEmpty(explain(text, { answers: readAnswers(searchParams.getAll("answer")), foreign }));
}

/** `QUESTION=ANSWER`, as the command takes it. */
export function readAnswers(given: readonly string[]): Answers {
  return checkedAnswers(
    given.map((each) => {
      const at = each.indexOf("=");
      if (at < 1) throw new ApiError(400, "bad-request", `answer ${each}: expected QUESTION=ANSWER`);
      return [each.slice(0, at), each.slice(at + 1)] as const;
    }),
  );
}

function explainJson(text: string, foreign: Patterns): Explanation {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new ApiError(400, "bad-json", `the body is not JSON: ${(error as Error).message}`);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ApiError(400, "bad-request", "expected an object { text, answers? }");
  }
  const { text: input, answers = {} } = body as { readonly text?: unknown; readonly answers?: unknown };
  if (typeof input !== "string") throw new ApiError(400, "bad-request", "text: expected a string", { field: "text" });
  if (typeof answers !== "object" || answers === null || Array.isArray(answers)) {
    throw new ApiError(400, "bad-request", "answers: expected an object of strings by question", { field: "answers" });
  }
  const pairs = Object.entries(answers).map(([question, answer]: readonly [string, unknown]) => {
    if (typeof answer === "string") return [question, answer] as const;
    throw new ApiError(400, "bad-request", `answers.${question}: expected a string`, { field: `answers.${question}` });
  });
  return notEmpty(explain(input, { answers: checkedAnswers(pairs), foreign }));
}

function checkedAnswers(pairs: readonly (readonly [question: string, answer: string])[]): Answers {
  const mistake = answerMistake(pairs);
  if (mistake === undefined) return Object.fromEntries(pairs);
  const { kind, message, expected } = mistake;
  throw new ApiError(400, kind, message, { expected });
}

/** Default, for a body without a type: plain text, so that `curl --data-binary` works with a header less. */
function mediaTypeOf(request: Request): "text/plain" | "application/json" {
  const [type = "", ...parameters] = (request.headers.get("content-type") ?? "text/plain").toLowerCase().split(";");
  const charset = parameters.map((each) => /^\s*charset="?([\w-]+)/.exec(each)?.[1]).find((each) => each !== undefined);
  const name = type.trim();
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/.test(charset)) {
    throw new ApiError(415, "unsupported-type", `charset ${charset}: expected utf-8`);
  }
  if (name === "text/plain" || name === "application/json") return name;
  throw new ApiError(415, "unsupported-type", `content-type ${name}: expected text/plain or application/json`);
}

function notEmpty(explanation: Explanation): Explanation {
  if (explanation.bytesRead > 0) return explanation;
  throw new ApiError(400, "empty-input", "the input is empty: nothing to explain");
}
