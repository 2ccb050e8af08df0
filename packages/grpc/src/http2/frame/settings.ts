import type { ByteWriter } from "../bytes.ts";
import { applySetting, settingId } from "../settings.ts";
import { maxWindow } from "../windows.ts";
import { connectionError, readU16, readU32, type ReceiveFrame } from "./frame.ts";

/** SETTINGS, RFC 9113 §6.5: how the sender wants to be talked to. Applied whole, then acknowledged. */

export const type = 0x4;
const ack = 0x1;

export const receiveSettings: ReceiveFrame = (core, { streamId, length, flags, bytes, at }) => {
  if (streamId !== 0)
    return connectionError("rfc9113-6.5", "PROTOCOL_ERROR", `SETTINGS on stream ${streamId}, expected 0`);
  if ((flags & ack) !== 0) {
    if (length === 0) {
      core.streamWindows.settingsAcknowledged();
      return undefined;
    }
    return connectionError(
      "rfc9113-6.5",
      "FRAME_SIZE_ERROR",
      `SETTINGS acknowledgement of ${length} octets, expected 0`,
    );
  }
  if (length % 6 !== 0) {
    return connectionError("rfc9113-6.5", "FRAME_SIZE_ERROR", `SETTINGS of ${length} octets, expected a multiple of 6`);
  }
  if (!core.spend("limit-settings")) return undefined;
  const { peer } = core;
  const windowBefore = peer.initialWindowSize;
  for (let i = at; i < at + length; i += 6) {
    const id = readU16(bytes, i);
    // RFC 9113 §6.5.2: a server must not enable push, whatever it was told.
    if (core.role === "client" && id === settingId.ENABLE_PUSH && readU32(bytes, i + 2) !== 0) {
      return connectionError("rfc9113-6.5.2", "PROTOCOL_ERROR", "SETTINGS_ENABLE_PUSH from a server, expected 0");
    }
    const violation = applySetting(peer, id, readU32(bytes, i + 2));
    if (violation !== undefined) return violation;
    if (id === settingId.HEADER_TABLE_SIZE) core.encoder.setPeerMaxTableSize(peer.headerTableSize);
  }
  // RFC 9113 §6.9.2: the difference applies to every open stream, and may make windows negative.
  const change = peer.initialWindowSize - windowBefore;
  if (change !== 0) {
    for (const stream of core.streams.all()) {
      stream.sendWindow += change;
      if (stream.sendWindow > maxWindow) {
        return connectionError("rfc9113-6.9.2", "FLOW_CONTROL_ERROR", `a stream's window would pass ${maxWindow}`);
      }
      if (change > 0 && stream.queuedBytes > 0 && stream.sendWindow > 0) core.giveTurn(stream);
    }
  }
  core.out.frameHeader(0, type, ack, 0);
  core.record.sent(core.nowMs, type, ack, 0, 0, 0);
  core.answered(9);
  core.onPeerSettings();
  return undefined;
};

export function writeSettings(into: ByteWriter, pairs: readonly (readonly [id: number, value: number])[]): void {
  into.frameHeader(pairs.length * 6, type, 0, 0);
  for (const [id, value] of pairs) {
    into.u16(id);
    into.u32(value);
  }
}
