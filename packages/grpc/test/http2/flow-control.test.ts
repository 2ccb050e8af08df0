/** Windows, RFC 9113 §5.2 and §6.9: nobody sends what was not allowed, nobody is accused who kept to it. */
import { describe, expect, it } from "vitest";
import { ReceiveBudget } from "../../src/http2/receive-budget.ts";
import { data, headers, maxUint31, octets, pingAck, rstStream, settings, settingsAck, windowUpdate } from "./frames.ts";
import { JoinedPair } from "./joined-pair.ts";
import { request, requestText, response, ScriptedPeer } from "./scripted-peer.ts";

const initialWindowSize = 0x4;

function dataSizes(lines: readonly string[]): number[] {
  return lines.filter((line) => line.startsWith("DATA")).map((line) => Number(line.split(" ")[2]));
}

describe("what we send", () => {
  it("waits while the initial window is 0, HEADERS and empty DATA excepted", () => {
    const peer = ScriptedPeer.ready("client", {}, [initialWindowSize, 0]);
    peer.connection.sendData(peer.open(), octets("abc"), true);
    peer.connection.sendData(peer.open(), octets(), true);
    expect(peer.sent()).toEqual([`HEADERS 1 ${requestText}`, `HEADERS 3 END_STREAM ${requestText}`]);
    peer.send(settings([initialWindowSize, 2]));
    expect(dataSizes(peer.sent())).toEqual([2]);
    peer.send(windowUpdate(1, 1));
    expect(peer.sent()).toEqual(["DATA 1 1 END_STREAM"]);
  });

  it("an empty END_STREAM needs no window", () => {
    const peer = ScriptedPeer.ready("client", {}, [initialWindowSize, 0]);
    const call = peer.open();
    peer.sent();
    peer.connection.sendData(call, octets(), true);
    expect(peer.sent()).toEqual(["DATA 1 0 END_STREAM"]);
  });

  it("waits out a window that a lowered initial size made negative, §6.9.2", () => {
    const peer = ScriptedPeer.ready("client", {}, [initialWindowSize, 100]);
    const call = peer.open();
    peer.connection.sendData(call, new Uint8Array(500), false);
    expect(dataSizes(peer.sent())).toEqual([100]);
    peer.send(settings([initialWindowSize, 30]), windowUpdate(1, 70));
    expect(dataSizes(peer.sent())).toEqual([]);
    peer.send(windowUpdate(1, 1));
    expect(dataSizes(peer.sent())).toEqual([1]);
    peer.send(settings([initialWindowSize, 0]), settings([initialWindowSize, 31]));
    expect(dataSizes(peer.sent())).toEqual([1]);
  });

  it("counts a change of the initial size from the moment of opening, also for a stream that has not left", () => {
    const peer = ScriptedPeer.ready("client", {}, [initialWindowSize, 100]);
    peer.connection.sendData(peer.open(), new Uint8Array(500), false);
    peer.send(settings([initialWindowSize, 40]));
    expect(dataSizes(peer.sent())).toEqual([40]);
  });

  it("may not be allowed more than 2^31-1 on any stream: that ends the connection", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open();
    peer.sent();
    peer.send(windowUpdate(1, 1), settings([initialWindowSize, maxUint31]));
    expect(peer.heard()[0]).toBe("failed violation rfc9113-6.9.2");
    expect(peer.sent()[0]).toMatch(/^GOAWAY 0 FLOW_CONTROL_ERROR /);
  });

  it("is shared fairly when the connection's window opens again, closed streams left out", () => {
    const peer = ScriptedPeer.ready("client", {}, [initialWindowSize, 1_000_000]);
    for (let i = 0; i < 4; i++) peer.connection.sendData(peer.open(), new Uint8Array(100_000), false);
    peer.sent();
    peer.connection.reset(peer.stream(3), 8);
    peer.send(rstStream(5, 8));
    expect(peer.sent()).toEqual(["RST_STREAM 3 CANCEL"]);
    peer.send(windowUpdate(0, 20_000));
    expect(peer.sent()).toEqual(["DATA 1 16384", "DATA 7 3616"]);
  });
});

