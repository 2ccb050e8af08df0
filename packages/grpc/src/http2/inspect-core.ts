/**
 * A connection as it stands, as plain data for people and JSON. Owns the shape; only looks, and what is made when it is first
 * needed (header tables) is not made by being looked at.
 */

import type { Core } from "./connection-core.ts";
import type { Settings } from "./settings.ts";
import type { StreamState } from "./stream-state.ts";

/** Settings of one side as the other has heard them, RFC 9113 §6.5.2. Absent: no limit was announced. */
export interface SettingsInspection {
  readonly headerTableSize: number;
  readonly enablePush: boolean;
  readonly maxConcurrentStreams?: number;
  readonly initialWindowSize: number;
  readonly maxFrameSize: number;
  readonly maxHeaderListSize?: number;
}

export interface StreamInspection {
  readonly id: number;
  /** RFC 9113 §5.1; `idle` here: it waits for its first turn. */
  readonly state: StreamState;
  /** What we may still send, octets; negative after the peer made its initial window smaller. */
  readonly sendWindowBytes: number;
  /** What the peer may still send. */
  readonly receiveWindowBytes: number;
  /** Waiting here to be sent. */
  readonly queuedBytes: number;
  /** Received, and not used by the application yet. */
  readonly heldBytes: number;
}

/** The HTTP/2 part of a connection. */
export interface Http2Inspection {
  /** `greeting`: the peer's SETTINGS have not come; `failed`: condemned; `ended`: its socket is gone. */
  readonly phase: "greeting" | "ready" | "failed" | "ended";
  /** How we leave: `warned` is the first phase of a graceful GOAWAY, `leaving` the second. */
  readonly goingAway: "staying" | "warned" | "leaving";
  /** The lowest last stream id that the peer's GOAWAYs named. */
  readonly peerLastStreamId?: number;
  readonly ageMs: number;
  /** From its beginning to the peer's SETTINGS. */
  readonly readyAfterMs?: number;
  /** Since the last octet came. */
  readonly quietMs?: number;
  readonly settings: { readonly ours: SettingsInspection; readonly theirs: SettingsInspection };
  /** Of the connection; streams have their own. */
  readonly windows: { readonly sendBytes: number; readonly receiveBytes: number };
  readonly streamsOpen: number;
  readonly streamsEver: number;
  /** The oldest, as many as were asked for. */
  readonly streams: readonly StreamInspection[];
  /** PINGs sent to hear whether the peer lives. */
  readonly keepalives: number;
}

export function inspectCore(core: Core, nowMs: number, maxStreams: number): Http2Inspection {
  const { readyAtMs, lastReceivedAtMs, startedAtMs, peerLastId } = core;
  return {
    phase: core.phase,
    goingAway: core.goingAway.kind,
    ...(peerLastId === undefined ? {} : { peerLastStreamId: peerLastId }),
    ageMs: nowMs - startedAtMs,
    ...(readyAtMs === undefined ? {} : { readyAfterMs: readyAtMs - startedAtMs }),
    ...(lastReceivedAtMs === undefined ? {} : { quietMs: nowMs - lastReceivedAtMs }),
    settings: { ours: inspectSettings(core.local), theirs: inspectSettings(core.peer) },
    windows: { sendBytes: core.sendWindow, receiveBytes: core.window.available },
    streamsOpen: core.streams.size,
    streamsEver: core.streamsEver,
    streams: maxStreams === 0 ? [] : inspectStreams(core, maxStreams),
    keepalives: core.pings.keepalives,
  };
}

function inspectStreams(core: Core, maxStreams: number): StreamInspection[] {
  return core.streams
    .all()
    .slice(0, maxStreams)
    .map(({ id, state, sendWindow, window, queuedBytes, heldBytes }) => ({
      id,
      state,
      sendWindowBytes: sendWindow,
      receiveWindowBytes: window.available,
      queuedBytes,
      heldBytes,
    }));
}

/** JSON knows no Infinity: what has no limit is left out. */
function inspectSettings(settings: Settings): SettingsInspection {
  const { headerTableSize, enablePush, initialWindowSize, maxFrameSize } = settings;
  const { maxConcurrentStreams, maxHeaderListSize } = settings;
  return {
    headerTableSize,
    enablePush,
    ...(maxConcurrentStreams === Infinity ? {} : { maxConcurrentStreams }),
    initialWindowSize,
    maxFrameSize,
    ...(maxHeaderListSize === Infinity ? {} : { maxHeaderListSize }),
  };
}
