/** Owns what a row of the table M1 is: an event on a connection with calls in flight, in words and as a script. */

import type { PeerCall } from "../peer/peer-call.ts";
import type { PeerConnection } from "../peer/peer-connection.ts";
import type { PeerScript } from "../peer/peer-script.ts";
import { wellBehaved } from "../peer/peer-script.ts";

/** How many unary calls are in flight at once in every row. */
export const callsPerRow = 20;

export interface Row {
  readonly id: string;
  /** What the peer sends, in words. */
  readonly event: string;
  /** The deadline of each call. */
  readonly deadlineMs: number;
  /** The script of the n-th connection, counted from 1: the event, or good behaviour. */
  readonly scriptOf: (ordinal: number) => PeerScript;
}

export interface RowOptions {
  /** The event comes on each of the first so many connections; later ones behave well. Default: 1. */
  readonly connections?: number;
  /** MAX_CONCURRENT_STREAMS of the connections with the event. Default: no limit. */
  readonly maxConcurrentStreams?: number;
  /** Default: 10 s. */
  readonly deadlineMs?: number;
}

export function row(
  id: string,
  event: string,
  play: (connection: PeerConnection) => Promise<void>,
  options: RowOptions = {},
): Row {
  const { connections = 1, maxConcurrentStreams, deadlineMs = 10_000 } = options;
  const settings = maxConcurrentStreams === undefined ? {} : { maxConcurrentStreams };
  return {
    id,
    event,
    deadlineMs,
    scriptOf: (ordinal) => (ordinal <= connections ? { settings, play } : wellBehaved),
  };
}

/** The last id of a GOAWAY that excludes all of `calls`, though not the call that warmed the connection. */
export function idBefore(calls: readonly PeerCall[]): number {
  return Math.max(0, (calls[0]?.streamId ?? 0) - 2);
}