describe("what we allow", () => {
  it("is given back on the connection as it comes, on the stream as it is used, by quarters of the window", () => {
    const peer = ScriptedPeer.ready("server", { streamWindowBytes: 65_536, connectionWindowBytes: 131_072 });
    peer.recorder.usesData = false;
    peer.send(headers(1, request));
    for (let i = 0; i < 4; i++) peer.send(data(1, new Uint8Array(16_384)));
    const updates = (): string[] => peer.sent().filter((line) => line.startsWith("WINDOW_UPDATE"));
    expect(updates()).toEqual(["WINDOW_UPDATE 0 +32768", "WINDOW_UPDATE 0 +32768"]);
    peer.connection.credit(peer.stream(1), 16_383);
    expect(updates()).toEqual([]);
    peer.connection.credit(peer.stream(1), 1);
    expect(updates()).toEqual(["WINDOW_UPDATE 1 +16384"]);
  });

  it("is not given to a stream whose peer has said END_STREAM", () => {
    const peer = ScriptedPeer.ready("server", { streamWindowBytes: 65_536 });
    peer.recorder.usesData = false;
    peer.send(headers(1, request));
    for (let i = 0; i < 3; i++) peer.send(data(1, new Uint8Array(16_384), { endStream: i === 2 }));
    peer.sent();
    peer.connection.credit(peer.stream(1), 49_152);
    expect(peer.sent()).toEqual([]);
  });

  it("comes back for what is dropped, too: DATA of reset streams keeps the connection's window whole", () => {
    const peer = ScriptedPeer.ready("server", { connectionWindowBytes: 65_536 });
    peer.send(headers(1, request));
    peer.connection.reset(peer.stream(1), 8);
    peer.sent();
    for (let i = 0; i < 40; i++) peer.send(data(1, new Uint8Array(16_000), { padding: 100 }));
    const credited = peer.sent().map((line) => Number(line.split("+")[1] ?? 0));
    expect(credited.reduce((sum, credit) => sum + credit, 0)).toBeGreaterThan(40 * 16_101 - 32_768);
  });

  it("grows with the bandwidth, for streams that are open as well: SETTINGS raise their windows, §6.9.2", () => {
    const peer = ScriptedPeer.ready("server", { streamWindowBytes: 65_535 });
    peer.send(headers(1, request), headers(3, request));
    for (let i = 0; i < 4; i++) peer.send(data(1, new Uint8Array(16_384)));
    expect(peer.sent()).toContain("PING");
    const probe = peer.frames.find(({ type }) => type === 6)?.payload ?? octets();
    for (let i = 0; i < 4; i++) peer.send(data(1, new Uint8Array(16_384)));
    peer.send(pingAck(probe));
    expect(peer.sent()).toContain("SETTINGS 4=131072");
    // Stream 3 was opened under the smaller window and has not been credited anything.
    peer.recorder.usesData = false;
    for (let i = 0; i < 8; i++) peer.send(data(3, new Uint8Array(16_384)));
    expect(peer.heard().filter((line) => line.includes("closed"))).toEqual([]);
    peer.send(data(3, "x"));
    expect(peer.heard()).toEqual(["3 closed reset-by-us 3 rfc9113-6.9.1"]);
  });
});

