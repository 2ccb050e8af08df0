/** What the peer can do to a client besides the rows, and how it bears clients that are no HTTP/2 clients. */

import { connect } from "node:net";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { Peer } from "../src/peer/peer.ts";
import type { PeerScript } from "../src/peer/peer-script.ts";
import * as wire from "../src/peer/frame.ts";
import { RawClient } from "./raw-client.ts";

async function start(script: PeerScript): Promise<Peer> {
  const peer = new Peer({ scriptOf: () => script });
  await peer.start();
  return peer;
}

describe("the scripted peer", () => {
  it("answers with a page, as a proxy does", async () => {
    await using peer = await start({
      play: async (one) => one.answerHtml((await one.calls(1))[0] ?? expect.fail(), 502),
    });
    await using client = await RawClient.open(peer.port);
    const stream = client.call(1);
    await client.until(`END_STREAM ${stream}`);
    expect(client.seen.filter((line) => line.endsWith(` ${stream}`))).toEqual([
      `HEADERS ${stream}`,
      `END_STREAM ${stream}`,
    ]);
    expect(peer.ledger.executions(1)).toBe(0);
  });

  it("accepts and never greets", async () => {
    await using peer = await start({ settings: "none", play: () => {} });
    const socket = connect(peer.port, "127.0.0.1");
    socket.end(Buffer.concat([wire.preface, wire.pingFrame(Buffer.alloc(8))]));
    let seen = Buffer.alloc(0);
    socket.on("data", (chunk: Buffer) => (seen = Buffer.concat([seen, chunk])));
    await once(socket, "close");
    expect(seen).toEqual(wire.pingFrame(Buffer.alloc(8), wire.flag.ACK));
  });

  it("writes a GOAWAY that raises the last id, though the RFC forbids it", async () => {
    await using peer = await start({
      play: async (one) => {
        await one.calls(1);
        one.goaway("NO_ERROR", 1);
        one.goaway("NO_ERROR", 99);
      },
    });
    await using client = await RawClient.open(peer.port);
    client.call(1);
    await client.until("GOAWAY 0 last=99");
    expect(client.seen.filter((line) => line.startsWith("GOAWAY"))).toEqual(["GOAWAY 0 last=1", "GOAWAY 0 last=99"]);
  });

  it("sends an answer only when the client's window has room for it", async () => {
    await using peer = await start({ play: () => {} });
    await using client = await RawClient.open(peer.port);
    // 65,535 bytes are 13,107 answers of 5 bytes; the warm-up took one of them.
    const fitting = 13_106;
    for (let id = 1; id <= fitting + 1; id++) client.call(id, 4);
    // An answer is three frames: HEADERS, DATA, trailers.
    await client.until(() => peer.ledger.executions(fitting + 1) === 1 && client.seen.length >= 3 * fitting);
    client.write(wire.pingFrame(Buffer.alloc(8)));
    await client.until("PING ACK");
    const answers = (): number => client.seen.filter((line) => line.startsWith("END_STREAM")).length;
    expect(answers()).toBe(fitting);
    client.write(wire.windowUpdateFrame(0, 5));
    await client.until(() => answers() === fitting + 1);
  });

  it("hangs up on a client that does not speak HTTP/2, and notes it", async () => {
    await using peer = await start({ play: () => {} });
    const socket = connect(peer.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.resume().write("GET / HTTP/1.1\r\n\r\n");
    await once(socket, "close");
    expect(peer.notes).toEqual(["connection 1: the client does not speak HTTP/2"]);
  });

  it("notes a script that breaks", async () => {
    await using peer = await start({ play: () => Promise.reject(new Error("lost the thread")) });
    await using client = await RawClient.open(peer.port);
    await client.until(() => peer.notes.length > 0);
    expect(peer.notes).toEqual(["the script of connection 1 broke: Error: lost the thread"]);
  });

  it("forgets a call that the client takes back", async () => {
    const settled: string[] = [];
    await using peer = await start({
      play: async (one) => {
        await one.calls(1);
        await one.idle();
        settled.push("idle");
      },
    });
    await using client = await RawClient.open(peer.port);
    const stream = client.call(1);
    client.write(wire.rstStreamFrame(stream, wire.code.CANCEL));
    await client.until(() => settled.length > 0);
    expect(client.seen).not.toContain(`END_STREAM ${stream}`);
  });
});
