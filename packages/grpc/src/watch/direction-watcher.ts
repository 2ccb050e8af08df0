/**
 * One direction of a connection as a bystander sees it: bytes in, in whatever pieces, frames out. Judges nothing, changes
 * nothing, and holds little of what passes: of DATA one octet, of other frames what can be shown of them.
 */

import { errorCodeName } from "../http2/error-code.ts";
import { frameTypeName } from "../http2/flight-record.ts";
import { readU16 } from "../http2/frame/frame.ts";
import { settingId } from "../http2/settings.ts";
import { utf8 } from "../http2/bytes.ts";
import { printable } from "../report/printable.ts";
import { flagNames, settingName } from "./frame-names.ts";
import { FrameScanner, readU32, type ScannedFrame, type UnfinishedFrame } from "./frame-scanner.ts";
import { HeaderBlocks, maxBlockBytes } from "./header-block.ts";
import type { FrameSender, WatchedFrame, WatchedPriority, WatchedSetting } from "./watched-frame.ts";

type Words<Kind extends WatchedFrame["kind"]> = Omit<
  Extract<WatchedFrame, { kind: Kind }>,
  "from" | "atMs" | "type" | "streamId" | "length" | "flags" | "flagNames"
>;
type AnyWords = { [Kind in WatchedFrame["kind"]]: Words<Kind> }[WatchedFrame["kind"]];

/** What a bystander hears of one direction. */
export interface DirectionEvents {
  /** `frame` is plain and may be kept. */
  onFrame(frame: WatchedFrame): void;
  /** The sender allows the other side's header table so many octets. */
  onTableSize(bytes: number): void;
}

const type = {
  data: 0x0,
  headers: 0x1,
  priority: 0x2,
  rstStream: 0x3,
  settings: 0x4,
  pushPromise: 0x5,
  ping: 0x6,
  goaway: 0x7,
  windowUpdate: 0x8,
  continuation: 0x9,
} as const;
const ackFlag = 0x1;
const endHeadersFlag = 0x4;
const paddedFlag = 0x8;
const priorityFlag = 0x20;

/** Debug data that is worth showing, as in the engine; beyond the two numbers of 4 octets. */
const goawayBytes = 8 + 1_024;
/** 100 settings of 6 octets: there are some ten. */
const settingsBytes = 600;

export class DirectionWatcher {
  readonly #from: FrameSender;
  readonly #events: DirectionEvents;
  readonly #scanner: FrameScanner;
  readonly #blocks: HeaderBlocks;
  #nowMs = 0;

  /** @param masks Whether values that may be secret are masked. */
  constructor(from: FrameSender, masks: boolean, events: DirectionEvents) {
    this.#from = from;
    this.#events = events;
    this.#blocks = new HeaderBlocks(masks);
    this.#scanner = new FrameScanner(0, keptBytes, (frame) => this.#whole(frame));
  }

  /** Octets behind the client preface; borrowed. */
  push(bytes: Uint8Array, nowMs: number): void {
    this.#nowMs = nowMs;
    this.#scanner.push(bytes);
  }

  /** The other side's SETTINGS allow a header table of this size. */
  allowTable(bytes: number): void {
    this.#blocks.allowTable(bytes);
  }

  get unfinished(): UnfinishedFrame | undefined {
    return this.#scanner.unfinished;
  }