describe("a message that nothing follows on its stream", () => {
  const streamWindowBytes = 65_536;

  /** A server of which the application has got `pieces` of 16 KiB, of a message that lacks `restBytes`. */
  function halfReceived(pieces: number, restBytes: number, budget = new ReceiveBudget()): ScriptedPeer {
    const peer = ScriptedPeer.ready("server", { streamWindowBytes, budget });
    peer.recorder.usesData = false;
    peer.send(headers(1, request));
    for (let i = 0; i < pieces; i++) peer.send(data(1, new Uint8Array(16_384)));
    peer.sent();
    peer.connection.creditAhead(peer.stream(1), pieces * 16_384, restBytes);
    return peer;
  }

  it("is credited nothing while the window has room for the rest of it", () => {
    const peer = halfReceived(2, 32_768);
    expect(peer.sent()).toEqual([]);
    peer.send(data(1, new Uint8Array(16_384)));
    peer.connection.creditAhead(peer.stream(1), 16_384, 16_384);
    expect(peer.sent().filter((line) => line.startsWith("WINDOW_UPDATE 1"))).toEqual([]);
  });

  it("gets a window of its size, by powers of two, and 16 MiB at most", () => {
    expect(halfReceived(2, 32_769).sent()).toContain("SETTINGS 4=131072");
    // From 1 MiB to four times 16, and the 32 KiB that came.
    expect(halfReceived(2, 50_000_000).sent()).toEqual(["SETTINGS 4=16777216", "WINDOW_UPDATE 0 +66093056"]);
  });

  it("is credited by pieces when the window may not grow: half of all that can be lent is lent", () => {
    const budget = new ReceiveBudget(600_000);
    budget.windows.grow({ shrinkWindows: () => undefined }, 400_000);
    expect(halfReceived(2, 32_769, budget).sent()).toEqual(["WINDOW_UPDATE 1 +32768"]);
  });

  it("is credited what padding took of the room for the rest", () => {
    const budget = new ReceiveBudget(600_000);
    budget.windows.grow({ shrinkWindows: () => undefined }, 400_000);
    const peer = halfReceived(3, 16_000, budget);
    expect(peer.sent()).toEqual([]);
    peer.send(data(1, "", { padding: 200 }));
    // All of the rest could go into padding; so what was kept back is due.
    expect(peer.sent()).toEqual(["WINDOW_UPDATE 1 +49353"]);
  });

  it("is not held to fit into what the peer may no longer use, because the window shrank", () => {
    const budget = new ReceiveBudget(600_000);
    const peer = ScriptedPeer.ready("server", { budget });
    peer.recorder.usesData = false;
    peer.send(headers(1, request), data(1, new Uint8Array(16_384)));
    for (let i = 0; i < 6; i++) budget.windows.enter({ shrinkWindows: () => undefined }, 65_535);
    expect(peer.sent()).toEqual(["SETTINGS 4=65535"]);
    // The first window was 256 KiB; of the second 49,151 are left.
    peer.connection.creditAhead(peer.stream(1), 16_384, 49_152);
    expect(peer.sent()).toEqual(["WINDOW_UPDATE 1 +16384"]);
  });

  it("that came whole without the credit that was held back is credited all of it when it is used", () => {
    const budget = new ReceiveBudget(70_000);
    const hog = { heldBytes: 0, creditAllowed: () => undefined, giveWay: () => undefined };
    // All memory is spoken for, and it is the turn of another.
    budget.windows.enter({ shrinkWindows: () => undefined }, 65_535);
    budget.hold(hog, 5_000);
    budget.mayCredit(hog);
    const peer = halfReceived(2, Infinity, budget);
    expect(peer.sent()).toEqual([]);
    peer.send(data(1, new Uint8Array(10_000)));
    peer.connection.creditAhead(peer.stream(1), 10_000);
    peer.sent();
    peer.send(data(1, new Uint8Array(10_000)));
    peer.connection.whole(peer.stream(1));
    expect(peer.sent().filter((line) => line.startsWith("WINDOW_UPDATE 1"))).toEqual([]);
    peer.connection.credit(peer.stream(1), 10_000);
    expect(peer.sent()).toEqual(["WINDOW_UPDATE 1 +52768"]);
  });

  it("of which others follow is credited as it comes", () => {
    expect(halfReceived(1, Infinity).sent()).toEqual(["WINDOW_UPDATE 1 +16384"]);
  });
});

