import type { ByteWriter } from "../bytes.ts";
import type { Core } from "../connection-core.ts";
import { errorCode } from "../error-code.ts";
import { countPing, isTooMany } from "../ping-policy.ts";
import { limitPassed } from "../violation.ts";
import { connectionError, type ReceiveFrame } from "./frame.ts";

/** PING, RFC 9113 §6.7: eight opaque octets that the receiver sends back at once. */

export const type = 0x6;
const ack = 0x1;

export const receivePing: ReceiveFrame = (core, { streamId, length, flags, bytes, at }) => {
  if (streamId !== 0) return connectionError("rfc9113-6.7", "PROTOCOL_ERROR", `PING on stream ${streamId}, expected 0`);
  if (length !== 8) return connectionError("rfc9113-6.7", "FRAME_SIZE_ERROR", `PING of ${length} octets, expected 8`);
  if ((flags & ack) !== 0) {
    core.onPong(bytes, at);
    return undefined;
  }
  if (!core.spend("limit-ping")) return undefined;
  writePing(core.out, bytes.subarray(at, at + 8), true);
  core.record.sent(core.nowMs, type, ack, 0, 8, 0);
  core.answered(17);
  police(core);
  return undefined;
};

/** gRFC A8: the debug data that clients know, and answer with PINGs half as often. */
export const tooManyPings = "too_many_pings";

/** Counts a PING against the policy; the peer that passed it reads why, because a close lingers. */
function police(core: Core): void {
  const { pingPolicy: policy } = core;
  if (policy === undefined) return;
  core.pingSlate = countPing(core.pingSlate, core.nowMs, core.streams.size, policy);
  if (!isTooMany(core.pingSlate, policy)) return;
  const { minTimeMs, permitWithoutCalls } = policy;
  const rest = permitWithoutCalls ? "" : ", and 2 h without calls";
  const detail = `${core.pingSlate.strikes} PINGs came too soon: ${minTimeMs} ms must lie between two${rest}`;
  core.fail("violation", limitPassed("limit-ping-policy", errorCode.ENHANCE_YOUR_CALM, detail), tooManyPings);
}

export function writePing(into: ByteWriter, opaque: Uint8Array, isAck: boolean): void {
  into.frameHeader(8, type, isAck ? ack : 0, 0);
  into.bytes(opaque);
}
