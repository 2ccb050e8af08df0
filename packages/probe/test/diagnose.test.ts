/**
 * Servers that are broken in one way each, and what a diagnosis says of them: a finding in words with its entry, never a
 * stack trace, always an end.
 */

import { foldText } from "@holdfast/catalog/fold-text";
import { createCertificate } from "@holdfast/lab";
import * as h2 from "@holdfast/lab/peer";
import type { Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { diagnose, diagnosisText, type Diagnosis, type ProbeTarget } from "../src/index.ts";
import { plainScreen } from "./plain-screen.ts";
import { scriptedServer } from "./scripted-server.ts";
import { scriptedHttp2 } from "./scripted-http2.ts";

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function looked(port: number, target: Partial<ProbeTarget> = {}): Promise<Diagnosis> {
  const diagnosis = await diagnose(
    { host: "127.0.0.1", port, security: "auto", service: "", answerMs: 250, ...target },
    { resolveTxt: () => Promise.reject(Object.assign(new Error("none"), { code: "ENODATA" })) },
  );
  const text = diagnosisText(diagnosis, plainScreen(foldText));
  if (process.env["HOLDFAST_SHOW"] !== undefined)
    process.stdout.write(`\n=== ${expect.getState().currentTestName}\n${text}`);
  // Whatever a peer says: nothing that a terminal obeys, no stack of ours.
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|\bat .*\.ts:\d+/);
  expect(diagnosis.steps.map(({ id }) => id)).toEqual(["dns", "tcp", "tls", "http2", "health", "services", "frames"]);
  expect(diagnosis.steps.flatMap(({ findings }) => findings.map(({ id }) => id))).not.toContain("step-broken");
  return diagnosis;
}

/** `tls!alpn-missing`, `health?health-not-offered`: step, how bad, what. */
function told({ steps }: Diagnosis): string[] {
  return steps.flatMap(({ id, findings }) =>
    findings.map((finding) => `${id}${finding.verdict === "failed" ? "!" : "?"}${finding.id}`),
  );
}

async function peer(
  play: (socket: Socket) => void,
  tls?: { cert: string; key: string; alpn?: string[] },
): Promise<number> {
  const server = await scriptedServer(
    play,
    tls === undefined ? undefined : { ...tls, ALPNProtocols: tls.alpn ?? ["h2"] },
  );
  open.push(server);
  return server.port;
}

const answers =
  (text: string) =>
  (socket: Socket): void =>
    void socket.once("data", () => socket.end(text));
const greets =
  (text: string) =>
  (socket: Socket): void =>
    void socket.write(text, "latin1");

describe("no HTTP/2 at all", () => {
  it("a name that does not resolve", async () => {
    const diagnosis = await looked(443, { host: "no-such-name.invalid" });
    expect(told(diagnosis)).toEqual(["dns!name-not-found"]);
    expect(diagnosis.verdict).toBe("failed");
  });

  it("a closed port", async () => {
    const port = await peer(() => undefined);
    await open.pop()?.close();
    expect(told(await looked(port))).toEqual(["tcp!port-refused"]);
  });

  it.each([
    ["HTTP/1.1", answers("HTTP/1.1 400 Bad Request\r\nserver: x\r\n\r\n"), "tls!http1-peer"],
    ["Redis", answers("-ERR unknown command 'PRI'\r\n"), "tls!other-protocol"],
    ["SSH", greets("SSH-2.0-OpenSSH_9.2\r\n"), "tls!other-protocol"],
    ["SMTP", greets("220 mail.example.org ESMTP Postfix\r\n"), "tls!other-protocol"],
    ["MySQL", greets("\x4a\0\0\0\x0a8.0.36\0rest"), "tls!other-protocol"],
    ["nothing", () => undefined, "http2!accepted-and-silent"],
    ["a FIN", (socket: Socket): void => void socket.end(), "http2!closed-before-settings"],
    [
      "an RST",
      (socket: Socket): void => void socket.once("data", () => socket.resetAndDestroy()),
      "http2!closed-before-settings",
    ],
    ["rubbish", answers("\x00\x01\x02 \x1b[2J\u202e rubbish that is long enough"), "http2!http2-violation"],
    ["half of a SETTINGS frame", greets("\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03"), "http2!settings-unfinished"],
  ] as const)("a port that answers with %s", async (_, play, finding) => {
    expect(told(await looked(await peer(play)))).toEqual([finding]);
  });

  it("tells a FIN from an RST", async () => {
    const texts: (string | undefined)[] = [];
    for (const play of [
      (socket: Socket): void => void socket.end(),
      (socket: Socket): void => void socket.once("data", () => socket.resetAndDestroy()),
    ]) {
      const { steps } = await looked(await peer(play));
      texts.push(steps[3]?.findings[0]?.text);
    }
    expect(texts).toEqual([
      "The connection was accepted and closed before the server's SETTINGS.",
      "The connection was accepted and reset before the server's SETTINGS.",
    ]);
  });

  it.each(["plain", "tls"] as const)("HTTP/1.1 is recognised when %s is asked for", async (security) => {
    const port = await peer(answers("HTTP/1.1 400 Bad Request\r\n\r\n"));
    expect(told(await looked(port, { security }))).toEqual(["tls!http1-peer"]);
  });
});

