/** Stories of TCP, for every host. What stands here was seen on Linux first. */

import { describe, expect, it } from "vitest";
import { Recorder, bytesOf, listen, pair, textBytes, type Harness } from "./harness.contract.ts";

// Well above what both kernels' buffers hold for a reader that does not read.
const floodBytes = 25_165_824;

export function describeTcp(given: () => Harness): void {
  describe("tcp: coming and going", () => {
    it("takes a free port for port 0 and says which", async () => {
      const listening = await listen(given());
      expect(listening.bound).toMatchObject({ kind: "tcp" });
      expect(listening.bound.kind === "tcp" && listening.bound.port).toBeGreaterThan(0);
    });

    it("says EADDRINUSE for a port that is taken, and closes", async () => {
      const first = await listen(given());
      const second = await listen(given(), undefined, first.bound);
      expect(second.errors.map((error) => error.kind)).toEqual(["EADDRINUSE"]);
      expect(second.isClosed).toBe(true);
      expect(second.address).toBeUndefined();
    });

    it("says ECONNREFUSED where nobody listens", async () => {
      const listening = await listen(given());
      listening.listener?.close();
      await given().until(() => listening.isClosed);
      const client = new Recorder();
      given().client.connect({ address: listening.bound }, client);
      await given().until(() => client.isClosed);
      expect(client.order).toEqual(["closed"]);
      expect(client.error?.kind).toBe("ECONNREFUSED");
    });

    it("tells both ends where they are", async () => {
      const { client, server, listening } = await pair(given());
      expect(client.open.remote).toEqual(listening.bound);
      expect(server.open.local).toEqual(listening.bound);
      expect(server.open.remote).toEqual(client.open.local);
    });

    it("sends what was written before the connection was up, then FIN, and counts every byte as flushed", async () => {
      const listening = await listen(given());
      const client = new Recorder();
      const socket = given().client.connect({ address: listening.bound }, client);
      socket.write([textBytes("one "), new Uint8Array(0), textBytes("two ")]);
      socket.write([textBytes("three")]);
      socket.end();
      expect(socket.writableLength).toBe(13);
      await given().until(() => listening.accepts[0]?.ended === true);
      expect(listening.first.text).toBe("one two three");
      expect(client.flushedBytes).toBe(13);
      expect(socket.writableLength).toBe(0);
      listening.first.open.end();
      await given().until(() => client.isClosed && listening.first.isClosed);
      expect([client.error, listening.first.error]).toEqual([undefined, undefined]);
      expect(client.order).toEqual(["connected", "end", "closed"]);
    });

    it("can be written to while the connection is being accepted", async () => {
      const { client } = await pair(given(), (accepted) => accepted.open.write([textBytes("welcome")]));
      await given().until(() => client.text === "welcome");
    });

    it("goes on the other way after FIN, whoever sent it first", async () => {
      const { client, server } = await pair(given());
      client.open.end();
      await given().until(() => server.ended);
      server.open.write([textBytes("still here")]);
      await given().until(() => client.text === "still here");
      expect([client.isClosed, server.isClosed]).toEqual([false, false]);
      server.open.end();
      await given().until(() => client.isClosed && server.isClosed);
      expect([client.error, server.error]).toEqual([undefined, undefined]);
    });

    it("delivers everything before the FIN of destroy, when nothing was unread", async () => {
      const { client, server } = await pair(given());
      server.open.write([bytesOf(150_000)]);
      await given().until(() => server.flushedBytes === 150_000);
      server.open.destroy();
      await given().until(() => client.ended);
      expect(client.received).toBe(150_000);
      await given().until(() => server.isClosed);
      expect(server.error).toBeUndefined();
    });

    it("closes a connection that the listener does not want", async () => {
      const listening = await listen(given());
      listening.turnsAway = true;
      const client = new Recorder();
      client.socket = given().client.connect({ address: listening.bound }, client);
      await given().until(() => client.ended || client.isClosed);
      expect(client.received).toBe(0);
    });

    it("keeps accepted connections when the listener closes", async () => {
      const { client, server, listening } = await pair(given());
      listening.listener?.close();
      listening.listener?.close();
      await given().until(() => listening.isClosed);
      server.open.write([textBytes("alive")]);
      await given().until(() => client.text === "alive");
    });

    it("says nothing after closed, and every method is harmless then", async () => {
      const { client, server } = await pair(given());
      client.open.reset();
      await given().until(() => client.isClosed && server.isClosed);
      const orders = [[...client.order], [...server.order]];
      for (const socket of [client.open, server.open]) {
        socket.pause();
        socket.resume();
        socket.write([textBytes("too late")]);
        socket.end();
        socket.destroy();
        socket.reset();
        expect(socket.writableLength).toBe(0);
      }
      await given().breathe();
      expect([client.order, server.order]).toEqual(orders);
    });

    it.each(["destroy", "reset"] as const)("says closed, and nothing else, after %s while connecting", async (how) => {
      const listening = await listen(given());
      const client = new Recorder();
      const socket = given().client.connect({ address: listening.bound }, client);
      socket.write([bytesOf(100)]);
      socket[how]();
      await given().until(() => client.isClosed);
      await given().breathe();
      expect(client.order).toEqual(["closed"]);
      expect(client.error).toBeUndefined();
    });
  });

  describe("tcp: not kinder than the kernel", () => {
    it("closing with unread bytes sends RST", async () => {
      const { client, server } = await pair(given(), (accepted) => accepted.open.pause());
      client.open.write([bytesOf(1_000)]);
      await given().breathe();
      server.open.destroy();
      await given().until(() => client.isClosed && server.isClosed);
      expect(client.error?.kind).toBe("ECONNRESET");
      expect(server.error).toBeUndefined();
      expect(server.received).toBe(0);
    });

    it("closing with unread bytes throws away what the kernel had not sent yet", async () => {
      const { client, server } = await pair(given(), (accepted) => accepted.open.pause());
      client.open.pause();
      client.open.write([bytesOf(1_000)]);
      server.open.write([bytesOf(floodBytes)]);
      await given().breathe();
      server.open.destroy();
      await given().until(() => server.isClosed);
      client.open.resume();
      await given().until(() => client.ended || client.isClosed);
      expect(client.received).toBeLessThan(floodBytes);
    });

    it("reset is heard as ECONNRESET by a reader, and ends our side without an error", async () => {
      const { client, server } = await pair(given());
      server.open.reset();
      await given().until(() => client.isClosed && server.isClosed);
      expect(client.order).toEqual(["connected", "closed"]);
      expect(client.error?.kind).toBe("ECONNRESET");
      expect(server.error).toBeUndefined();
    });

    it("a paused reader gets the bytes that came before RST, and may then take RST for FIN", async () => {
      const { client, server } = await pair(given());
      client.open.pause();
      server.open.write([bytesOf(500)]);
      await given().until(() => server.flushedBytes === 500);
      await given().breathe();
      server.open.reset();
      await given().breathe();
      expect(client.order).toEqual(["connected"]);
      client.open.resume();
      await given().until(() => client.ended || client.isClosed);
      expect(client.received).toBe(500);
      // Node 24 says ECONNRESET. Node 20 and 22 say end, and the error to whoever writes next.
      if (client.ended) client.open.write([textBytes("is anybody there")]);
      await given().until(() => client.isClosed);
      expect(["ECONNRESET", "EPIPE"]).toContain(client.error?.kind);
    });

    it("the first write after the peer closed succeeds, and draws the RST that fails the next", async () => {
      const { client, server } = await pair(given());
      server.open.destroy();
      await given().until(() => client.ended);
      client.open.write([textBytes("one")]);
      await given().until(() => client.flushedBytes === 3);
      await given().breathe();
      expect(client.isClosed).toBe(false);
      client.open.write([textBytes("two")]);
      await given().until(() => client.isClosed);
      expect(client.error?.kind).toBe("EPIPE");
      expect(client.flushedBytes).toBe(3);
    });

    it("our end after such an RST closes without an error: nobody asked the socket again", async () => {
      const { client, server } = await pair(given());
      server.open.destroy();
      await given().until(() => client.ended);
      client.open.write([textBytes("one")]);
      await given().until(() => client.flushedBytes === 3);
      await given().breathe();
      client.open.end();
      await given().until(() => client.isClosed);
      expect(client.error).toBeUndefined();
    });

    it("data for a closed end loses what that end had sent behind it", async () => {
      const { client, server } = await pair(given());
      client.open.end();
      await given().until(() => server.ended);
      client.open.destroy();
      server.open.write([textBytes("nobody reads this")]);
      await given().breathe();
      server.open.write([textBytes("nor this")]);
      await given().until(() => server.isClosed);
      expect(["EPIPE", "ECONNRESET"]).toContain(server.error?.kind);
    });

    it("writing after our own end fails with EPIPE", async () => {
      const { client } = await pair(given());
      client.open.end();
      client.open.write([textBytes("more")]);
      await given().until(() => client.isClosed);
      expect(client.error?.kind).toBe("EPIPE");
    });

    it("connections in the accept queue are reset when the listener closes", async () => {
      const listening = await listen(given());
      const client = new Recorder();
      await given().whileServerIsBusy(
        () => (client.socket = given().client.connect({ address: listening.bound }, client)),
        () => listening.listener?.close(),
      );
      await given().until(() => client.isClosed && listening.isClosed);
      expect(client.error?.kind).toBe("ECONNRESET");
      expect(listening.accepts).toHaveLength(0);
    });

    it("a reader that pauses holds the writer back, and loses nothing", async () => {
      const { client, server } = await pair(given(), (accepted) => accepted.open.pause());
      const half = floodBytes / 2;
      client.open.write([bytesOf(half), bytesOf(half)]);
      client.open.write([textBytes("last")]);
      await given().breathe();
      expect(client.open.writableLength).toBe(floodBytes + 4);
      expect(client.flushedBytes).toBe(0);
      expect(server.received).toBe(0);
      server.open.resume();
      await given().until(() => server.received === floodBytes + 4);
      await given().until(() => client.flushedBytes === floodBytes + 4);
      expect(client.open.writableLength).toBe(0);
    });

    it("RST with writes pending fails the connection, though its reading side was paused", async () => {
      const { client, server } = await pair(given(), (accepted) => accepted.open.pause());
      client.open.pause();
      client.open.write([bytesOf(floodBytes)]);
      await given().breathe();
      server.open.reset();
      await given().until(() => client.isClosed);
      expect(["ECONNRESET", "EPIPE"]).toContain(client.error?.kind);
      expect(client.flushedBytes).toBe(0);
    });

    it("pause inside data is obeyed at once", async () => {
      const { client, server } = await pair(given());
      client.onData = () => client.open.pause();
      server.open.write([bytesOf(300_000)]);
      server.open.end();
      await given().until(() => client.received > 0);
      await given().breathe();
      const before = client.order.length;
      expect(client.order.filter((event) => event === "data")).toHaveLength(1);
      expect(before).toBe(2);
      client.onData = undefined;
      client.open.resume();
      await given().until(() => client.ended);
      expect(client.received).toBe(300_000);
    });

    it("lends its bytes: they are not what they were when the next ones have come", async () => {
      const { client, server } = await pair(given());
      const kept: Uint8Array[] = [];
      client.data = (bytes) => {
        client.received += bytes.length;
        kept.push(bytes);
      };
      server.open.write([bytesOf(4, "a")]);
      await given().until(() => client.received === 4);
      server.open.write([bytesOf(4, "b")]);
      await given().until(() => client.received === 8);
      expect(new TextDecoder().decode(kept[0])).not.toBe("aaaa");
    });
  });
}
