/**
 * What a peer may make us spend. Each limit is passed once: up to it nothing happens, one more ends the connection with
 * ENHANCE_YOUR_CALM, and GOAWAY says the limit's name.
 */
import { describe, expect, it } from "vitest";
import { defaultLimits } from "../../src/http2/limits.ts";
import {
  continuation,
  data,
  frame,
  headers,
  octets,
  ping,
  priority,
  rstStream,
  settings,
  windowUpdate,
} from "./frames.ts";
import { request, response, ScriptedPeer } from "./scripted-peer.ts";

const few = { burst: 5, perSecond: 1 };
const limits = {
  buckets: {
    "limit-rapid-reset": few,
    "limit-provoked-reset": few,
    "limit-ping": few,
    // The greeting takes one.
    "limit-settings": { ...few, burst: 6 },
    "limit-empty-frames": few,
    "limit-useless-frames": few,
    "limit-window-update": few,
  },
};

interface Flood {
  readonly name: string;
  readonly what: string;
  /** Octets of the nth thing, from 0. */
  readonly nth: (n: number) => Uint8Array;
}

const floods: readonly Flood[] = [
  {
    name: "limit-rapid-reset",
    what: "streams opened and reset",
    nth: (n) => octets(headers(2 * n + 3, request), rstStream(2 * n + 3, 8)),
  },
  { name: "limit-provoked-reset", what: "malformed requests", nth: (n) => headers(2 * n + 3, ["x", "y"]) },
  {
    name: "limit-provoked-reset",
    what: "DATA after END_STREAM",
    nth: (n) => octets(headers(2 * n + 3, request, { endStream: true }), data(2 * n + 3, "x")),
  },
  { name: "limit-ping", what: "PINGs", nth: () => ping() },
  { name: "limit-settings", what: "SETTINGS", nth: () => settings() },
  { name: "limit-empty-frames", what: "DATA without data", nth: () => data(1, "") },
  { name: "limit-empty-frames", what: "empty header blocks", nth: (n) => headers(2 * n + 3, octets()) },
  { name: "limit-useless-frames", what: "PRIORITY", nth: () => priority(1) },
  { name: "limit-useless-frames", what: "frames of unknown type", nth: () => frame({ type: 0x77 }) },
  { name: "limit-window-update", what: "WINDOW_UPDATE of 1 on the connection", nth: () => windowUpdate(0, 1) },
  { name: "limit-window-update", what: "WINDOW_UPDATE of 1 on a stream", nth: () => windowUpdate(1, 1) },
];

describe.each(floods)("$name: $what", ({ name, nth }) => {
  const server = (): ScriptedPeer => {
    const peer = ScriptedPeer.ready("server", { limits });
    peer.send(headers(1, request));
    return peer;
  };

  it("one too many ends the connection, by name", () => {
    const peer = server();
    for (let n = 0; n < 5; n++) peer.send(nth(n));
    expect(peer.recorder.failure).toBe(undefined);
    peer.send(nth(5));
    expect(peer.recorder.failure?.violation.rule).toBe(name);
    expect(peer.sent().at(-1)).toMatch(new RegExp(`^GOAWAY \\d+ ENHANCE_YOUR_CALM ${name}: more than`));
  });

  it("at a slower pace it may go on for ever", () => {
    const peer = server();
    for (let n = 0; n < 50; n++) {
      peer.at(n * 1_000);
      peer.send(nth(n));
      expect(peer.recorder.failure).toBe(undefined);
      peer.sent();
    }
  });
});

it("every bucket has a flood here", () => {
  expect(new Set(floods.map(({ name }) => name))).toEqual(new Set(Object.keys(defaultLimits.buckets)));
});

describe("other limits", () => {
  it("limit-rapid-reset counts streams beyond our maximum, too: a client that ignores SETTINGS", () => {
    const peer = ScriptedPeer.ready("server", { limits: { ...limits, maxConcurrentStreams: 0 } });
    for (let n = 0; n < 6; n++) peer.send(headers(2 * n + 1, request));
    expect(peer.heard()).toEqual(["failed violation limit-rapid-reset"]);
  });

  it("limit-empty-frames counts informational responses", () => {
    const peer = ScriptedPeer.ready("client", { limits });
    peer.open(request, true);
    peer.sent();
    for (let n = 0; n < 6; n++) peer.send(headers(1, [":status", "103"]));
    expect(peer.heard().slice(-2)).toEqual(["failed violation limit-empty-frames", "1 closed connection"]);
  });

  it("limit-empty-frames counts CONTINUATION that carries nothing", () => {
    const peer = ScriptedPeer.ready("server", { limits });
    peer.send(headers(1, octets(), { endHeaders: false }));
    for (let n = 0; n < 6; n++) peer.send(continuation(1, octets(), false));
    expect(peer.heard()).toEqual(["failed violation limit-empty-frames"]);
  });

  it("limit-control-bytes: answers pile up for a peer that does not read", () => {
    const peer = ScriptedPeer.ready("server", { limits: { maxControlBytes: 170 } });
    for (let n = 0; n < 10; n++) peer.send(ping());
    expect(peer.heard()).toEqual([]);
    peer.send(ping());
    expect(peer.heard()).toEqual(["failed violation limit-control-bytes"]);
    expect(peer.sent().at(-1)).toMatch(/^GOAWAY 0 ENHANCE_YOUR_CALM limit-control-bytes: /);
  });

  it("of a peer that behaves are never met: a thousand calls in one moment, each with a PING and a cancellation", () => {
    const peer = ScriptedPeer.ready("server");
    for (let n = 0; n < 1_000; n++) {
      const id = 2 * n + 1;
      peer.send(headers(id, request), data(id, "body", { endStream: true }), ping());
      peer.connection.sendHeaders(peer.stream(id), response, false);
      peer.sent();
      peer.send(rstStream(id, 8));
    }
    expect(peer.recorder.failure).toBe(undefined);
  });
});
