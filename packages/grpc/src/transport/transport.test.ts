import { describe, expect, it } from "vitest";
import { FakeHost, type FakeSocket } from "../../test/http2/fake-host.ts";
import { FrameReader, FrameText } from "../../test/http2/frame-reader.ts";
import { clientPreface, data, goaway, headers, octets, ping, settings } from "../../test/http2/frames.ts";
import { Recorder } from "../../test/http2/recorder.ts";
import { request, requestText, response } from "../../test/http2/scripted-peer.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { dial, type DialOptions } from "./dial.ts";
import { Transport, type TransportOptions } from "./transport.ts";

const address = { kind: "tcp", host: "10.0.0.9", port: 443 } as const;

/** A transport on a socket that the test plays; `sent` reads what it wrote. */
class Scene {
  readonly host = new FakeHost();
  readonly recorder = new Recorder();
  readonly reports: TerminationReport[] = [];
  readonly transport: Transport;
  readonly #reader: FrameReader;
  readonly #text = new FrameText();

  constructor(role: "client" | "server", options: Omit<DialOptions, "address"> & TransportOptions = {}) {
    this.#reader = new FrameReader(role);
    const { recorder, host } = this;
    const events = {
      onReady: () => recorder.onReady(),
      onSettings: () => recorder.onSettings(),
      onStream: recorder.onStream.bind(recorder),
      onGoaway: recorder.onGoaway.bind(recorder),
      onEnded: (report: TerminationReport) => {
        recorder.lines.push(`ended ${report.endedBy}`);
        this.reports.push(report);
      },
    };
    if (role === "client") this.transport = dial(host, { ...options, address }, events);
    else {
      this.transport = new Transport(host, "server", "10.0.0.9:443", options, events);
      host.connect({ address }, this.transport);
      host.event(() => this.transport.start(this.socket));
    }
    recorder.connection = this.transport.connection;
  }

  /** A client whose peer has greeted it, the greetings forgotten. */
  static ready(options: Omit<DialOptions, "address"> = {}): Scene {
    const scene = new Scene("client", options);
    scene.socket.connected();
    scene.socket.arrives(settings());
    scene.sent();
    scene.recorder.heard();
    scene.host.deeds.length = 0;
    return scene;
  }

  get socket(): FakeSocket {
    const { socket } = this.host;
    if (socket === undefined) throw new Error("nothing was dialled");
    return socket;
  }

  sent(): string[] {
    return this.#reader.read(this.socket.written()).map((frame) => this.#text.of(frame));
  }

  get report(): TerminationReport {
    const [report, ...more] = this.reports;
    if (report === undefined || more.length > 0) throw new Error(`${this.reports.length} reports`);
    return report;
  }
}

describe("the pump", () => {
  it("writes nothing before the socket is up, then the greeting in one write", () => {
    const scene = new Scene("client");
    expect(scene.host.deeds).toEqual([]);
    scene.socket.connected();
    expect(scene.host.deeds).toHaveLength(1);
    expect(scene.sent().map((line) => line.split(" ")[0])).toEqual(["SETTINGS", "WINDOW_UPDATE"]);
  });

  it("gathers all that one event caused into one write", () => {
    const scene = Scene.ready();
    scene.host.event(() => {
      scene.recorder.open(request, true);
      scene.recorder.open(request, true);
      scene.transport.connection.ping(0);
      expect(scene.host.deeds).toEqual([]);
    });
    expect(scene.host.deeds).toHaveLength(1);
    expect(scene.sent()).toEqual([
      "PING",
      `HEADERS 1 END_STREAM ${requestText}`,
      `HEADERS 3 END_STREAM ${requestText}`,
    ]);
  });

  it("answers what a read brought in the same turn, without a detour", () => {
    const scene = Scene.ready();
    let deeds = 0;
    scene.host.event(() => {
      scene.socket.arrives(ping());
      deeds = scene.host.deeds.length;
    });
    expect([deeds, scene.sent()]).toEqual([1, ["PING ack"]]);
  });

  it("gives the socket about 64 KiB and no more, so that control frames overtake what still waits", () => {
    const scene = Scene.ready({ limits: {} });
    scene.socket.arrives(settings([0x4, 10_000_000]), octets(0, 0, 4, 8, 0, 0, 0, 0, 0, 0, 0x70, 0, 0));
    scene.sent();
    scene.socket.takes = false;
    scene.host.event(() => {
      const call = scene.recorder.open(request);
      if (call !== undefined) scene.transport.connection.sendData(call, new Uint8Array(1_000_000), true);
    });
    expect(scene.socket.writableLength).toBeGreaterThan(65_535);
    expect(scene.socket.writableLength).toBeLessThan(65_536 + 16_384 + 100);
    const bodyBefore = scene.sent().length;
    scene.host.event(() => scene.transport.connection.ping(0));
    expect(scene.sent()).toEqual([]);
    scene.host.event(() => scene.socket.flush(40_000));
    const behind = scene.sent();
    expect(bodyBefore).toBeGreaterThan(3);
    expect(behind[0]).toBe("PING");
    expect(behind.length).toBeGreaterThan(1);
  });
});

