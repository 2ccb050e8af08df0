/** One frame as one line, for logs and terminals. Owns the words; what peers wrote is made printable here. */

import { printable } from "../report/printable.ts";
import type { WatchedField, WatchedFrame } from "./watched-frame.ts";

/** A field longer than this hides the rest of the line; the JSON forms have it whole. */
const maxValueLength = 200;
/** A list longer than this likewise. */
const maxFields = 100;

/**
 * For instance `HEADERS stream 1, 41 octets, END_HEADERS; :status: 200, content-type: application/grpc`, or
 * `GOAWAY NO_ERROR, last stream 2147483647, "max_age"`. Without time, connection and direction, which are the caller's.
 */
export function frameLine(frame: WatchedFrame): string {
  const stream = frame.streamId === 0 ? "" : ` stream ${frame.streamId}`;
  const details = [...wordsOf(frame), ...frame.flagNames];
  const line =
    details.length === 0
      ? `${frame.type}${stream}`
      : `${frame.type}${stream}${stream === "" ? " " : ", "}${details.join(", ")}`;
  if ("unreadable" in frame) return `${line}; fields not readable: ${printable(frame.unreadable)}`;
  if (!("fields" in frame)) return line;
  return frame.fields.length === 0 ? `${line}; no field` : `${line}; ${fieldsText(frame.fields)}`;
}

function wordsOf(frame: WatchedFrame): string[] {
  switch (frame.kind) {
    case "data":
      return [octets(frame.length), ...padding(frame.padBytes)];
    case "headers":
      return [
        octets(frame.length),
        ...padding(frame.padBytes),
        ...(frame.priority === undefined ? [] : [priorityText(frame.priority)]),
      ];
    case "priority":
      return [priorityText(frame.priority)];
    case "rst-stream":
      return [frame.code];
    case "settings":
      return settingsText(frame);
    case "push-promise":
      return [`promises stream ${frame.promisedStreamId}`, octets(frame.length), ...padding(frame.padBytes)];
    case "ping":
      return [frame.opaque];
    case "goaway": {
      const last = frame.lastStreamId === maxStreamId ? `${maxStreamId} (any)` : String(frame.lastStreamId);
      return [frame.code, `last stream ${last}`, ...(frame.debugData === "" ? [] : [`"${frame.debugData}"`])];
    }
    case "window-update":
      return [`${frame.increment} more`];
    case "continuation":
    case "unknown":
      return [octets(frame.length)];
    case "malformed":
      return [`malformed: ${frame.detail}`];
  }
}

/** The warning of a graceful leave names no real stream, RFC 9113 §6.8. */
const maxStreamId = 2_147_483_647;

function settingsText({ settings, flags }: Extract<WatchedFrame, { kind: "settings" }>): string[] {
  if (settings.length === 0) return (flags & 1) === 0 ? ["nothing set"] : [];
  return settings.map(([name, value]) => `${name} ${value}`);
}

function padding(padBytes: number | undefined): string[] {
  return padBytes === undefined ? [] : [`${padBytes} of them padding`];
}

function priorityText({
  dependsOn,
  exclusive,
  weight,
}: {
  readonly dependsOn: number;
  readonly exclusive: boolean;
  readonly weight: number;
}): string {
  return `weight ${weight} under stream ${dependsOn}${exclusive ? " alone" : ""}`;
}

/** `:method: POST, :path: /shop.Shop/Read`: what the peers wrote, escaped, and cut where it gets long. */
function fieldsText(fields: readonly WatchedField[]): string {
  const shown = fields.slice(0, maxFields).map(([name, value]) => `${clipped(name)}: ${clipped(value)}`);
  if (fields.length > maxFields) shown.push(`and ${fields.length - maxFields} more`);
  return shown.join(", ");
}

function clipped(text: string): string {
  const kept = text.length <= maxValueLength ? text : `${text.slice(0, maxValueLength)}…`;
  return printable(kept);
}

function octets(length: number): string {
  return length === 1 ? "1 octet" : `${length} octets`;
}
