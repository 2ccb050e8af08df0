/**
 * A tap between two ends that do anything with their sockets, on a simulated network: neither may notice it. And what it
 * tells of that.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Host, Socket, SocketEvents } from "@holdfast/grpc/host";
import { createWorld, type SimHost, type World } from "@holdfast/grpc/sim";
import { frame, goaway, headers, preface, settings } from "../../test/frames.ts";
import { createTap, type Tap } from "./tap.ts";
import type { TapEvent } from "./tap-event.ts";
import { tapLines } from "./tap-line.ts";

/** One end: what it heard, in order, and its socket. */
class End implements SocketEvents {
  socket: Socket | undefined = undefined;
  readonly heard: string[] = [];
  readonly #pieces: Buffer[] = [];
  data(bytes: Uint8Array): void {
    this.#pieces.push(Buffer.from(bytes));
  }
  /** In latin1. */
  get text(): string {
    return Buffer.concat(this.#pieces).toString("latin1");
  }
  connected(): void {}
  flushed(): void {}
  end(): void {
    this.heard.push("fin");
  }
  closed(error: { kind: string } | undefined): void {
    this.heard.push(error?.kind ?? "closed");
  }
  get open(): Socket {
    if (this.socket === undefined) throw new Error("there is no socket yet");
    return this.socket;
  }
}

interface Scene {
  readonly world: World;
  readonly client: End;
  readonly server: End;
  readonly events: TapEvent[];
  readonly tap: Tap | undefined;
  readonly hosts: { readonly client: SimHost; readonly tap: SimHost; readonly server: SimHost };
  pass(ms?: number): Promise<void>;
  lines(): string[];
}

const port = 50_051;

/** Client and server joined: through a tap, or without one. */
async function joined(tapped: boolean, options: { readonly maxConnections?: number } = {}): Promise<Scene> {
  const world = createWorld({ seed: 7 });
  const hosts = { client: world.host("client"), tap: world.host("tap"), server: world.host("server") };
  const [client, server] = [new End(), new End()];
  listenWith(hosts.server, server);
  const events: TapEvent[] = [];
  const tap = tapped
    ? createTap(
        hosts.tap,
        {
          listen: { kind: "tcp", host: hosts.tap.address, port },
          to: { host: hosts.server.address, port },
          ...options,
        },
        { onEvent: (event) => events.push(event), onClosed: () => {} },
      )
    : undefined;
  const pass = (ms = 100): Promise<void> => world.run(world.nowMs + ms);
  await pass();
  client.socket = dial(hosts.client, tapped ? hosts.tap.address : hosts.server.address, client);
  await pass();
  const lines = (): string[] => {
    return events.flatMap((event) => {
      const { mark, text, more } = tapLines(event);
      return [`${mark.slice(13)}${text}`, ...more.map((line) => `  ${line}`)];
    });
  };
  return { world, client, server, events, tap, hosts, pass, lines };
}

function listenWith(host: Host, end: End): void {
  host.listen(
    { address: { kind: "tcp", host: (host as SimHost).address, port } },
    {
      listening: () => {},
      accepted: (socket) => {
        end.socket = socket;
        return end;
      },
      failed: () => {},
      closed: () => {},
    },
  );
}

function dial(host: Host, address: string, events: SocketEvents): Socket {
  return host.connect({ address: { kind: "tcp", host: address, port } }, events);
}

type Deed =
  | { readonly by: "client" | "server"; readonly kind: "write"; readonly bytes: Uint8Array }
  | { readonly by: "client" | "server"; readonly kind: "end" | "reset" | "pause" | "resume" };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      by: fc.constantFrom("client" as const, "server" as const),
      kind: fc.constant("write" as const),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 60 }),
    }),
  },
  fc.record({
    by: fc.constantFrom("client" as const, "server" as const),
    kind: fc.constantFrom("end" as const, "pause" as const, "resume" as const),
  }),
);

async function played(tapped: boolean, deeds: readonly Deed[], last: Deed | undefined) {
  const scene = await joined(tapped);
  const ended = { client: false, server: false };
  for (const each of last === undefined ? deeds : [...deeds, last]) {
    const { socket } = scene[each.by];
    // A write behind one's own FIN is no business of the network.
    if (each.kind === "write" && ended[each.by]) continue;
    ended[each.by] ||= each.kind === "end";
    if (each.kind === "write") socket?.write([each.bytes]);
    else socket?.[each.kind]();
    await scene.pass();
  }
  for (const end of [scene.client, scene.server]) end.socket?.resume();
  await scene.pass(5_000);
  const { client, server } = scene;
  return { client: [client.text, client.heard], server: [server.text, server.heard] };
}