describe("connecting", () => {
  it("is over with the peer's SETTINGS, not with TCP", () => {
    const scene = new Scene("client", { connectTimeoutMs: 500 });
    scene.socket.connected();
    expect(scene.recorder.heard()).toEqual([]);
    scene.socket.arrives(settings());
    expect(scene.recorder.heard()).toEqual(["ready"]);
    scene.host.at(10_000);
    expect(scene.reports).toEqual([]);
  });

  it("that takes too long ends: without a connection as connect-timeout, with one as settings-timeout", () => {
    const nobody = new Scene("client", { connectTimeoutMs: 500 });
    nobody.host.at(499);
    expect(nobody.reports).toEqual([]);
    nobody.host.at(500);
    expect([nobody.report.localReason, nobody.socket.isClosed, nobody.host.timers]).toEqual([
      "connect-timeout",
      true,
      0,
    ]);

    const silent = new Scene("client", { connectTimeoutMs: 500 });
    silent.socket.connected();
    silent.host.at(500);
    expect([silent.report.localReason, silent.socket.isClosed, silent.host.timers]).toEqual([
      "settings-timeout",
      true,
      0,
    ]);
  });

  it("is not condemned while the answer lies in the kernel: sockets are polled once more", () => {
    const scene = new Scene("client", { connectTimeoutMs: 500 });
    scene.socket.connected();
    scene.host.atBeforePoll(700);
    scene.socket.arrives(settings());
    scene.host.at(701);
    expect(scene.recorder.heard()).toEqual(["ready"]);
    expect(scene.reports).toEqual([]);
  });

  it("that fails says why", () => {
    const scene = new Scene("client");
    scene.socket.fails("ECONNREFUSED");
    expect(scene.report).toMatchObject({
      socket: "connect-failed",
      socketError: { kind: "ECONNREFUSED" },
      endedBy: "transport",
      peer: "10.0.0.9:443",
    });
    expect(scene.host.timers).toBe(0);
  });

  it.each([
    [undefined, "no protocol"],
    ["http/1.1", '"http/1.1"'],
  ])("over TLS needs ALPN h2: %s is refused in words", (alpn, words) => {
    const tls = { serverName: "shop", alpn: ["h2"] };
    const scene = new Scene("client", { tls });
    scene.socket.connected({ version: "TLSv1.3", ...(alpn === undefined ? {} : { alpn }) });
    expect(scene.report.localReason).toBe("wrong-protocol");
    expect(scene.report.socketError?.message).toContain(words);
    expect([scene.socket.isClosed, scene.host.timers, scene.host.deeds]).toEqual([true, 0, ["close"]]);
    const right = new Scene("client", { tls });
    right.socket.connected({ version: "TLSv1.3", alpn: "h2" });
    expect(right.sent()[0]).toContain("SETTINGS");
  });

  it("that is not wanted any more stops: the socket is closed, and one that comes up all the same says nothing", () => {
    const scene = new Scene("client");
    scene.host.event(() => scene.transport.close("closed"));
    expect([scene.report.localReason, scene.socket.isClosed, scene.host.timers]).toEqual(["closed", true, 0]);
    scene.socket.connected();
    expect([scene.transport.open, scene.host.deeds]).toEqual([false, ["close"]]);
  });
});

