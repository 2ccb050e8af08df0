/** Each fault of a handshake, by the error of Node's own TLS client. */

import { once } from "node:events";
import { connect } from "node:tls";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../peer/certificate.ts";
import { Peer } from "../peer/peer.ts";
import { wellBehaved } from "../peer/peer-script.ts";
import { Relay } from "../relay/relay.ts";
import type { Fault } from "./fault.ts";
import { faults } from "./faults.ts";

/** The error's code; `false` or the protocol where the handshake worked; `silence` where nothing came within 200 ms. */
async function handshake(fault: Fault): Promise<string | false | null> {
  const peer = new Peer({ scriptOf: () => wellBehaved });
  await using _peer = peer;
  await peer.start();
  const certificate = createAuthority();
  await using relay = new Relay({ to: { host: "127.0.0.1", port: peer.port }, certificate, faults: [fault] });
  await relay.start();
  const socket = connect({ port: relay.port, host: "127.0.0.1", ca: certificate.certPem, ALPNProtocols: ["h2"] });
  const error = once(socket, "error").then(([each]) => (each as NodeJS.ErrnoException).code ?? "");
  const secure = once(socket, "secureConnect").then(() => socket.alpnProtocol);
  const silence = new Promise<string>((resolve) => setTimeout(() => resolve("silence"), 200));
  try {
    return await Promise.race([error, secure.catch(() => error), silence]);
  } finally {
    socket.destroy();
    error.catch(() => {});
  }
}

describe("a handshake", () => {
  it.each([
    ["expired", faults.expired(), "CERT_HAS_EXPIRED"],
    ["wrong-name", faults.wrongName(), "ERR_TLS_CERT_ALTNAME_INVALID"],
    ["no-alpn", faults.noAlpn(), false],
    ["handshake-hangs", faults.handshakeHangs(), "silence"],
    ["probability", faults.expired({ probability: 0 }), "h2"],
    ["connections", faults.goaway(), "h2"],
  ] as const)("%s", async (_, fault, expected) => {
    expect(await handshake(fault)).toBe(expected);
  });

  it("plaintext", async () => {
    expect(await handshake(faults.plaintext())).toMatch(/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|ECONNRESET/);
  });
});