describe("a tap", () => {
  it("is not noticed, whatever both ends do", async () => {
    const end = fc.constantFrom<(Deed | undefined)[]>(
      undefined,
      { by: "client", kind: "reset" },
      { by: "server", kind: "reset" },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 12 }), end, async (deeds, last) => {
        expect(await played(true, deeds, last)).toEqual(await played(false, deeds, last));
      }),
      { numRuns: 150 },
    );
  });

  it("stops the one that sends when the other does not read, and holds little", async () => {
    const { client, server, hosts, pass, events } = await joined(true);
    server.open.pause();
    const sent = Buffer.alloc(3_000_000, "0123456789abc");
    client.open.write([sent]);
    await pass(20_000);
    // Two kernels' buffers and the tap's own are full; the rest waits at the client.
    expect(client.open.writableLength).toBeGreaterThan(1_000_000);
    expect(hosts.tap.open().length).toBeGreaterThan(0);
    server.open.resume();
    await pass(60_000);
    expect(client.open.writableLength).toBe(0);
    expect(server.text === sent.toString("latin1")).toBe(true);
    expect(events.some(({ kind }) => kind === "note")).toBe(true);
  });

  it("tells frames of both sides and who ended it, in order", async () => {
    const { client, server, pass, lines } = await joined(true);
    client.open.write([preface, settings()]);
    server.open.write([settings([3, 100])]);
    await pass();
    client.open.write([headers(1, [":method", "POST", ":path", "/a.B/C", "authorization", "Bearer abcdefgh"])]);
    await pass(10_000);
    server.open.write([goaway(1, 0, "max_age")]);
    await pass(20_000);
    server.open.end();
    await pass();
    client.open.end();
    await pass();
    expect(lines()).toEqual([
      "       listening on 10.0.0.2:50051, to 10.0.0.3:50051",
      "   1 = opened by 10.0.0.1:32768, joined with 10.0.0.3:50051",
      "   1 > SETTINGS nothing set",
      "   1 < SETTINGS MAX_CONCURRENT_STREAMS 100",
      "   1 > HEADERS stream 1, 59 octets, END_HEADERS; :method: POST, :path: /a.B/C, authorization: [masked, 15 octets]",
      '   1 < GOAWAY NO_ERROR, last stream 1, "max_age"',
      '   1 = ended by the server, which said so: the server said GOAWAY(NO_ERROR "max_age") last=1; 20.0 s later the server sent FIN; 100 ms later ' +
        "the client sent FIN; open 30.3 s, 1 stream open",
      "  from the client 2 frames, 101 octets, from the server 2 frames, 39 octets, 1 streams in all",
      "  streams open then: 1",
      "  likely: a grace period of 20 s that is shorter than the calls, because the connection ended 20.0 s after GOAWAY with calls still running",
      "  last frames: > SETTINGS, 0 octets, 10.1 s earlier",
      "               < SETTINGS, 6 octets, 10.1 s earlier",
      "               > HEADERS stream 1, 59 octets, 10.0 s earlier",
      "               < GOAWAY, 15 octets",
    ]);
  });

  it("takes no answer to a FIN for the reason of the end", async () => {
    const { client, server, pass, lines } = await joined(true);
    client.open.write([preface, settings()]);
    client.open.end();
    await pass();
    server.open.write([settings(), goaway(0, 1, "too late")]);
    server.open.end();
    await pass();
    expect(lines().join("\n")).toMatch(/1 = ended by the client: the client sent FIN; .* the server said GOAWAY/);
  });

  it("relays what is not HTTP/2, and says so", async () => {
    const { client, server, pass, lines } = await joined(true);
    client.open.write([Buffer.from("GET / HTTP/1.1\r\nhost: a\r\n\r\n")]);
    await pass();
    server.open.write([Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")]);
    server.open.end();
    await pass();
    expect(server.text).toContain("GET /");
    expect(client.text).toContain("400");
    client.open.end();
    await pass();
    expect(lines().slice(2)).toEqual([
      "   1 = the client sent an HTTP/1.1 request, expected HTTP/2; relayed as it is, and no more of it is decoded",
      "   1 = the server speaks HTTP/1.1, expected HTTP/2; relayed as it is, and no more of it is decoded",
      expect.stringContaining(
        "ended without a word in HTTP/2: the server sent FIN; 100 ms later the client sent FIN; open",
      ),
      expect.stringContaining("no frame of HTTP/2"),
      expect.stringContaining("possible: a listener that expects TLS or another protocol"),
    ]);
  });

  it("says RST, and what was cut off by it", async () => {
    const { client, server, pass, lines } = await joined(true);
    client.open.write([preface, settings(), frame({ type: 0, streamId: 1, length: 100, payload: new Uint8Array(10) })]);
    server.open.write([settings()]);
    await pass();
    server.open.reset();
    await pass();
    expect(client.heard).toEqual(["ECONNRESET"]);
    expect(lines().join("\n")).toMatch(/ended without a word in HTTP\/2: the server sent RST; open/);
    expect(lines()).toContain("  cut off in the middle of a frame of type 0 (10 of 100 octets came) from the client");
  });

  it("says that the server cannot be reached, and resets the client", async () => {
    const world = createWorld({ seed: 3 });
    const [near, tap, far] = [world.host("client"), world.host("tap"), world.host("server")];
    const events: TapEvent[] = [];
    const listen = { kind: "tcp", host: tap.address, port } as const;
    createTap(
      tap,
      { listen, to: { host: far.address, port } },
      { onEvent: (event) => events.push(event), onClosed: () => {} },
    );
    await world.run(10);
    const client = new End();
    client.socket = dial(near, tap.address, client);
    await world.run(1_000);
    expect(client.heard).toEqual(["ECONNRESET"]);
    const ended = events.find((event) => event.kind === "ended");
    expect(ended && tapLines(ended).text).toContain("the server could not be reached: connect ECONNREFUSED");
    expect(Object.keys(world.open())).toEqual(["tap"]);
  });

  it("takes no more connections than it may, and ends all when it is stopped", async () => {
    const { client, hosts, pass, events, tap, lines, world } = await joined(true, { maxConnections: 1 });
    const second = new End();
    second.socket = dial(hosts.client, hosts.tap.address, second);
    await pass();
    expect(second.heard.length).toBeGreaterThan(0);
    expect(lines().some((line) => line.includes("turned away 10.0.0.1:32769: 1 connections are open"))).toBe(true);
    tap?.stop();
    await pass();
    expect(client.heard).toEqual(["ECONNRESET"]);
    expect(events.at(-1)).toMatchObject({ kind: "ended", ending: { endedBy: "local" } });
    expect(world.open()["tap"]).toBeUndefined();
  });
});