describe("deadlines", () => {
  const liveness = { quietMs: 1_000, answerMs: 200, lateMs: 100 };

  function waiting(): Scene {
    const scene = Scene.ready({ liveness });
    scene.host.event(() => scene.recorder.open(request, true));
    scene.sent();
    return scene;
  }

  it("are kept: a PING after silence, an end without an answer", () => {
    const scene = waiting();
    scene.host.at(1_000);
    expect(scene.sent()).toEqual(["PING"]);
    scene.host.at(1_200);
    expect(scene.recorder.heard()).toEqual(["1 closed connection"]);
    expect(scene.sent()[0]).toMatch(/^GOAWAY 0 NO_ERROR limit-silence/);
    scene.host.at(3_000);
    expect(scene.report.localReason).toBe("ping-timeout");
  });

  it("condemn only after one poll: an answer that lay in the kernel counts", () => {
    const scene = waiting();
    scene.host.at(1_000);
    scene.host.atBeforePoll(1_250);
    scene.socket.arrives(ping());
    scene.host.at(1_260);
    expect(scene.reports).toEqual([]);
    expect(scene.sent()).toEqual(["PING", "PING ack"]);
  });

  it("condemn even if something is flushed between the alarm and the verdict", () => {
    const scene = waiting();
    scene.host.at(1_000);
    scene.socket.takes = false;
    scene.host.event(() => scene.transport.connection.ping(1_000));
    for (let nowMs = 1_200; nowMs < 1_210; nowMs++) {
      scene.host.atBeforePoll(nowMs);
      scene.host.event(() => scene.socket.flush(1));
    }
    expect(scene.recorder.heard()).toEqual(["1 closed connection"]);
  });

  it("that are far do not keep the process alive, and none is left behind at the end", () => {
    const scene = waiting();
    scene.socket.fails("ECONNRESET");
    expect(scene.host.timers).toBe(0);
  });

  it("that had passed when they arose are no stall: a call on a connection that was quiet", () => {
    const scene = Scene.ready({ liveness });
    scene.host.at(900_000);
    scene.host.event(() => scene.recorder.open(request, true));
    scene.host.at(900_000);
    expect(scene.sent().map((line) => line.split(" ")[0])).toEqual(["HEADERS", "PING"]);
    scene.socket.fails("ECONNRESET");
    expect(scene.report.longestStallMs).toBe(0);
  });

  it("that came late show as a stall in the report", () => {
    const scene = waiting();
    scene.host.at(1_000, 640);
    scene.socket.fails("ECONNRESET");
    expect(scene.report.longestStallMs).toBe(640);
  });
});

