/**
 * What a peer may make us spend. Each limit is passed once: up to it nothing happens, one more ends the connection with
 * ENHANCE_YOUR_CALM, and GOAWAY says the limit's name.
 */
import { describe, expect, it } from "vitest";
import { defaultLimits } from "../../src/http2/limits.ts";
import { ReceiveBudget } from "../../src/http2/receive-budget.ts";
import {
  continuation,
  data,
  frame,
  headers,
  literals,
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

  describe("limit-header-block-time: octets that come one by one", () => {
    const slow = { limits: { headerBlockMs: 500 } };
    const ended = ["failed violation limit-header-block-time"];

    it("a header block has to be whole in time, however often a frame of it comes", () => {
      const peer = ScriptedPeer.ready("server", slow);
      peer.at(1_000);
      peer.send(headers(1, octets(), { endHeaders: false }));
      for (const nowMs of [1_200, 1_400, 1_499]) {
        peer.send(continuation(1, octets(0x82), false));
        peer.at(nowMs);
      }
      expect(peer.heard()).toEqual([]);
      expect(peer.connection.deadline()).toBe(1_500);
      peer.at(1_500);
      expect(peer.heard()).toEqual(ended);
      expect(peer.sent().at(-1)).toMatch(/^GOAWAY 0 ENHANCE_YOUR_CALM limit-header-block-time: /);
    });

    it("so has a frame of which the payload does not come", () => {
      const peer = ScriptedPeer.ready("server", slow);
      peer.sendInPieces(5, ping().subarray(0, 12));
      peer.at(499);
      expect(peer.heard()).toEqual([]);
      peer.at(500);
      expect(peer.heard()).toEqual(ended);
    });

    it("each has its own time, and what is whole has none", () => {
      const peer = ScriptedPeer.ready("server", slow);
      for (let nowMs = 0; nowMs < 3_000; nowMs += 400) {
        // The end of one, and the beginning of the next.
        peer.send(ping().subarray(0, 12));
        peer.at(nowMs + 399);
        peer.send(ping().subarray(12));
      }
      const id = 1;
      peer.send(headers(id, octets(), { endHeaders: false }), continuation(id, literals(request), true));
      peer.at(10_000);
      expect(peer.recorder.failure).toBe(undefined);
    });
  });

  describe("limit-unread-answers: a peer that asks for much and takes nothing", () => {
    /** A client with no window at all has asked for two answers. */
    function asked(role: "server" | "client" = "server"): ScriptedPeer {
      const peer = ScriptedPeer.ready(role, { limits: { maxUnreadBytes: 60_000, noProgressMs: 500 } }, [0x4, 0]);
      for (const id of [1, 3]) {
        if (role === "client") {
          peer.connection.sendData(peer.open(), new Uint8Array(40_000), true);
          continue;
        }
        peer.send(headers(id, request, { endStream: true }));
        peer.connection.sendHeaders(peer.stream(id), response, false);
        peer.connection.sendData(peer.stream(id), new Uint8Array(40_000), true);
      }
      peer.sent();
      peer.heard();
      return peer;
    }

    it("ends the connection, by name", () => {
      const peer = asked();
      expect(peer.connection.deadline()).toBe(500);
      peer.at(499);
      // An octet is no progress.
      peer.send(windowUpdate(1, 1));
      peer.sent();
      expect(peer.recorder.failure).toBe(undefined);
      peer.at(500);
      expect(peer.recorder.failure?.violation.rule).toBe("limit-unread-answers");
      expect(peer.sent().at(-1)).toMatch(/^GOAWAY 3 ENHANCE_YOUR_CALM limit-unread-answers: /);
    });

    it("gives more time to one that takes a frame's worth, and all the time to one that has taken enough", () => {
      const peer = asked();
      peer.at(400);
      peer.send(windowUpdate(1, 16_384));
      peer.sent();
      expect(peer.connection.deadline()).toBe(900);
      peer.at(800);
      peer.send(windowUpdate(1, 10_000));
      peer.sent();
      peer.at(100_000);
      expect(peer.recorder.failure).toBe(undefined);
    });

    it("forgives what is cancelled, and does not count a client's own requests", () => {
      const peer = asked();
      peer.send(rstStream(1, 8));
      peer.at(100_000);
      expect(peer.recorder.failure).toBe(undefined);
      const client = asked("client");
      client.at(100_000);
      expect(client.recorder.failure).toBe(undefined);
    });
  });

  it("limit-message-memory: half messages that take too long make room for requests on another connection", () => {
    const budget = new ReceiveBudget(100_000);
    const options = { budget, limits: { messageMs: 500 } };
    const honest = ScriptedPeer.ready("server", options);
    const hogs = Array.from({ length: 9 }, () => ScriptedPeer.ready("server", options));
    for (const hog of hogs) {
      hog.recorder.usesData = false;
      hog.recorder.inside = (event, stream) => {
        if (event === "onClosed" && stream !== undefined) hog.connection.free(stream, Infinity);
      };
      hog.send(headers(1, request), data(1, new Uint8Array(11_500)));
      hog.connection.creditAhead(hog.stream(1), 11_500);
      hog.sent();
    }
    honest.send(headers(1, request));
    expect(honest.sent()).toEqual(["RST_STREAM 1 REFUSED_STREAM"]);
    honest.at(500);
    honest.send(headers(3, request));
    expect(hogs.flatMap((hog) => hog.sent())).toEqual(["RST_STREAM 1 ENHANCE_YOUR_CALM"]);
    expect(honest.sent()).toEqual([]);
    expect(honest.stream(3).state).toBe("open");
  });

  it("an octet of connection window costs a turn, not a round of all streams that wait for one", () => {
    const peer = ScriptedPeer.ready("server");
    const count = 500;
    for (let n = 0; n < count; n++) {
      const id = 2 * n + 1;
      peer.send(headers(id, request, { endStream: true }));
      peer.connection.sendHeaders(peer.stream(id), response, false);
      peer.connection.sendData(peer.stream(id), new Uint8Array(1_000), true);
    }
    peer.sent();
    let moves = 0;
    for (let n = 0; n < count; n++) {
      const stream = peer.stream(2 * n + 1);
      let { place } = stream;
      Object.defineProperty(stream, "place", { get: () => place, set: (to) => (moves++, (place = to)) });
    }
    const octetCount = 300;
    const served = new Set<string>();
    for (let n = 0; n < octetCount; n++) {
      peer.send(windowUpdate(0, 1));
      const lines = peer.sent();
      expect(lines).toHaveLength(1);
      served.add(lines[0] ?? "");
    }
    // Out of a queue and into one, for the stream that is served.
    expect(moves).toBeLessThanOrEqual(6 * octetCount);
    // Nobody is served twice before the others.
    expect(served.size).toBe(octetCount);
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
