/** Stories of unix sockets, for every host: where they differ from TCP. */

import { describe, expect, it } from "vitest";
import { Recorder, bytesOf, listen, textBytes, type Harness, type Pair } from "./harness.contract.ts";
import type { Address } from "./host.ts";

export function describeUnix(given: () => Harness): void {
  const address = (): Address => ({ kind: "unix", path: given().unixPath });

  // Both ends on one machine: the file is the server's.
  const unixPair = async (): Promise<Pair> => {
    const listening = await listen(given(), undefined, address());
    const client = new Recorder();
    client.socket = given().server.connect({ address: address() }, client);
    await given().until(() => client.isConnected && listening.accepts.length === 1);
    return { client, server: listening.first, listening };
  };

  describe("unix sockets", () => {
    it("carry bytes and FIN both ways", async () => {
      const { client, server, listening } = await unixPair();
      expect(listening.bound).toEqual(address());
      client.open.write([textBytes("ping")]);
      client.open.end();
      await given().until(() => server.ended);
      expect(server.text).toBe("ping");
      server.open.write([textBytes("pong")]);
      server.open.end();
      await given().until(() => client.isClosed && server.isClosed);
      expect([client.text, client.error, server.error]).toEqual(["pong", undefined, undefined]);
    });

    it("say ENOENT where there is no file", async () => {
      const client = new Recorder();
      given().server.connect({ address: address() }, client);
      await given().until(() => client.isClosed);
      expect(client.error?.kind).toBe("ENOENT");
    });

    it("say EADDRINUSE for a file that is served", async () => {
      await listen(given(), undefined, address());
      const second = await listen(given(), undefined, address());
      expect(second.errors.map((error) => error.kind)).toEqual(["EADDRINUSE"]);
    });

    it("fail the first write after the peer closed", async () => {
      const { client, server } = await unixPair();
      server.open.destroy();
      await given().until(() => client.ended);
      client.open.write([textBytes("one")]);
      await given().until(() => client.isClosed);
      expect(client.error?.kind).toBe("EPIPE");
      expect(client.flushedBytes).toBe(0);
    });

    it("know no RST: reset with nothing unread is an end", async () => {
      const { client, server } = await unixPair();
      server.open.reset();
      await given().until(() => client.ended && server.isClosed);
      expect(client.error).toBeUndefined();
    });

    it("hold a writer back as TCP does", async () => {
      const { client, server } = await unixPair();
      server.open.pause();
      client.open.write([bytesOf(2_000_000)]); // above any default unix buffer
      await given().breathe();
      expect(client.open.writableLength).toBe(2_000_000);
      server.open.resume();
      await given().until(() => server.received === 2_000_000 && client.flushedBytes === 2_000_000);
    });
  });
}
