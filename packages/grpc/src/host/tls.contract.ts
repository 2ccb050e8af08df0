/** Stories of TLS, for every host: what is agreed on, and how it fails. */

import { describe, expect, it } from "vitest";
import { Recorder, listen, textBytes, type Harness, type RecordedListener } from "./harness.contract.ts";
import type { ClientTls, ServerTls } from "./host.ts";

export function describeTls(given: () => Harness): void {
  const serve = (changes: Partial<ServerTls> = {}): Promise<RecordedListener> => {
    return listen(given(), { ...given().tls.server, alpn: ["h2"], ...changes });
  };
  const dial = (listening: RecordedListener, changes: Partial<ClientTls> = {}): Recorder => {
    const { ca, serverName } = given().tls;
    const client = new Recorder();
    const tls: ClientTls = { serverName, ca, alpn: ["h2"], ...changes };
    client.socket = given().client.connect({ address: listening.bound, tls }, client);
    return client;
  };

  describe("tls", () => {
    it("agrees on a protocol and shows the server's certificate to the client", async () => {
      const listening = await serve({ alpn: ["h3", "h2"] });
      const client = dial(listening, { alpn: ["http/1.1", "h2"] });
      await given().until(() => client.isConnected && listening.accepts.length === 1);
      expect(client.session?.alpn).toBe("h2");
      expect(client.session?.version).toBe("TLSv1.3");
      expect(client.session?.peer?.subject).toBe("CN=localhost");
      expect(client.session?.peer?.subjectAltName).toContain("DNS:localhost");
      expect(client.session?.peer?.fingerprint256.length).toBeGreaterThan(31);
      expect(listening.first.session?.alpn).toBe("h2");
      expect(listening.first.session?.peer).toBeUndefined();
    });

    it("agrees on no protocol when none is offered", async () => {
      const listening = await serve();
      const client = dial(listening, { alpn: [] });
      await given().until(() => client.isConnected && listening.accepts.length === 1);
      expect(client.session?.alpn).toBeUndefined();
      expect(listening.first.session?.alpn).toBeUndefined();
    });

    it("checks an IP address against the certificate as well", async () => {
      const listening = await serve();
      const client = dial(listening, { serverName: "127.0.0.1" });
      await given().until(() => client.isConnected);
    });

    it("carries what was written early, FIN both ways, and counts flushed bytes as the application wrote them", async () => {
      const listening = await serve();
      const client = dial(listening);
      client.open.write([textBytes("early "), textBytes("words")]);
      client.open.end();
      await given().until(() => listening.accepts[0]?.ended === true);
      expect(listening.first.text).toBe("early words");
      listening.first.open.write([textBytes("answer")]);
      listening.first.open.end();
      await given().until(() => client.isClosed && listening.first.isClosed);
      expect([client.text, client.flushedBytes, client.error]).toEqual(["answer", 11, undefined]);
    });

    it("hears of the reset of the connection below", async () => {
      const listening = await serve();
      const client = dial(listening);
      await given().until(() => client.isConnected && listening.accepts.length === 1);
      listening.first.open.reset();
      // An end, if a session ticket was read in the same moment: see the story of the paused reader.
      await given().until(() => (client.isClosed || client.ended) && listening.first.isClosed);
      if (client.isClosed) expect(client.error?.kind).toBe("ECONNRESET");
      expect(listening.first.error).toBeUndefined();
    });

    it("fails when no protocol is common, and says so on both sides", async () => {
      const listening = await serve();
      const client = dial(listening, { alpn: ["spdy/1"] });
      await given().until(() => client.isClosed && listening.errors.length === 1);
      expect(client.order).toEqual(["closed"]);
      expect(client.error?.kind).toBe("TLS");
      expect(client.error?.message).toContain("ALPN");
      expect(listening.errors[0]?.kind).toBe("TLS");
    });

    it("fails on a certificate for another name, and says which", async () => {
      const listening = await serve(given().tls.wrongName);
      const client = dial(listening);
      await given().until(() => client.isClosed);
      expect(client.isConnected).toBe(false);
      expect(client.error?.kind).toBe("TLS");
      expect(client.error?.message).toContain("elsewhere.test");
    });

    it("fails on an authority that is not trusted, unless told not to care", async () => {
      const listening = await serve();
      const client = dial(listening, { ca: given().tls.otherCa });
      await given().until(() => client.isClosed);
      expect(client.isConnected).toBe(false);
      expect(client.error?.kind).toBe("TLS");
      const careless = dial(listening, { ca: given().tls.otherCa, insecure: true });
      await given().until(() => careless.isConnected);
    });

    it("tells a TLS server that its peer speaks plain text", async () => {
      const listening = await serve();
      const client = new Recorder();
      const socket = given().client.connect({ address: listening.bound }, client);
      socket.write([textBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]);
      await given().until(() => listening.errors.length === 1 && (client.isClosed || client.ended));
      expect(listening.errors[0]?.kind).toBe("TLS");
      expect(listening.errors[0]?.message).toContain("plain text");
      expect(listening.accepts).toHaveLength(0);
    });

    it("tells a TLS client that the server speaks plain text", async () => {
      const listening = await listen(given());
      listening.onAccepted = (accepted) => accepted.open.write([textBytes("HTTP/1.1 400 Bad Request\r\n\r\n")]);
      const client = dial(listening);
      await given().until(() => client.isClosed);
      expect(client.error?.kind).toBe("TLS");
      expect(client.error?.message).toContain("plain text");
    });

    it("says ECONNRESET when the peer hangs up during the handshake, and ECONNREFUSED as without TLS", async () => {
      const listening = await listen(given());
      listening.onAccepted = (accepted) => accepted.open.end();
      const client = dial(listening);
      await given().until(() => client.isClosed);
      expect(client.error?.kind).toBe("ECONNRESET");
      listening.listener?.close();
      await given().until(() => listening.isClosed);
      const refused = dial(listening);
      await given().until(() => refused.isClosed);
      expect(refused.error?.kind).toBe("ECONNREFUSED");
    });

    it("drops a client that connects and hangs up without a word, as health checks do", async () => {
      const listening = await serve();
      const client = new Recorder();
      client.socket = given().client.connect({ address: listening.bound }, client);
      await given().until(() => client.isConnected);
      client.socket.end();
      await given().until(() => client.isClosed && listening.errors.length === 1);
      expect(listening.errors[0]?.kind).toBe("ECONNRESET");
      expect(listening.accepts).toHaveLength(0);
    });

    it("ends a handshake that is not over in time, and no other", async () => {
      const tls = { ...given().tls.server, alpn: ["h2"] };
      const listening = await listen(given(), tls, undefined, { handshakeMs: 1_000 });
      const quick = dial(listening);
      await given().until(() => quick.isConnected && listening.accepts.length === 1);
      const slow = new Recorder();
      slow.socket = given().client.connect({ address: listening.bound }, slow);
      await given().until(() => slow.isConnected);
      // A record of 1,024 octets has begun, and goes on by an octet.
      slow.socket.write([new Uint8Array([0x16, 3, 1, 4, 0, 1])]);
      await given().until(() => slow.isClosed || slow.ended);
      expect(listening.errors.map(({ kind }) => kind)).toEqual(["TLS"]);
      expect([quick.isClosed, listening.accepts.length]).toEqual([false, 1]);
    });

    it("shows a client's certificate to the server", async () => {
      const { ca, client: own } = given().tls;
      const listening = await serve({ ca, requireClientCert: true });
      const client = dial(listening, own);
      await given().until(() => client.isConnected && listening.accepts.length === 1);
      expect(listening.first.session?.peer?.subject).toBe("CN=test-client");
    });

    it("turns a client away that shows none where one is required", async () => {
      const listening = await serve({ ca: given().tls.ca, requireClientCert: true });
      const client = dial(listening);
      // In TLS 1.3 the client is done first; it learns of the refusal as of any hang-up.
      await given().until(() => client.ended || client.isClosed);
      await given().until(() => listening.errors.length === 1);
      expect(listening.accepts).toHaveLength(0);
      expect(listening.errors[0]?.kind).toBe("TLS");
      expect(client.received).toBe(0);
    });

    it("ends a handshake that the client gives up, without an error", async () => {
      const listening = await listen(given());
      const client = dial(listening);
      await given().until(() => listening.accepts.length === 1);
      client.open.destroy();
      await given().until(() => client.isClosed);
      expect(client.order).toEqual(["closed"]);
      expect(client.error).toBeUndefined();
    });
  });
}
