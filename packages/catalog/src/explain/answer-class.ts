/**
 * Kinds of answers, and how often each is right. An answer is right when the true cause is among the entries that it
 * names. A finding carries the number of its kind, so that of all answers with 0.9 nine in ten are right.
 */

export const answerClasses = {
  /** The failure named itself: an id or a reason of ours. */
  own: 0.99,
  /** One entry; status and implementation agree with its text. */
  "decisive-agreed": 0.97,
  /** One entry; the status agrees, the implementation is unknown or another that passes the text on. */
  "decisive-status": 0.95,
  /** One entry; no status stands with the text. */
  "decisive-text": 0.9,
  /** Several entries share the text; something else in the group or before it speaks for one or some of them. */
  "tie-sharpened": 0.93,
  /** A tie that answers to questions have thinned. */
  answered: 0.93,
  "tie-of-2": 0.93,
  "tie-of-3": 0.92,
  "tie-of-more": 0.9,
  /** The input was a text and nothing else, without anything that says it was gRPC. */
  "bare-text": 0.85,
  /** The input is the tail or the beginning of longer texts. */
  "part-of-text": 0.75,
  /** Only a line that usually stands near the failure was there. */
  "clue-only": 0.75,
  /** The words are of no library that is known, so the status alone speaks: they are the application's own. */
  "status-only": 0.75,
  /** The text is known, but with another status. */
  "status-differs": 0.5,
} as const;

export type AnswerClass = keyof typeof answerClasses;