const certificate = createCertificate();
const { certPem: cert, keyPem: key } = certificate;
const ca = cert;

describe("TLS", () => {
  const well = scriptedHttp2({});
  const dayMs = 86_400_000; // 24 hours

  it("trusted, for the name, with h2", async () => {
    const port = await peer(well, { cert, key });
    const diagnosis = await looked(port, { ca, security: "tls", host: "localhost", resolve: "127.0.0.1" });
    expect(told(diagnosis)).toEqual([]);
    expect(diagnosis.verdict).toBe("well");
    expect(diagnosis.steps[2]?.facts).toContainEqual({ name: "ALPN", value: "h2" });
  });

  it("an authority that nobody knows here is a doubt; one that --ca does not know is a fault", async () => {
    const port = await peer(well, { cert, key });
    expect(told(await looked(port))).toEqual(["tls?certificate-not-trusted"]);
    expect(told(await looked(port, { ca: createCertificate().certPem }))).toEqual(["tls!certificate-not-trusted"]);
  });

  it("a certificate for another name", async () => {
    const port = await peer(well, { cert, key });
    const target = { ca, host: "shop.example", resolve: "127.0.0.1" };
    expect(told(await looked(port, target))).toEqual(["tls!certificate-wrong-name"]);
    expect(told(await looked(port, { ...target, authority: "localhost:443" }))).toEqual([]);
  });

  it("an expired certificate, one of tomorrow, one that ends soon", async () => {
    for (const [offsetDays, finding] of [
      [-60, "tls!certificate-expired"],
      [30, "tls!certificate-not-yet-valid"],
      [-25, "tls?certificate-expires-soon"],
    ] as const) {
      const { certPem, keyPem } = createCertificate(Date.now() + offsetDays * dayMs);
      const port = await peer(well, { cert: certPem, key: keyPem });
      expect(told(await looked(port, { ca: certPem }))).toEqual([finding]);
    }
  });

  it("no h2: another protocol is chosen, none, or the handshake ends over it", async () => {
    const http1 = await peer(() => undefined, { cert, key, alpn: ["http/1.1"] });
    const first = await looked(http1, { ca });
    expect(told(first)).toContain("tls!alpn-missing");
    expect(first.steps[2]?.facts.map(({ name }) => name)).toContain("certificate");
    const none = await scriptedServer(() => undefined, { cert, key });
    open.push(none);
    expect(told(await looked(none.port, { ca }))).toContain("tls!alpn-missing");
  });

  it("a server that wants a client certificate", async () => {
    const server = await scriptedServer(well, { cert, key, ca, requestCert: true, ALPNProtocols: ["h2"] });
    open.push(server);
    expect(told(await looked(server.port, { ca }))).toEqual(["tls!client-certificate-wanted"]);
    expect(told(await looked(server.port, { ca, cert, key }))).toEqual([]);
  });

  it("nothing newer than TLS 1.1", async () => {
    const old = { maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
    const server = await scriptedServer(well, { cert, key, ...old });
    open.push(server);
    expect(told(await looked(server.port, { ca }))).toEqual(["tls!tls-version-too-old"]);
  });

  it("spoken to in plain text, and the reverse", async () => {
    const overTls = await looked(await peer(well, { cert, key }), { security: "plain" });
    expect(told(overTls)).toEqual(["tls!tls-where-plain-was-asked", "tls?certificate-not-trusted"]);
    expect(overTls.steps[4]?.headline).toBe("the server is SERVING");
    const inPlain = await looked(await peer(well), { security: "tls" });
    expect(told(inPlain)).toEqual(["tls!plain-where-tls-was-asked"]);
    expect(inPlain.steps[4]?.headline).toBe("the server is SERVING");
  });
});

describe("HTTP/2", () => {
  it("well, in plain text", async () => {
    const diagnosis = await looked(await peer(scriptedHttp2({})));
    expect(told(diagnosis)).toEqual([]);
    expect(diagnosis.steps.map(({ headline }) => headline).slice(4, 6)).toEqual([
      "the server is SERVING",
      "not offered: the server has no reflection, which is its right",
    ]);
    expect(diagnosis.steps[6]?.trace?.[0]).toMatchObject({
      from: "client",
      text: expect.stringContaining("ENABLE_PUSH 0") as string,
    });
  });

  it.each([
    ["no PING is answered", { pong: false }, ["http2!ping-unanswered"]],
    ["no stream is allowed", { maxStreams: 0 }, ["http2!no-streams-allowed", "health!no-stream", "services!no-stream"]],
    [
      "GOAWAY comes at once",
      { greetWith: [h2.goawayFrame(0, 0, "bye")] },
      ["http2!goaway-at-once", "health!stream-not-processed", "services!stream-not-processed"],
    ],
    ["too many PINGs", { goawayOnPing: [11, "too_many_pings"] as const }, ["frames!too-many-pings"]],
  ])("%s", async (_, script, findings) => {
    expect(told(await looked(await peer(scriptedHttp2(script))))).toEqual(findings);
  });
});

describe("health", () => {
  const text = { ":status": "200", "content-type": "application/grpc" };
  const ok = { "grpc-status": "0" };
  const message = (...bytes: number[]): Buffer => Buffer.from([0, 0, 0, 0, bytes.length, ...bytes]);

  it.each([
    ["NOT_SERVING", [text, message(8, 2), ok], ["health!not-serving"]],
    ["a status that nobody knows", [text, message(8, 9), ok], ["health?health-unknown"]],
    ["UNIMPLEMENTED", [{ ...text, "grpc-status": "12" }], ["health?health-not-offered"]],
    ["NOT_FOUND", [{ ...text, "grpc-status": "5" }], ["health?service-not-known"]],
    [
      "UNAUTHENTICATED",
      [{ ...text, "grpc-status": "16", "grpc-message": "no%20token" }],
      ["health!status-from-server"],
    ],
    ["rubbish in a message", [text, message(255, 255, 255), ok], ["health!answer-unreadable"]],
    ["rubbish in place of a message", [text, Buffer.from("<html>"), ok], ["health!answer-unreadable"]],
    ["OK without a message", [text, ok], ["health!answer-unreadable"]],
    ["a cut message", [text, message(8, 1).subarray(0, 6), ok], ["health!answer-unreadable"]],
    ["no trailers", [text, message(8, 1), "end"], ["health!no-status"]],
    [
      "HTTP 502",
      [{ ":status": "502", "content-type": "text/html" }, Buffer.from("<html>Bad Gateway</html>"), "end"],
      ["health!http-error"],
    ],
    [
      "a page",
      [{ ":status": "200", "content-type": "text/html" }, Buffer.from("<html>Log in</html>"), "end"],
      ["health!not-grpc"],
    ],
    ["RST_STREAM CANCEL", ["reset 8"], ["health!stream-reset"]],
    ["RST_STREAM REFUSED_STREAM", ["reset 7"], ["health!stream-refused"]],
    ["silence", [], ["health!answer-timed-out"]],
    ["headers and silence", [text], ["health!answer-timed-out"]],
    ["a FIN", ["fin"], ["health!closed-in-call"]],
    ["an RST", ["rst"], ["health!reset-in-call"]],
    ["half a frame and a FIN", [text, "half", "fin"], ["health!closed-in-call"]],
    ["GOAWAY and a FIN", ["goaway", "fin"], ["health!closed-after-goaway-in-call"]],
    ["a frame that HTTP/2 forbids", ["forbidden"], ["health!http2-violation"]],
  ] as const)("answered with %s", async (_, health, findings) => {
    const diagnosis = await looked(await peer(scriptedHttp2({ health })));
    expect(told(diagnosis).filter((finding) => finding.startsWith("health"))).toEqual(findings);
  });
});
