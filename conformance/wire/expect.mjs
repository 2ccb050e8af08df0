/**
 * What both lists expect of the endpoint on trial. An expectation is a step: a function of the case's table that resolves when
 * it is met and throws `Unmet` when it is not.
 */
import { setImmediate } from "node:timers/promises";
import { ping, type } from "./frames.mjs";
import { statusOf } from "./hpack.mjs";

/** The endpoint did otherwise than the specification requires. */
export class Unmet extends Error {}

export function fail(expected, { wire }) {
  throw new Unmet(`expected ${expected}; came: ${wire.story()}`);
}

/** Writes frames. */
export const send =
  (...frames) =>
  async ({ wire }) =>
    wire.send(...frames);

/** Writes bytes one by one, each in a segment of its own as far as that can be had. */
export const sendOctets =
  (...frames) =>
  async ({ wire }) => {
    for (const octet of Buffer.concat(frames)) {
      wire.send(Buffer.from([octet]));
      await setImmediate();
    }
  };

/**
 * RFC 9113 §5.4.1: the connection MUST be closed, and a GOAWAY with the code SHOULD go before. A close without a word, and a
 * GOAWAY without a close, are noted; whoever runs the case says whether they are let pass.
 */
export const connectionError =
  (...codes) =>
  async (table) => {
    const { wire } = table;
    const goaway = () => wire.goaways().at(-1);
    await wire.until(() => wire.ended !== undefined || (goaway() !== undefined && goaway().code !== "NO_ERROR"));
    const said = goaway();
    if (said === undefined && wire.ended === undefined)
      fail(`GOAWAY ${codes.join(" or ")} and the connection's end`, table);
    if (said === undefined) table.notes.add("closed without GOAWAY");
    else if (!codes.includes(said.code)) fail(`GOAWAY ${codes.join(" or ")}`, table);
    else if (!(await wire.until(() => wire.ended !== undefined, wire.patience.closeMs)))
      table.notes.add("left open after GOAWAY");
  };

/** RFC 9113 §5.4.2: RST_STREAM with the code, and the connection lives; or, by §5.4.1, an error of the connection. */
export const streamError =
  (streamId, ...codes) =>
  async (table) => {
    const { wire } = table;
    const reset = () => wire.resets(streamId).some((code) => codes.includes(code));
    await wire.until(() => reset() || wire.goaways().some(({ code }) => code !== "NO_ERROR"));
    if (!reset()) {
      const told = wire.ended !== undefined || wire.goaways().length > 0;
      if (!told) fail(`RST_STREAM ${codes.join(" or ")} on ${streamId}`, table);
      return connectionError(...codes)(table);
    }
    return alive(table);
  };

/**
 * RFC 9113 §5.1 "closed": what comes on a closed stream may be ignored or be an error STREAM_CLOSED; what comes where the peer
 * had to know of the end is also seen as an unexpected number (§5.1.1).
 */
export const closedStream = (streamId) => async (table) => {
  const { wire } = table;
  const before = wire.of(type.RST_STREAM, streamId).length;
  const opaque = `shut${nextPing()}`;
  wire.send(ping(opaque));
  const errors = () => wire.goaways().filter(({ code }) => code !== "NO_ERROR");
  await wire.until(
    () => wire.of(type.RST_STREAM, streamId).length > before || errors().length > 0 || acked(wire, opaque),
  );
  if (errors().length > 0) return connectionError("STREAM_CLOSED", "PROTOCOL_ERROR")(table);
  const last = wire.resets(streamId).at(-1);
  if (wire.of(type.RST_STREAM, streamId).length > before && last !== "STREAM_CLOSED")
    fail("RST_STREAM STREAM_CLOSED", table);
  return alive(table);
};

let pings = 0;
const nextPing = () => String(++pings).padStart(4, "0").slice(-4);
const acked = (wire, opaque) =>
  wire.of(type.PING).some(({ flags, payload }) => (flags & 1) !== 0 && payload.toString("latin1") === opaque);

/** A PING is answered, so the connection is up and all that was sent before has been read. No error was said. */
export const alive = async (table) => {
  const { wire } = table;
  const opaque = `ping${nextPing()}`;
  wire.send(ping(opaque));
  if (!(await wire.until(() => acked(wire, opaque)))) fail("PING ACK: the connection to go on", table);
  if (wire.goaways().some(({ code }) => code !== "NO_ERROR")) fail("no GOAWAY with an error", table);
};

/** What was sent is ignored: the connection goes on, and the stream was not reset. */
export const ignored =
  (streamId = 0) =>
  async (table) => {
    await alive(table);
    if (table.wire.resetOf(streamId) !== undefined) fail(`no RST_STREAM on ${streamId}`, table);
  };

/** A whole answer came on a stream, with a status of the 200s as far as it can be read. */
export const answered = (streamId) => async (table) => {
  const { wire } = table;
  const came = await wire.until(() => wire.endOf(streamId) || wire.resetOf(streamId) !== undefined);
  if (!came || !wire.endOf(streamId)) fail(`an answer on stream ${streamId}`, table);
  const status = answerOf(table, streamId);
  if (status !== undefined && (status < 200 || status > 299))
    fail(`an answer of the 200s on ${streamId}, not ${status}`, table);
};

/** RFC 9113 §8.1.1: a stream error PROTOCOL_ERROR, before which a server may answer with a status of the 400s. */
export const malformed = (streamId) => async (table) => {
  const { wire } = table;
  await wire.until(() => wire.endOf(streamId) || wire.resetOf(streamId) !== undefined || wire.goaways().length > 0);
  const status = wire.endOf(streamId) ? answerOf(table, streamId) : undefined;
  if (status !== undefined && status >= 400 && status <= 499) return;
  await streamError(streamId, "PROTOCOL_ERROR")(table);
};

/** So many SETTINGS were acknowledged in all. */
export const settingsAcked = (count) => async (table) => {
  const acks = () => table.wire.of(type.SETTINGS).filter(({ flags }) => (flags & 1) !== 0).length;
  if (!(await table.wire.until(() => acks() >= count))) fail(`${count} SETTINGS ACK`, table);
};

/** Some condition of the wire comes true. */
export const until = (expected, met) => async (table) => {
  if (!(await table.wire.until(() => met(table.wire)))) fail(expected, table);
};

/** Some condition of the wire holds now. */
export const check = (expected, holds) => async (table) => {
  if (!holds(table.wire)) fail(expected, table);
};

function answerOf({ wire }, streamId) {
  return wire
    .of(type.HEADERS, streamId)
    .map(({ payload }) => statusOf(payload))
    .findLast((status) => status !== undefined && status >= 200);
}
