/** Concurrent streams: how many to hold, and what was seen. Pure. */

/** Streams held at once, at most. Above it nothing is tried: who announces more has enough. */
const mostHeld = 260;
/** Without a limit there is nothing to try beyond; a few show that several streams are served. */
const heldWithoutLimit = 8;

/** How many streams to open on a server that announced `announced` (absent: no limit). */
export function streamsToHold(announced: number | undefined): number {
  if (announced === undefined) return heldWithoutLimit;
  // Two beyond the limit.
  return announced + 2 <= mostHeld ? announced + 2 : heldWithoutLimit;
}

export interface StreamsSeen {
  /** SETTINGS_MAX_CONCURRENT_STREAMS; absent: not announced. */
  readonly announced: number | undefined;
  /** Watches that were opened. */
  readonly opened: number;
  /** Of them, those that told a status and stayed open. */
  readonly served: number;
  /** What became of those that ended, each with its count. */
  readonly refused: readonly { readonly outcome: string; readonly count: number }[];
  /** Opened and neither served nor ended. */
  readonly waiting: number;
  /** How the connection ended meanwhile; absent: it did not. */
  readonly ending?: string;
}

export type StreamsVerdict =
  /** Every stream beyond the limit was turned away; `by` says how. */
  | { readonly kind: "enforced"; readonly limit: number; readonly by: string }
  /** More were served than announced. */
  | { readonly kind: "not-enforced"; readonly limit: number }
  /** The whole connection ended for it. */
  | { readonly kind: "fatal"; readonly limit: number; readonly ending: string }
  /** Streams beyond the limit wait until others end. */
  | { readonly kind: "queued"; readonly limit: number }
  /** Announced, and not tried beyond. */
  | { readonly kind: "announced"; readonly limit: number; readonly why: string }
  | { readonly kind: "no-limit"; readonly served: number };

export function judgeStreams({ announced, opened, served, refused, waiting, ending }: StreamsSeen): StreamsVerdict {
  if (announced === undefined) return { kind: "no-limit", served };
  if (ending !== undefined && opened > announced) return { kind: "fatal", limit: announced, ending };
  const why = whyNotBeyond(announced, { opened, served, waiting });
  if (why !== undefined) return { kind: "announced", limit: announced, why };
  const [first] = refused;
  if (first !== undefined && served <= announced) return { kind: "enforced", limit: announced, by: first.outcome };
  return served > announced ? { kind: "not-enforced", limit: announced } : { kind: "queued", limit: announced };
}

/** Undefined where the limit was tried. */
function whyNotBeyond(
  announced: number,
  { opened, served, waiting }: Pick<StreamsSeen, "opened" | "served" | "waiting">,
): string | undefined {
  if (served === 0 && waiting === 0) return "no stream could be held open: the server has no health Watch";
  if (opened > announced) return undefined;
  if (waiting > 0) return `after ${served} streams one was not answered, and no more were opened`;
  return "that many are not opened for a measurement";
}
