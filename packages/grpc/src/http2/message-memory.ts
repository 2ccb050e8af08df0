import type { Core } from "./connection-core.ts";
import { streamError } from "./frame/frame.ts";
import type { Http2Stream } from "./stream.ts";

/**
 * Messages that are half received, between a connection and the budget that it shares with others: they are credited
 * while there is room, and give way when there is none. What is held, and whose turn it is, is `receive-budget.ts`'s.
 */

/**
 * A part of a message that is not whole has come: the rest takes memory, so the budget is asked. `restBytes` of it are
 * still to come, if it is the last on its stream: where the window has room for them, the peer needs no credit at all.
 */
export function creditAhead(core: Core, stream: Http2Stream, bytes: number, restBytes: number): void {
  stream.withheldBytes += bytes;
  core.budget.began(stream, core.nowMs);
  reclaimMemory(core);
  if (restBytes <= stream.window.sureBytes) return;
  if (restBytes !== Infinity) {
    core.streamWindows.fit(stream.receivedBytes + restBytes);
    if (restBytes <= stream.window.sureBytes) return;
  }
  creditWithheld(core, stream);
}

/** Padding is of no use to anybody; but it may have taken the room that was left for the rest of a message. */
export function creditPadding(core: Core, stream: Http2Stream, bytes: number): void {
  core.creditStream(stream, bytes);
  creditWithheld(core, stream);
}

/** When memory is short, messages make room that have been coming for too long. */
export function reclaimMemory(core: Core): void {
  if (core.budget.crowded) core.budget.reclaim(core.nowMs - core.limits.messageMs, core.nowMs);
}

/** The budget says that the message has been coming for too long: its stream is reset. */
export function giveWay(core: Core, stream: Http2Stream, nowMs: number): void {
  core.nowMs = Math.max(core.nowMs, nowMs);
  const detail = "a message that is not whole, while all memory for messages is in use";
  const violation = streamError("limit-message-memory", "ENHANCE_YOUR_CALM", stream.id, detail);
  // Not counted against the peer: in another hour it would have been fine.
  core.resetStream(stream, violation.code, violation);
  // Its reader drops what it holds once it hears of the end, which is after this turn; no other message need go for that.
  core.budget.free(stream, Infinity);
}

/** Credits what waited for the budget, if that has room now. */
export function creditWithheld(core: Core, stream: Http2Stream): void {
  if (stream.withheldBytes === 0 || stream.state === "closed" || !core.budget.mayCredit(stream)) return;
  const bytes = stream.withheldBytes;
  stream.withheldBytes = 0;
  core.creditStream(stream, bytes);
}