describe("windows that shrink because other connections came", () => {
  const budgetBytes = 600_000;
  const closings = (peer: ScriptedPeer): string[] => peer.heard().filter((line) => line.includes("closed"));

  function crowdedPeer(): ScriptedPeer {
    const budget = new ReceiveBudget(budgetBytes);
    const peer = ScriptedPeer.ready("server", { budget });
    peer.recorder.usesData = false;
    peer.send(headers(1, request));
    peer.sent();
    for (let i = 0; i < 6; i++) budget.windows.enter({ shrinkWindows: () => undefined }, 65_535);
    expect(peer.sent()).toEqual(["SETTINGS 4=65535"]);
    return peer;
  }

  it("accuse nobody who goes by what was allowed before, §6.9.2", () => {
    const peer = crowdedPeer();
    peer.send(headers(3, request));
    for (const id of [1, 3]) for (let i = 0; i < 16; i++) peer.send(data(id, new Uint8Array(16_384)));
    expect(closings(peer)).toEqual([]);
  });

  it("hold from the acknowledgement on, for streams that begin then", () => {
    const peer = crowdedPeer();
    peer.send(settingsAck(), headers(3, request));
    for (let i = 0; i < 4; i++) peer.send(data(3, new Uint8Array(i === 3 ? 16_383 : 16_384)));
    expect(closings(peer)).toEqual([]);
    peer.send(data(3, "x"));
    expect(closings(peer)).toEqual(["3 closed reset-by-us 3 rfc9113-6.9.1"]);
  });

  it("go by the last of several sizes only when all were acknowledged", () => {
    const budget = new ReceiveBudget(budgetBytes);
    const peer = new ScriptedPeer("server", { budget });
    peer.recorder.usesData = false;
    for (let i = 0; i < 6; i++) budget.windows.enter({ shrinkWindows: () => undefined }, 65_535);
    peer.greet();
    // The greeting was acknowledged, which said more; what takes it back is still on its way.
    peer.send(headers(1, request));
    for (let i = 0; i < 8; i++) peer.send(data(1, new Uint8Array(16_384)));
    expect(closings(peer)).toEqual([]);
    peer.send(settingsAck(), headers(3, request));
    for (let i = 0; i < 8; i++) peer.send(data(3, new Uint8Array(16_384)));
    expect(closings(peer)).toEqual(["3 closed reset-by-us 3 rfc9113-6.9.1"]);
  });

  it("are not upset by acknowledgements of what was never said", () => {
    const budget = new ReceiveBudget(budgetBytes);
    const peer = ScriptedPeer.ready("server", { budget });
    peer.recorder.usesData = false;
    peer.send(settingsAck(), settingsAck());
    for (let i = 0; i < 6; i++) budget.windows.enter({ shrinkWindows: () => undefined }, 65_535);
    peer.send(settingsAck(), headers(1, request));
    for (let i = 0; i < 8; i++) peer.send(data(1, new Uint8Array(16_384)));
    expect(closings(peer)).toEqual(["1 closed reset-by-us 3 rfc9113-6.9.1"]);
  });

  it("are not spoken of on a connection that has failed", () => {
    const budget = new ReceiveBudget(budgetBytes);
    const peer = ScriptedPeer.ready("server", { budget });
    peer.send(data(0, "x"));
    expect(peer.sent().at(-1)).toMatch(/^GOAWAY/);
    for (let i = 0; i < 6; i++) budget.windows.enter({ shrinkWindows: () => undefined }, 65_535);
    expect(peer.sent()).toEqual([]);
  });

  it("are credited at once what was too little for a frame of the larger one", () => {
    const budget = new ReceiveBudget(budgetBytes);
    const peer = ScriptedPeer.ready("server", { budget });
    peer.recorder.usesData = false;
    peer.send(headers(1, request), data(1, new Uint8Array(16_384)), data(1, new Uint8Array(10_000)));
    peer.connection.credit(peer.stream(1), 26_384);
    expect(peer.sent()).toEqual([]);
    for (let i = 0; i < 6; i++) budget.windows.enter({ shrinkWindows: () => undefined }, 65_535);
    expect(peer.sent()).toEqual(["SETTINGS 4=65535", "WINDOW_UPDATE 1 +26384"]);
  });

  it("are credited by their new size, so that a peer whose window became negative goes on", () => {
    const peer = crowdedPeer();
    peer.send(settingsAck());
    for (let i = 0; i < 16; i++) peer.send(data(1, new Uint8Array(16_384)));
    peer.sent();
    peer.connection.credit(peer.stream(1), 16_384);
    expect(peer.sent()).toEqual(["WINDOW_UPDATE 1 +16384"]);
  });
});