  #whole(frame: ScannedFrame): void {
    const { type: number, flags, streamId, length } = frame;
    const words = this.#read(frame);
    const head = {
      from: this.#from,
      atMs: this.#nowMs,
      type: frameTypeName(number),
      streamId,
      length,
      flags,
      flagNames: flagNames(number, flags),
    };
    this.#events.onFrame({ ...head, ...words });
    if (words.kind !== "settings") return;
    for (const [name, value] of words.settings) if (name === tableSizeName) this.#events.onTableSize(value);
  }

  #read(frame: ScannedFrame): AnyWords {
    switch (frame.type) {
      case type.data:
        return readData(frame);
      case type.headers:
        return this.#readHeaders(frame);
      case type.priority:
        return frame.length < 5 ? malformed(frame, "5") : { kind: "priority", priority: readPriority(frame.start, 0) };
      case type.rstStream:
        return frame.length < 4 ? malformed(frame, "4") : { kind: "rst-stream", code: codeAt(frame.start, 0) };
      case type.settings:
        return readSettings(frame);
      case type.pushPromise:
        return this.#readPushPromise(frame);
      case type.ping:
        return frame.length < 8 ? malformed(frame, "8") : { kind: "ping", opaque: hexadecimal(frame.start, 8) };
      case type.goaway:
        return readGoaway(frame);
      case type.windowUpdate:
        return frame.length < 4
          ? malformed(frame, "4")
          : { kind: "window-update", increment: readU32(frame.start, 0) & 0x7fffffff };
      case type.continuation:
        return { kind: "continuation", ...this.#block(frame, 0, 0) };
      default:
        return { kind: "unknown" };
    }
  }

  #readHeaders(frame: ScannedFrame): AnyWords {
    const { flags, start } = frame;
    const padded = (flags & paddedFlag) !== 0;
    const prelude = (padded ? 1 : 0) + ((flags & priorityFlag) !== 0 ? 5 : 0);
    const padBytes = padded ? (start[0] ?? 0) : 0;
    if (frame.length < prelude + padBytes) return malformed(frame, `${prelude + padBytes} or more`);
    return {
      kind: "headers",
      ...(padded ? { padBytes } : {}),
      ...((flags & priorityFlag) !== 0 ? { priority: readPriority(start, padded ? 1 : 0) } : {}),
      ...this.#block(frame, prelude, padBytes),
    };
  }

  #readPushPromise(frame: ScannedFrame): AnyWords {
    const padded = (frame.flags & paddedFlag) !== 0;
    const prelude = (padded ? 1 : 0) + 4;
    const padBytes = padded ? (frame.start[0] ?? 0) : 0;
    if (frame.length < prelude + padBytes) return malformed(frame, `${prelude + padBytes} or more`);
    return {
      kind: "push-promise",
      ...(padded ? { padBytes } : {}),
      promisedStreamId: readU32(frame.start, prelude - 4) & 0x7fffffff,
      ...this.#block(frame, prelude, padBytes),
    };
  }

  #block(
    { start, length, flags }: ScannedFrame,
    prelude: number,
    padBytes: number,
  ): Pick<Words<"continuation">, "fields" | "unreadable"> {
    const end = length - padBytes;
    const piece = start.subarray(prelude, Math.min(start.length, end));
    const missing = end - prelude - piece.length;
    const read = this.#blocks.push(piece, missing, (flags & endHeadersFlag) !== 0);
    if (read === undefined) return {};
    return "fields" in read ? { fields: read.fields } : { unreadable: read.unreadable };
  }
}

const tableSizeName = settingName(settingId.HEADER_TABLE_SIZE);

function keptBytes(number: number): number {
  switch (number) {
    case type.data:
      return 1; // the length of its padding
    case type.headers:
    case type.pushPromise:
    case type.continuation:
      return maxBlockBytes;
    case type.goaway:
      return goawayBytes;
    case type.settings:
      return settingsBytes;
    default:
      return 8;
  }
}

function readData(frame: ScannedFrame): AnyWords {
  if ((frame.flags & paddedFlag) === 0) return { kind: "data" };
  if (frame.length < 1) return malformed(frame, "1 or more");
  const padBytes = frame.start[0] as number;
  return frame.length < 1 + padBytes ? malformed(frame, `${1 + padBytes} or more`) : { kind: "data", padBytes };
}

function readSettings(frame: ScannedFrame): AnyWords {
  const { length, flags, start } = frame;
  if ((flags & ackFlag) !== 0 && length > 0) return malformed(frame, "0 with ACK");
  if (length % 6 !== 0) return malformed(frame, "a multiple of 6");
  const settings: WatchedSetting[] = [];
  for (let at = 0; at + 6 <= start.length; at += 6) {
    settings.push([settingName(readU16(start, at)), readU32(start, at + 2)]);
  }
  return { kind: "settings", settings };
}

function readGoaway(frame: ScannedFrame): AnyWords {
  const { start, length } = frame;
  if (length < 8) return malformed(frame, "8 or more");
  return {
    kind: "goaway",
    lastStreamId: readU32(start, 0) & 0x7fffffff,
    code: codeAt(start, 4),
    debugData: printable(utf8(start, 8, start.length)),
  };
}

function readPriority(bytes: Uint8Array, at: number): WatchedPriority {
  const word = readU32(bytes, at);
  return { dependsOn: word & 0x7fffffff, exclusive: word > 0x7fffffff, weight: (bytes[at + 4] as number) + 1 };
}

function codeAt(bytes: Uint8Array, at: number): string {
  return errorCodeName(readU32(bytes, at));
}

function hexadecimal(bytes: Uint8Array, length: number): string {
  let text = "";
  for (let i = 0; i < length; i++) text += (bytes[i] as number).toString(16).padStart(2, "0");
  return text;
}

function malformed({ type: number, length }: ScannedFrame, expected: string): Words<"malformed"> {
  return { kind: "malformed", detail: `${frameTypeName(number)} of ${length} octets, expected ${expected}` };
}
