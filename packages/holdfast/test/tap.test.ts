/** `holdfast tap` between a client and a server of ours, over real sockets: text, JSON, filters, TLS, a capture file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createChannel, createServer } from "@holdfast/grpc";
import { createTapCertificate } from "@holdfast/probe/tap-certificate";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "../src/command.ts";

let printed = "";
let complained = "";
let folder = "";
const closing: { close(): Promise<void> }[] = [];

beforeEach(() => {
  printed = complained = "";
  folder = mkdtempSync(join(tmpdir(), "holdfast-tap-"));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((complained += String(text)), true));
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of closing.splice(0)) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(tls?: { cert: string; key: string }): Promise<string> {
  const server = createServer().addMethod("/shop.Shop/Read", "unary", (message) => message);
  closing.push(server);
  const { address } = await server.listen("127.0.0.1:0", tls === undefined ? {} : { tls });
  return address;
}

/** Runs a tap until `use` is done; `use` gets its address. Resolves with the exit status. */
async function tapped(to: string, words: string, use: (address: string) => Promise<unknown>): Promise<number> {
  const status = runCommand(["tap", "--listen", "127.0.0.1:0", "--to", to, ...words.split(" ").filter(Boolean)]);
  await vi.waitFor(() => expect(printed).toMatch(/listening|"address"/), { timeout: 10_000 });
  try {
    await use(/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "");
  } finally {
    process.emit("SIGHUP");
  }
  return status;
}

const message = Uint8Array.of(1, 2, 3);

async function readOnce(address: string, options: Parameters<typeof createChannel>[1] = {}): Promise<void> {
  const channel = createChannel(address, options);
  const metadata = { authorization: "Bearer abcdefghijkl" };
  expect([...(await channel.unary("/shop.Shop/Read", message, { metadata }))]).toEqual([...message]);
  await channel.close();
  await vi.waitFor(() => expect(printed).toContain("ended"), { timeout: 10_000 });
}

describe("holdfast tap", () => {
  it("shows frames and the ending, and masks what is secret", async () => {
    expect(await tapped(await serve(), "", readOnce)).toBe(0);
    expect(printed).toMatch(/\d\d:\d\d:\d\d\.\d{3} +1 = opened by 127\.0\.0\.1:\d+, joined with 127\.0\.0\.1:\d+\n/);
    expect(printed).toMatch(
      / 1 > HEADERS stream 1, \d+ octets, END_HEADERS; :method: POST, .*authorization: \[masked, 19 octets\]\n/,
    );
    expect(printed).toMatch(/ 1 < HEADERS stream 1, \d+ octets, END_STREAM, END_HEADERS; grpc-status: 0\n/);
    expect(printed).toMatch(/ 1 = ended by the client: the client said GOAWAY\(NO_ERROR.*the client sent FIN; /);
    expect(printed).not.toContain("abcdefghijkl");
  });

  it("prints an object a line, only of what was asked for", async () => {
    const words = "--json --type headers,GOAWAY --path /shop.Shop/ --connection 1,2";
    expect(await tapped(await serve(), words, readOnce)).toBe(0);
    const events = printed
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ kind }) => kind)).toEqual(["listening", "opened", "frame", "frame", "frame", "ended"]);
    expect(events[2]).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      connection: 1,
      path: "/shop.Shop/Read",
      frame: { kind: "headers", from: "client", streamId: 1, flagNames: ["END_HEADERS"] },
    });
    expect(events.at(-1)).toMatchObject({ ending: { endedBy: "client", streamsEver: 1, client: { frames: 6 } } });
  });

  it("shows nothing but endings, if that is wanted", async () => {
    await tapped(await serve(), "--only-ends", readOnce);
    expect(printed.split("\n").filter((line) => / [><] /.test(line.slice(0, 22)))).toEqual([]);
    expect(printed).toContain("1 = ended by the client: ");
    expect(printed).not.toContain("opened");
  });

  it("speaks TLS with both sides, under a certificate of its own", async () => {
    const { caPem, certPem, keyPem } = await createTapCertificate(["shop.test", "127.0.0.1"], Date.now());
    const to = await serve({ cert: certPem, key: keyPem });
    const [saved, ours] = [join(folder, "tap-ca.pem"), join(folder, "ca.pem")];
    writeFileSync(ours, caPem);
    const words = `--tls --save-ca ${saved} --ca ${ours} --server-name shop.test`;
    expect(await tapped(to, words, (address) => readOnce(address, { tls: { ca: readFileSync(saved, "utf8") } }))).toBe(
      0,
    );
    expect(printed).toMatch(/opened by \S+ \(TLSv1\.3, h2 by ALPN\), joined with \S+ \(TLSv1\.3, h2 by ALPN\)/);
    expect(printed).toContain("HEADERS stream 1");
    expect(complained).toBe("");
  });

  it("says whom the server's certificate does not convince, and prints its authority when nobody saves it", async () => {
    const { certPem, keyPem } = await createTapCertificate(["shop.test"], Date.now());
    const to = await serve({ cert: certPem, key: keyPem });
    await tapped(to, "--tls", async (address) => {
      const channel = createChannel(address, { tls: { ca: /-----BEGIN[^]*-----/.exec(complained)?.[0] ?? "" } });
      await expect(channel.unary("/shop.Shop/Read", message)).rejects.toThrow();
      await channel.close();
    });
    expect(printed).toMatch(/: the server could not be reached: .*(self-signed|unable to verify|issuer)/);
  });

  it("writes a capture of the plain text", async () => {
    const file = join(folder, "all.pcap");
    expect(await tapped(await serve(), `--capture ${file} --only-ends`, readOnce)).toBe(0);
    const bytes = readFileSync(file);
    expect(bytes.readUInt32LE(0)).toBe(0xa1b2c3d4);
    expect(bytes.includes("PRI * HTTP/2.0")).toBe(true);
  });

  it("stops by itself in time", async () => {
    expect(await runCommand(["tap", "--listen", "127.0.0.1:0", "--to", "127.0.0.1:9", "--for", "20ms"])).toBe(0);
  });
});
