/**
 * Kinds of answers, and how often each is right. An answer is right when the true cause is among the entries that it
 * names. A finding carries the number of its kind, so that of all answers with 0.9 nine in ten are right.
 *
 * Measured on 2026-11-21 with `npm run catalog -- --judge` on the labelled sets: runs of real clients, and public reports.
 * Behind each kind stand how many of its answers were right, in the half of the messages that was tuned on and in the
 * half that was not. The numbers are set below both, because the catalog knows these programs and versions best; kinds
 * with fewer than 30 answers are estimates.
 */

export const answerClasses = {
  /** The failure named itself: an id or a reason of ours. */
  own: 0.99, // estimated
  /** One entry; status and implementation agree with its text. */
  "decisive-agreed": 0.98, // 481 of 481, 452 of 455
  /** One entry; the status agrees, the implementation is unknown or another that passes the text on. */
  "decisive-status": 0.97, // 168 of 168, 151 of 151
  /** One entry; no status stands with the text. */
  "decisive-text": 0.97, // 432 of 433, 391 of 394
  /** Several entries share the text; something else in the group, before or behind it speaks for one or some of them. */
  "tie-sharpened": 0.92, // 24 of 24, 21 of 21
  /** A tie that answers to questions have thinned. */
  answered: 0.92, // estimated
  "tie-of-2": 0.97, // 348 of 349, 361 of 362
  "tie-of-3": 0.97, // 172 of 172, 141 of 142
  "tie-of-more": 0.95, // 134 of 134, 178 of 178
  /** Others' words stand behind a text that else stands alone; counted on the same sets with such words put behind. */
  "text-with-tail": 0.92, // 385 of 385
  /** Known words in another letter case, or with other blanks and line breaks; see `restore-words.ts`. */
  "text-restored": 0.9, // 38 of 38, 38 of 39
  /** The input was a text and nothing else, without anything that says it was gRPC. */
  "bare-text": 0.85, // estimated
  /** The input is the tail or the beginning of longer texts. */
  "part-of-text": 0.75, // estimated
  /** Only a line that usually stands near the failure was there. */
  "clue-only": 0.6, // estimated
  /** The words are of no library that is known, so the status alone speaks: they are the application's own. */
  "status-only": 0.93, // 74 of 74, 64 of 64
  /** The same for UNKNOWN and INTERNAL, in which libraries and proxies put their own faults too. */
  "vague-status-only": 0.85, // 19 of 20, 24 of 25
  /** The same for UNAVAILABLE, which transports use for everything: words that none of the known ones writes. */
  "unavailable-only": 0.6, // 5 of 8 of both halves
  /** No signature fits; phrases that name a cause in any program stand in the text. */
  phrase: 0.85, // 10 of 10, 24 of 28; 67 of 77 before their texts were taught
  /** Not even phrases: the family of its words, as `closed` or `not reached`; see `cause-families.ts`. */
  family: 0.7, // 16 of 17; with all signatures left out 143 of 168, and 132 of 167 where they were not tuned
  /** The text is known, but with another status. */
  "status-differs": 0.5, // estimated
} as const;

export type AnswerClass = keyof typeof answerClasses;
