/** How the cases against a client go: a call, the server's greeting, what the server then says, and what becomes of the call. */
import { connectionError, fail, settingsAcked, streamError, until, Unmet } from "../wire/expect.mjs";
import { data, headers, settings, type } from "../wire/frames.mjs";

export const ok = [[":status", "200"]];

/** A whole answer of five octets. */
export const answer = (streamId, extra = []) =>
  Buffer.concat([headers(streamId, [...ok, ...extra]), data(streamId, "hello", { end: true })]);

/** A call of GET, the greeting, and then, once its HEADERS have come on stream 1, the steps. */
export const called = (...steps) => calledWith({}, [], ...steps);

/** The same with options of the call (`method`, `body`, `unread`) and the server's first SETTINGS. */
export const calledWith =
  (options, firstSettings, ...steps) =>
  async (open) => {
    const table = await open(options);
    table.wire.send(settings(...firstSettings));
    await requestSeen(1)(table);
    await follow(steps, table);
  };

/**
 * A call begun after the client has acknowledged the server's first SETTINGS: one that need not wait for them (§3.4) would else
 * send what they forbid. It is on stream 3; a first call, on stream 1, has been answered.
 */
export const settled =
  (options, firstSettings, ...steps) =>
  async (open) => {
    const table = await open({});
    table.wire.send(settings(...firstSettings));
    await requestSeen(1)(table);
    await settingsAcked(1)(table);
    table.wire.send(answer(1));
    await table.calls.pop();
    await call(options)(table);
    await requestSeen(3)(table);
    await follow(steps, table);
  };

/** The steps of a call to which nothing is sent before them: it waits, and the client has said its preface and SETTINGS. */
export const connected =
  (...steps) =>
  async (open) => {
    const table = await open({});
    table.wire.polite = false; // an acknowledgement would be the first frame
    await until("the preface and SETTINGS", (wire) => wire.of(type.SETTINGS).length > 0)(table);
    await follow(steps, table);
  };

async function follow(steps, table) {
  for (const step of steps) await step(table);
}

/** Begins another call. */
export const call =
  (options = {}) =>
  async ({ client, calls }) =>
    void calls.push(client.request(options));

/** HEADERS of a request came on a stream. Clients on trial count from 1. */
export const requestSeen = (streamId) =>
  until(`a request on stream ${streamId}`, (wire) => wire.of(type.HEADERS, streamId).length > 0);

/** A call was answered, with a status, so many octets, and trailers. */
export const delivered =
  ({ call: index = 0, status = 200, octets = 5, trailers = {} } = {}) =>
  async (table) => {
    const outcome = await outcomeOf(table, index);
    if (outcome.kind !== "answered") fail(`an answer to the call, which ${said(outcome)}`, table);
    const told = Object.entries(trailers).every(([name, value]) => outcome.trailers[name] === value);
    if (outcome.status !== status || outcome.octets !== octets || !told) {
      throw new Unmet(
        `expected ${JSON.stringify({ status, octets, trailers })}; the client told ${JSON.stringify(outcome)}`,
      );
    }
  };

/** A call failed: nothing of what came may be taken for an answer. */
export const failed =
  (index = 0) =>
  async (table) => {
    const outcome = await outcomeOf(table, index);
    if (outcome.kind !== "failed") fail(`the call to fail, which ${said(outcome)}`, table);
  };

/** RFC 9113 §8.1.1: a malformed answer is a stream error PROTOCOL_ERROR, and no answer. */
export const malformed = (table) => resets("PROTOCOL_ERROR")(table);

/** A connection error with one of the codes; the call fails. */
export const breaks =
  (...codes) =>
  async (table) => {
    await connectionError(...codes)(table);
    table.wire.finish(); // as a server does that was told, in case the client leaves the closing to it
    await failed()(table);
  };

/** A stream error with one of the codes; the call fails. */
export const resets =
  (...codes) =>
  async (table) => {
    await streamError(1, ...codes)(table);
    if (table.wire.goaways().length > 0) table.wire.finish();
    await failed()(table);
  };

async function outcomeOf({ calls, wire }, index) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ kind: "pending" }), wire.patience.answerMs);
  });
  const outcome = await Promise.race([calls[index], late]);
  clearTimeout(timer);
  return outcome;
}

function said({ kind, why, status, octets }) {
  if (kind === "answered") return `was answered with ${status} and ${octets} octets`;
  return kind === "failed" ? `failed (${why})` : `is ${kind}`;
}
