/** The words of the interface of `holdfast explain`, in each language. What entries say comes from the entries. */

import type { Finding, Language } from "@holdfast/catalog";

/** Below this no known text with its surroundings stands behind an answer (the kinds of answers in the catalog's `answer-class.ts`). */
const sureFrom = 0.9;

export interface FaceWords {
  readonly happened: string;
  readonly closedBy: string;
  readonly again: string;
  /** Of a tie whose entries say different things about sending again. */
  readonly againDiffers: string;
  readonly why: string;
  readonly todo: string;
  readonly notTodo: string;
  readonly beSure: string;
  readonly question: string;
  readonly more: string;
  readonly oneOfThese: (confidence: string) => string;
  readonly andMore: (count: number) => string;
  readonly lines: (first: number, last: number) => string;
  readonly times: (count: number) => string;
  readonly confidence: (share: number) => string;
  readonly ownRecord: (path: string, tier: string | undefined) => string;
  /** Of an answer that changed nothing because something speaks against it. */
  readonly contradicted: (id: string, answer: string) => string;
  /** For an answer that no known text with its surroundings stands behind. */
  readonly guessed: string;
  readonly notKnown: string;
  readonly looksFailed: string;
  readonly capture: string;
  readonly readSome: (lines: number) => string;
  readonly answerWith: string;
  /** Where the command line is not repeated. */
  readonly answerAgain: string;
  readonly cause: (name: string) => string;
  /** `called`: how the reader calls the command. */
  readonly causeEntries: (called: string) => string;
}

const en: FaceWords = {
  happened: "Happened",
  closedBy: "By whom",
  again: "Again?",
  againDiffers: "These differ, so take it as possibly processed until the question is answered. If it is the first:",
  why: "Why",
  todo: "Do",
  notTodo: "Don't",
  beSure: "Be sure",
  question: "Question",
  more: "More",
  oneOfThese: (confidence) => `One of these (${confidence}), likeliest first:`,
  andMore: (count) => `and ${count} more (--full)`,
  lines: (first, last) => (first === last ? `line ${first}` : `lines ${first}-${last}`),
  times: (count) => `${count} times`,
  confidence: (share) => `${Math.round(share * 100)} %`,
  ownRecord: (path, tier) => `your own record, ${path}${tier === undefined ? "" : ` (${tier})`}`,
  guessed: "Not certain: judged by the words and the status alone.",
  contradicted: (id, answer) => `Left out: your answer ${id}=${answer}, which this text or another answer contradicts.`,
  notKnown: "Not known here.",
  looksFailed: "These look like failed calls, but no text of the catalog fits:",
  capture: "Capture this next, and explain what comes out:",
  readSome: (lines) => `${lines} ${lines === 1 ? "line" : "lines"} read, nothing recognised.`,
  answerWith: "Answer with:",
  answerAgain: "Answer with the same command again, and at its end:",
  cause: (name) => `Texts by which "${name}" shows itself, by program, under the entries that they mean:`,
  causeEntries: (called) => `The entries (${called} show ID; ${called} explain TEXT weighs all causes of a text):`,
};

const zh: FaceWords = {
  happened: "现象",
  closedBy: "谁关闭",
  again: "可重发?",
  againDiffers: "各项不同，在回答问题之前请当作可能已被处理。如果是第一个：",
  why: "原因",
  todo: "该做",
  notTodo: "别做",
  beSure: "如何确认",
  question: "问题",
  more: "详情",
  oneOfThese: (confidence) => `以下之一（${confidence}），可能性从高到低：`,
  andMore: (count) => `另有 ${count} 个（--full）`,
  lines: (first, last) => (first === last ? `第 ${first} 行` : `第 ${first}-${last} 行`),
  times: (count) => `共 ${count} 次`,
  confidence: (share) => `${Math.round(share * 100)} %`,
  ownRecord: (path, tier) => `你自己的记录，${path}${tier === undefined ? "" : `（${tier}）`}`,
  guessed: "不确定：仅根据字词和状态判断。",
  contradicted: (id, answer) => `未采用：你的回答 ${id}=${answer} 与这段文本或其他回答矛盾。`,
  notKnown: "这里不认识。",
  looksFailed: "下列各行像是失败的调用，但目录中没有相符的文本：",
  capture: "接下来收集这些信息，再来解释：",
  readSome: (lines) => `读了 ${lines} 行，没有认出任何内容。`,
  answerWith: "这样回答：",
  answerAgain: "这样回答：重复同一命令，并在末尾加上：",
  cause: (name) => `“${name}”会表现为下列文本，按程序列出，上面一行是它们所指的条目：`,
  causeEntries: (called) => `条目（${called} show ID；${called} explain 文本 会权衡该文本的所有原因）：`,
};

export const faceWords: Readonly<Record<Language, FaceWords>> = { en, zh };

/** Whether an answer should say that it is a guess. What an own record says was never counted, so nothing is said of it. */
export function isGuessed({ confidence, from }: Finding): boolean {
  return confidence < sureFrom && from === undefined;
}