describe("windows that grow with the bandwidth", () => {
  const streamWindowBytes = 65_535; // RFC 9113 §6.9.2
  const holder = { heldBytes: 0, creditAllowed: () => undefined, giveWay: () => undefined };

  /** Fills the window between a PING and its acknowledgement; what is said then. */
  function grown(peer: ScriptedPeer): string[] {
    peer.send(headers(1, request));
    for (let i = 0; i < 4; i++) peer.send(data(1, new Uint8Array(16_384)));
    expect(peer.sent()).toContain("PING");
    const probe = peer.frames.find(({ type }) => type === 6)?.payload ?? octets();
    for (let i = 0; i < 4; i++) peer.send(data(1, new Uint8Array(16_384)));
    peer.sent();
    peer.send(pingAck(probe));
    return peer.sent();
  }

  it("take the connection's along, which is four times as large", () => {
    const peer = ScriptedPeer.ready("server", { streamWindowBytes, connectionWindowBytes: streamWindowBytes });
    const credited = grown(peer).find((line) => line.startsWith("WINDOW_UPDATE 0")) ?? "";
    expect(Number(credited.split("+")[1])).toBeGreaterThanOrEqual(4 * 131_072 - streamWindowBytes);
  });

  it("stay as they are, and say nothing, when other connections have all there is", () => {
    const budget = new ReceiveBudget(600_000);
    for (let i = 0; i < 8; i++) budget.windows.enter({ shrinkWindows: () => undefined }, streamWindowBytes);
    expect(grown(ScriptedPeer.ready("server", { budget })).filter((line) => line.startsWith("SETTINGS"))).toEqual([]);
  });

  it("stay as they are while half of the memory is in use", () => {
    for (const [heldBytes, said] of [
      [499_999, ["SETTINGS 4=131072"]],
      [500_000, []],
    ] as const) {
      const budget = new ReceiveBudget(1_000_000);
      budget.hold({ ...holder }, heldBytes);
      const peer = ScriptedPeer.ready("server", { budget, streamWindowBytes });
      expect(grown(peer).filter((line) => line.startsWith("SETTINGS"))).toEqual(said);
    }
  });

  it("are given back when the connection ends", () => {
    const budget = new ReceiveBudget(1_000_000);
    const peer = ScriptedPeer.ready("server", { budget, streamWindowBytes });
    grown(peer);
    expect(budget.windows.totalBytes).toBe(131_072);
    peer.connection.end(0);
    expect(budget.windows.totalBytes).toBe(0);
  });
});

describe("two connections", () => {
  it.each([1, 2, 3, 4, 5])(
    "a slow reader on one stream does not stop the others, nor is it accused (seed %i)",
    (seed) => {
      const pair = new JoinedPair({ seed, latencyMs: 20, pieceBytes: 3_000 });
      pair.settle();
      for (let i = 0; i < 3; i++) pair.clientHears.open(request, true);
      pair.settle();
      // Stream 1 is not read at all; 3 and 5 carry megabytes, so that the windows grow meanwhile.
      const slow = pair.clientHears.stream(1);
      const { onData } = slow.events;
      slow.events.onData = (bytes, end) => {
        pair.clientHears.usesData = false;
        onData(bytes, end);
        pair.clientHears.usesData = true;
      };
      for (const id of [1, 3, 5]) {
        pair.server.sendHeaders(pair.serverHears.stream(id), response, false);
        pair.server.sendData(pair.serverHears.stream(id), new Uint8Array(4_000_000), true);
      }
      pair.settle();
      const bytes = pair.clientHears.logs.map((log) => log.bodyBytes);
      expect(bytes.slice(1)).toEqual([4_000_000, 4_000_000]);
      expect(bytes[0]).toBeGreaterThan(262_143);
      expect(slow.state).toBe("half-closed-local");
      pair.client.credit(slow, bytes[0] ?? 0);
      slow.events.onData = onData;
      pair.settle();
      expect(pair.clientHears.logs[0]?.bodyBytes).toBe(4_000_000);
      expect(slow.state).toBe("closed");
    },
  );
});