describe("the end", () => {
  function withCall(): Scene {
    const scene = Scene.ready();
    scene.host.event(() => scene.recorder.open(request, true));
    scene.sent();
    scene.host.deeds.length = 0;
    return scene;
  }

  it.each([
    ["FIN", (scene: Scene) => scene.socket.finArrives(), "fin", undefined],
    ["RST", (scene: Scene) => scene.socket.fails("ECONNRESET"), "rst", "ECONNRESET"],
    ["EPIPE", (scene: Scene) => scene.socket.fails("EPIPE"), "rst", "EPIPE"],
    ["a timeout", (scene: Scene) => scene.socket.fails("ETIMEDOUT"), "timeout", "ETIMEDOUT"],
    ["any other error", (scene: Scene) => scene.socket.fails("OTHER"), "error", "OTHER"],
  ])("by %s: streams hear it when the report is there, the owner last", (_, happen, socket, kind) => {
    const scene = withCall();
    let reportWasThere = false;
    scene.recorder.inside = (event) =>
      (reportWasThere ||= event === "onClosed" && scene.transport.report !== undefined);
    happen(scene);
    expect(reportWasThere).toBe(true);
    expect(scene.recorder.heard()).toEqual(["1 closed connection", "ended transport"]);
    expect(scene.report).toMatchObject({ socket, streamsOpen: 1, streamsEver: 1, readyAtMs: 0 });
    expect(scene.report.socketError?.kind).toBe(kind);
    expect(scene.report.frames.at(-1)).toMatchObject({ direction: "out", type: "HEADERS", streamId: 1 });
    expect([scene.socket.isClosed, scene.host.timers]).toEqual([true, 0]);
  });

  it("after GOAWAY is the peer's word, whatever the socket does then", () => {
    const scene = withCall();
    scene.socket.arrives(goaway(1, 0, "max_age"));
    scene.socket.fails("ECONNRESET");
    expect(scene.recorder.heard()).toEqual(["goaway 1 0 max_age", "1 closed connection", "ended peer-http2"]);
    expect(scene.report.goaways).toEqual([{ code: 0, lastStreamId: 1, debugData: "max_age", atMs: 0 }]);
  });

  it("keeps the first and the last of many GOAWAYs", () => {
    const scene = withCall();
    for (let code = 0; code < 20; code++) scene.socket.arrives(goaway(1, code));
    scene.socket.finArrives();
    expect(scene.report.goaways.map(({ code }) => code)).toEqual([0, 1, 2, 3, 16, 17, 18, 19]);
  });

  it("of our own will: GOAWAY, FIN, then the peer is read and discarded until its FIN", () => {
    const scene = withCall();
    scene.host.event(() => scene.transport.close("closed"));
    expect(scene.sent()).toEqual(["GOAWAY 0 NO_ERROR draining"]);
    expect(scene.host.deeds.slice(1)).toEqual(["FIN"]);
    expect(scene.recorder.heard()).toEqual(["1 closed connection"]);
    scene.socket.arrives(headers(1, response, { endStream: true }), data(0, "nonsense"));
    expect([scene.recorder.heard(), scene.sent(), scene.reports]).toEqual([[], [], []]);
    scene.socket.finArrives();
    expect(scene.recorder.heard()).toEqual(["ended local"]);
    expect([scene.socket.isClosed, scene.host.timers]).toEqual([true, 0]);
    expect(scene.report).toMatchObject({ localReason: "closed", socket: "closed-by-us" });
  });

  it("of our own will, and the peer never closes: after 1 s we do", () => {
    const scene = withCall();
    scene.host.at(5_000);
    scene.host.event(() => scene.transport.close("closed"));
    scene.host.at(5_999);
    expect([scene.socket.isClosed, scene.reports]).toEqual([false, []]);
    scene.host.at(6_000);
    expect([scene.socket.isClosed, scene.host.timers, scene.report.endedBy]).toEqual([true, 0, "local"]);
  });

  it("because the peer broke a rule: GOAWAY says which before FIN, and the report too", () => {
    const scene = withCall();
    scene.socket.arrives(data(0, "x"));
    expect(scene.sent()).toEqual(["GOAWAY 0 PROTOCOL_ERROR rfc9113-6.1: DATA on stream 0, expected a stream"]);
    expect(scene.host.deeds.slice(1)).toEqual(["FIN"]);
    scene.socket.finArrives();
    expect(scene.report).toMatchObject({
      localReason: "violation",
      violation: { rule: "rfc9113-6.1" },
      streamsOpen: 1,
    });
  });

  it("by draining: when the last stream is over, without being asked again", () => {
    const scene = withCall();
    scene.host.event(() => scene.transport.drain());
    expect([scene.sent(), scene.transport.open]).toEqual([["GOAWAY 0 NO_ERROR draining"], true]);
    scene.socket.arrives(headers(1, response, { endStream: true }));
    expect(scene.host.deeds.at(-1)).toBe("FIN");
    scene.socket.finArrives();
    expect(scene.report).toMatchObject({ localReason: "drained", streamsOpen: 0, endedBy: "local" });
  });

  it("comes once, however often it is asked for", () => {
    const scene = withCall();
    scene.host.event(() => {
      scene.transport.close("closed");
      scene.transport.close("drained");
      scene.transport.drain();
    });
    scene.socket.finArrives();
    scene.socket.finArrives();
    scene.host.event(() => scene.transport.close("closed"));
    scene.host.at(10_000);
    expect(scene.report.localReason).toBe("closed");
    expect(scene.host.deeds.filter((deed) => deed === "close")).toHaveLength(1);
  });
});

describe("a server's transport", () => {
  it("greets at once, serves, and keeps the handshake's deadline", () => {
    const scene = new Scene("server", { limits: { handshakeMs: 300 } });
    expect(scene.sent()[0]).toMatch(/^SETTINGS 3=/);
    scene.socket.arrives(octets(clientPreface, settings(), headers(1, request, { endStream: true })));
    expect(scene.recorder.heard()).toEqual(["ready", `1 headers ${requestText} END`]);
    const silent = new Scene("server", { limits: { handshakeMs: 300 } });
    silent.host.at(300);
    expect(silent.sent().at(-1)).toMatch(/^GOAWAY 0 SETTINGS_TIMEOUT limit-handshake/);
    silent.host.at(1_300);
    expect(silent.report.localReason).toBe("settings-timeout");
  });
});
