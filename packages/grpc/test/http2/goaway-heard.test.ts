/**
 * A client hears GOAWAY, RFC 9113 §6.8. What is above the last id was not processed and ends at once, so that it can be
 * sent again; what is at or below goes on to its end, whatever the code says; nothing new is opened.
 */
import { describe, expect, it } from "vitest";
import { data, goaway, headers, maxUint31, rstStream, windowUpdate } from "./frames.ts";
import { request, response, ScriptedPeer } from "./scripted-peer.ts";

/** A client with streams 1, 3, 5 on the wire. */
function clientWithCalls(): ScriptedPeer {
  const peer = ScriptedPeer.ready("client");
  for (let i = 0; i < 3; i++) peer.open(request, true);
  peer.sent();
  return peer;
}

describe("GOAWAY", () => {
  it("ends the streams above its id and no others; the connection hears of it first", () => {
    const peer = clientWithCalls();
    peer.send(goaway(3, 0, "max_age"));
    expect(peer.heard()).toEqual(["goaway 3 0 max_age", "5 closed goaway-above-last-id 3"]);
    expect([peer.connection.openable, peer.recorder.open(request)]).toEqual([0, undefined]);
    peer.send(headers(1, response, { endStream: true }), headers(3, response), data(3, "x", { endStream: true }));
    expect(peer.heard()).toEqual([
      "1 headers :status=200 END",
      "1 closed complete",
      "3 headers :status=200",
      "3 data 1 END",
      "3 closed complete",
    ]);
    expect(peer.sent()).toEqual([]);
  });

  it.each([1, 2, 11, 0xffffffff])("with code %i: streams at or below the last id go on all the same", (code) => {
    const peer = clientWithCalls();
    peer.send(goaway(5, code));
    expect(peer.heard()).toEqual([`goaway 5 ${code}`]);
    peer.send(headers(1, response, { endStream: true }));
    peer.send(windowUpdate(3, 1), headers(3, response), rstStream(3, 8), headers(5, response, { endStream: true }));
    expect(peer.heard().filter((line) => line.includes("closed"))).toEqual([
      "1 closed complete",
      "3 closed reset-by-peer 8",
      "5 closed complete",
    ]);
  });

  it("with last id 0: nothing was processed", () => {
    const peer = clientWithCalls();
    peer.send(goaway(0));
    expect(peer.heard()).toEqual([
      "goaway 0 0",
      "1 closed goaway-above-last-id 0",
      "3 closed goaway-above-last-id 0",
      "5 closed goaway-above-last-id 0",
    ]);
  });

  it("in two phases: the warning ends nothing on the wire, the second one says what was taken", () => {
    const peer = clientWithCalls();
    peer.send(goaway(maxUint31));
    expect(peer.heard()).toEqual([`goaway ${maxUint31} 0`]);
    expect(peer.connection.openable).toBe(0);
    peer.send(goaway(1));
    expect(peer.heard()).toEqual(["goaway 1 0", "3 closed goaway-above-last-id 1", "5 closed goaway-above-last-id 1"]);
  });

  it("a second and a third time: each is told, each lower id ends more", () => {
    const peer = clientWithCalls();
    peer.send(goaway(5), goaway(3), goaway(1, 2));
    expect(peer.heard()).toEqual([
      "goaway 5 0",
      "goaway 3 0",
      "5 closed goaway-above-last-id 3",
      "goaway 1 2",
      "3 closed goaway-above-last-id 1",
    ]);
  });

  it("with an id that rises again is heard, and not followed: what was given up stays so", () => {
    const peer = clientWithCalls();
    peer.send(goaway(1), goaway(5));
    expect(peer.heard()).toEqual([
      "goaway 1 0",
      "3 closed goaway-above-last-id 1",
      "5 closed goaway-above-last-id 1",
      "goaway 5 0",
    ]);
    peer.send(headers(5, response), data(3, "x"));
    expect([peer.heard(), peer.sent()]).toEqual([[], []]);
    peer.send(headers(1, response, { endStream: true }));
    expect(peer.heard().at(-1)).toBe("1 closed complete");
  });

  it("ends what has not left yet, whatever the id: a request behind GOAWAY would be ignored", () => {
    const peer = ScriptedPeer.ready("client");
    peer.open(request, true);
    peer.send(goaway(maxUint31));
    expect(peer.heard()).toEqual([`goaway ${maxUint31} 0`, `1 closed goaway-above-last-id ${maxUint31}`]);
    expect(peer.stream(1).headSent).toBe(false);
    expect(peer.sent()).toEqual([]);
  });

  it("lets a body that was begun go on to its end", () => {
    const peer = ScriptedPeer.ready("client");
    const call = peer.open();
    peer.sent();
    peer.send(goaway(1));
    peer.connection.sendData(call, new Uint8Array(70_000), true);
    expect(peer.sent()).toHaveLength(4);
    peer.send(windowUpdate(0, 5_000), windowUpdate(1, 5_000));
    expect(peer.sent()).toEqual(["DATA 1 4465 END_STREAM"]);
  });

  it("of a client tells a server, and ends nothing", () => {
    const peer = ScriptedPeer.ready("server");
    peer.send(headers(1, request), goaway(0), headers(3, request));
    expect(peer.heard().map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      "1 headers",
      "goaway 0",
      "3 headers",
    ]);
  });
});
