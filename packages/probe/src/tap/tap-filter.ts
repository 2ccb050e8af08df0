/** Which events of a tap somebody wants to see. Pure. */

import type { TapEvent } from "./tap-event.ts";

export interface TapFilter {
  /** Numbers of connections; absent: all. */
  readonly connections?: readonly number[];
  /** Numbers of streams. */
  readonly streams?: readonly number[];
  /** Types of frames in the RFC's capitals, `0x1f` for others. */
  readonly types?: readonly string[];
  /** The beginning of the `:path` of the stream's request. */
  readonly path?: string;
  /** No frames at all. */
  readonly onlyEnds?: boolean;
}

export function isWanted(event: TapEvent, filter: TapFilter): boolean {
  const connection =
    event.kind === "ended" ? event.ending.connection : "connection" in event ? event.connection : undefined;
  if (connection !== undefined && filter.connections?.includes(connection) === false) return false;
  if (event.kind === "opened") return filter.onlyEnds !== true;
  if (event.kind !== "frame") return true;
  if (filter.onlyEnds === true) return false;
  if (filter.streams?.includes(event.frame.streamId) === false) return false;
  if (filter.types?.includes(event.frame.type) === false) return false;
  return filter.path === undefined || event.path?.startsWith(filter.path) === true;
}
