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
  "decisive-agreed": 0.98, // 385 of 385, 329 of 333
  /** One entry; the status agrees, the implementation is unknown or another that passes the text on. */
  "decisive-status": 0.97, // 125 of 125, 109 of 110
  /** One entry; no status stands with the text. */
  "decisive-text": 0.97, // 182 of 182, 155 of 155
  /** Several entries share the text; something else in the group or before it speaks for one or some of them. */
  "tie-sharpened": 0.92, // estimated
  /** A tie that answers to questions have thinned. */
  answered: 0.92, // estimated
  "tie-of-2": 0.97, // 237 of 237, 237 of 237
  "tie-of-3": 0.97, // 114 of 114, 75 of 75
  "tie-of-more": 0.95, // 88 of 88, 139 of 139
  /** Others' words stand behind a text that else stands alone; counted on the same sets with such words put behind. */
  "text-with-tail": 0.92, // 385 of 385
  /** The input was a text and nothing else, without anything that says it was gRPC. */
  "bare-text": 0.85, // estimated
  /** The input is the tail or the beginning of longer texts. */
  "part-of-text": 0.75, // estimated
  /** Only a line that usually stands near the failure was there. */
  "clue-only": 0.6, // estimated
  /** The words are of no library that is known, so the status alone speaks: they are the application's own. */
  "status-only": 0.93, // 85 of 85, 75 of 75
  /** The same for UNKNOWN and INTERNAL, in which libraries and proxies put their own faults too. */
  "vague-status-only": 0.85, // 15 of 16, 17 of 20
  /** No signature fits; phrases that name a cause in any program stand in the text. */
  phrase: 0.85, // 67 of 77 of both halves
  /** The text is known, but with another status. */
  "status-differs": 0.5, // estimated
} as const;

export type AnswerClass = keyof typeof answerClasses;
