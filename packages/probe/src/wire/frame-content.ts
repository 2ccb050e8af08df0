/** Owns what stands in a frame, decoded: RFC 9113 §6, one function a type. Judges nothing; what cannot be read is `malformed`. */

import type { HeaderList } from "@holdfast/grpc/http2";

export type FrameContent =
  | { readonly kind: "data"; readonly dataBytes: number; readonly endStream: boolean }
  | {
      readonly kind: "headers";
      /** Absent: the block goes on in CONTINUATION frames, or could not be decoded. */
      readonly fields?: HeaderList;
      readonly endStream: boolean;
    }
  | { readonly kind: "continuation"; readonly fields?: HeaderList }
  | { readonly kind: "priority" }
  | { readonly kind: "reset"; readonly code: number }
  | { readonly kind: "settings"; readonly ack: boolean; readonly values: readonly SettingSeen[] }
  | { readonly kind: "push-promise" }
  | { readonly kind: "ping"; readonly ack: boolean; readonly payloadHex: string }
  | { readonly kind: "goaway"; readonly lastStreamId: number; readonly code: number; readonly debugData: string }
  | { readonly kind: "window-update"; readonly increment: number }
  | { readonly kind: "unknown" }
  | { readonly kind: "malformed" };

/** One setting as it was sent, in the order in which it was sent. */
export interface SettingSeen {
  readonly id: number;
  readonly value: number;
}

/** The fields of the frame header, RFC 9113 §4.1. */
export interface FrameHead {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly length: number;
}

const ack = 0x1;
const endStream = 0x1;
export const endHeaders = 0x4;
const padded = 0x8;
const priority = 0x20;

/** Longer debug data is cut, octets: it is text for people. */
const maxDebugBytes = 1_024;

/** Content of every frame but those with header blocks, whose decoding needs the connection's tables. */
export function frameContent(head: FrameHead, payload: Uint8Array): FrameContent {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  switch (head.type) {
    case 0x0:
      return dataContent(head, payload);
    case 0x2:
      return { kind: "priority" };
    case 0x3:
      return payload.length === 4 ? { kind: "reset", code: view.getUint32(0) } : malformed;
    case 0x4:
      return settingsContent(head, view);
    case 0x5:
      return { kind: "push-promise" };
    case 0x6:
      if (payload.length !== 8) return malformed;
      return { kind: "ping", ack: (head.flags & ack) !== 0, payloadHex: Buffer.from(payload).toString("hex") };
    case 0x7: {
      if (payload.length < 8) return malformed;
      const debugData = new TextDecoder().decode(payload.subarray(8, 8 + maxDebugBytes));
      return { kind: "goaway", lastStreamId: view.getUint32(0) & 0x7fffffff, code: view.getUint32(4), debugData };
    }
    case 0x8:
      return payload.length === 4 ? { kind: "window-update", increment: view.getUint32(0) & 0x7fffffff } : malformed;
    default:
      return { kind: "unknown" };
  }
}

/** The part of a HEADERS frame that belongs to the header block, RFC 9113 §6.2; undefined when its padding is wrong. */
export function headerBlock(head: FrameHead, payload: Uint8Array): Uint8Array | undefined {
  const padding = (head.flags & padded) !== 0 ? 1 + (payload[0] ?? 0) : 0;
  const from = (padding > 0 ? 1 : 0) + ((head.flags & priority) !== 0 ? 5 : 0);
  const to = payload.length - Math.max(0, padding - 1);
  return from <= to ? payload.subarray(from, to) : undefined;
}

export function endsStream(flags: number): boolean {
  return (flags & endStream) !== 0;
}

function dataContent(head: FrameHead, payload: Uint8Array): FrameContent {
  const padding = (head.flags & padded) !== 0 ? 1 + (payload[0] ?? 0) : 0;
  if (padding > head.length) return malformed;
  return { kind: "data", dataBytes: head.length - padding, endStream: endsStream(head.flags) };
}

function settingsContent(head: FrameHead, view: DataView): FrameContent {
  if (view.byteLength % 6 !== 0) return malformed;
  const values: SettingSeen[] = [];
  for (let at = 0; at < view.byteLength; at += 6) {
    values.push({ id: view.getUint16(at), value: view.getUint32(at + 2) });
  }
  return { kind: "settings", ack: (head.flags & ack) !== 0, values };
}

const malformed: FrameContent = { kind: "malformed" };
