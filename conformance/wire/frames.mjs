/**
 * The frames that the cases send: any type, any flags, any payload, true or false. Numbers come from RFC 9113 and not from the
 * engine, so that a wrong one there cannot hide here. What the bytes mean is the cases' business.
 */
import {
  frame,
  frameType as labTypes,
  preface,
  rstStreamFrame,
  settingsFrame,
  windowUpdateFrame,
} from "@holdfast/lab/peer";
import { block as literalBlock } from "./hpack.mjs";

export { frame, preface };

/** RFC 9113 §6. */
export const type = { ...labTypes, PRIORITY: 2, PUSH_PROMISE: 5, CONTINUATION: 9 };

/** RFC 9113 §7, in the order of their numbers. */
export const codeNames = [
  "NO_ERROR",
  "PROTOCOL_ERROR",
  "INTERNAL_ERROR",
  "FLOW_CONTROL_ERROR",
  "SETTINGS_TIMEOUT",
  "STREAM_CLOSED",
  "FRAME_SIZE_ERROR",
  "REFUSED_STREAM",
  "CANCEL",
  "COMPRESSION_ERROR",
  "CONNECT_ERROR",
  "ENHANCE_YOUR_CALM",
  "INADEQUATE_SECURITY",
  "HTTP_1_1_REQUIRED",
];
export const code = Object.fromEntries(codeNames.map((name, number) => [name, number]));

/** RFC 9113 §6.5.2. */
export const setting = {
  HEADER_TABLE_SIZE: 1,
  ENABLE_PUSH: 2,
  MAX_CONCURRENT_STREAMS: 3,
  INITIAL_WINDOW_SIZE: 4,
  MAX_FRAME_SIZE: 5,
  MAX_HEADER_LIST_SIZE: 6,
};

export const maxWindow = 0x7fff_ffff; // RFC 9113 §6.9.1
export const reservedBit = 0x8000_0000; // RFC 9113 §4.1: the one in front of a stream's number
export const smallestMaxFrame = 16_384; // RFC 9113 §4.2

const flags = { END_STREAM: 0x1, ACK: 0x1, END_HEADERS: 0x4, PADDED: 0x8, PRIORITY: 0x20 };

/**
 * HEADERS of a block, or of fields to be encoded as literals. `pad`: length of the padding; `padSays`: what the pad length
 * octet says, if not the truth; `priority`: its five octets; `more`: CONTINUATION follows; `flags`: some more.
 */
export function headers(streamId, fields, { end, more, pad, padSays, priority, flags: extra = 0 } = {}) {
  const payload = padded([...(priority ? [priority] : []), encoded(fields)], pad, padSays);
  const bits =
    (end ? flags.END_STREAM : 0) |
    (more ? 0 : flags.END_HEADERS) |
    (pad === undefined ? 0 : flags.PADDED) |
    (priority ? flags.PRIORITY : 0);
  return frame(type.HEADERS, bits | extra, streamId, payload);
}

export function continuation(streamId, fields, { more, flags: extra = 0 } = {}) {
  return frame(type.CONTINUATION, (more ? 0 : flags.END_HEADERS) | extra, streamId, encoded(fields));
}

export function data(streamId, body, { end, pad, padSays, flags: extra = 0 } = {}) {
  const bits = (end ? flags.END_STREAM : 0) | (pad === undefined ? 0 : flags.PADDED);
  return frame(type.DATA, bits | extra, streamId, padded([Buffer.from(body)], pad, padSays));
}

/** SETTINGS by name or number, in order, repeats allowed. */
export function settings(...pairs) {
  return frame(
    type.SETTINGS,
    0,
    0,
    Buffer.concat(pairs.map(([id, value]) => settingsPayload(setting[id] ?? id, value))),
  );
}

export function settingsAck(payload = Buffer.alloc(0)) {
  return frame(type.SETTINGS, flags.ACK, 0, payload);
}

export function ping(text = "8 octets", { ack, streamId = 0 } = {}) {
  return frame(type.PING, ack ? flags.ACK : 0, streamId, Buffer.from(text));
}

export function priority(streamId, dependsOn = 0, weight = 15) {
  return frame(type.PRIORITY, 0, streamId, priorityFields(dependsOn, weight));
}

/** RFC 9113 §6.3: stream dependency and weight. */
export function priorityFields(dependsOn, weight = 15) {
  return Buffer.concat([uint32(dependsOn), Buffer.from([weight])]);
}

export function rstStream(streamId, name = "CANCEL") {
  return rstStreamFrame(streamId, code[name]);
}

export function windowUpdate(streamId, increment) {
  return windowUpdateFrame(streamId, increment);
}

export function goaway(lastStreamId, name = "NO_ERROR", debug = "", streamId = 0) {
  return frame(type.GOAWAY, 0, streamId, Buffer.concat([uint32(lastStreamId), uint32(code[name]), Buffer.from(debug)]));
}

export function pushPromise(streamId, promisedId, fields) {
  return frame(type.PUSH_PROMISE, flags.END_HEADERS, streamId, Buffer.concat([uint32(promisedId), encoded(fields)]));
}

export function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function settingsPayload(id, value) {
  return settingsFrame(new Map([[id, value]])).subarray(9);
}

function encoded(fields) {
  return Buffer.isBuffer(fields) ? fields : literalBlock(fields);
}

function padded(parts, pad, padSays = pad) {
  if (pad === undefined) return Buffer.concat(parts);
  return Buffer.concat([Buffer.from([padSays]), ...parts, Buffer.alloc(pad)]);
}
