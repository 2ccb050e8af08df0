/**
 * Every abuse that `npm run abuse` measures, by the same name, against a server with its defaults: what the attacker is
 * told, after how long, and that an honest client on another connection is answered all the while.
 */

import { expect, it } from "vitest";
import type { Socket } from "../../src/host/host.ts";
import { errorCode } from "../../src/http2/error-code.ts";
import type { Server } from "../../src/server/index.ts";
import { FrameReader, FrameText } from "../http2/frame-reader.ts";
import * as frames from "../http2/frames.ts";
import { bytes, port, serverWorld, type ServerWorld } from "./server-world.ts";

const request = [":method", "POST", ":scheme", "http", ":path", "/p.S/Echo", ":authority", "shop"];
const grpc = [...request, "content-type", "application/grpc", "te", "trailers"];
const large = grpc.with(5, "/p.S/Large");
const hold = grpc.with(5, "/p.S/Hold");
const emptyMessage = new Uint8Array(5);
const tlsPort = port + 1;
const hourMs = 3_600_000; // 60 × 60 s
/** The default. */
const messageMs = 10_000;

function handlers(server: Server): void {
  server.addMethod("/p.S/Echo", "unary", (message) => message);
  server.addMethod("/p.S/Large", "unary", () => new Uint8Array(65_536));
  server.addMethod("/p.S/Hold", "unary", () => new Promise<Uint8Array>(() => {}));
}

/** Raw octets on a connection of its own; what the server says is kept as lines. */
class Attacker {
  readonly lines: string[] = [];
  closedAtMs: number | undefined;
  isConnected = false;
  readonly #socket: Socket;
  readonly #host;

  constructor(given: ServerWorld, name: string, to = port) {
    const reader = new FrameReader("server");
    const text = new FrameText();
    this.#host = given.world.host(name);
    const gone = (): void => void (this.closedAtMs ??= this.#host.nowMs());
    this.#socket = this.#host.connect(
      { address: { kind: "tcp", host: given.serverHost.address, port: to } },
      {
        connected: () => (this.isConnected = true),
        data: (octets) => this.lines.push(...reader.read(octets).map((frame) => text.of(frame))),
        end: gone,
        flushed: () => {},
        closed: gone,
      },
    );
  }

  write(...parts: readonly Uint8Array[]): void {
    if (this.closedAtMs === undefined) this.#socket.write(parts);
  }

  greet(...settings: readonly [id: number, value: number][]): void {
    this.write(frames.clientPreface, frames.settings(...settings), frames.settingsAck());
  }

  /** Does something now, and again and again until the connection is closed. */
  every(ms: number, step: (n: number) => void, n = 0): void {
    if (this.closedAtMs !== undefined) return;
    step(n);
    this.#host.timer(ms, () => this.every(ms, step, n + 1));
  }

  /** The last GOAWAY or RST_STREAM. */
  get told(): string | undefined {
    return this.lines.findLast((line) => /^(GOAWAY|RST_STREAM)/.test(line));
  }
}

interface Abuse {
  readonly name: string;
  /** On a greeted connection, unless `greets` is false. */
  readonly run: (attacker: Attacker) => void;
  readonly greets?: false;
  readonly settings?: readonly [id: number, value: number][];
  readonly told: RegExp | undefined;
  /** From the connection's beginning; absent: at once, which is a second of the world at most. */
  readonly afterMs?: number;
}

const ids = (count: number): number[] => Array.from({ length: count }, (_, n) => 2 * n + 1);
const calm = (limit: string): RegExp => new RegExp(`^GOAWAY \\d+ ENHANCE_YOUR_CALM ${limit}: `);
/** The ping policy ends it long before `limit-ping` would. */
const tooManyPings = /^GOAWAY \d+ ENHANCE_YOUR_CALM too_many_pings$/;
const times = (count: number, frame: Uint8Array): Uint8Array[] => Array.from({ length: count }, () => frame);
const call = (id: number, list: readonly string[]): Uint8Array[] => [
  frames.headers(id, list),
  frames.data(id, emptyMessage, { endStream: true }),
];

/** 400 answers of 64 KiB: 25 MiB, of which 16 may wait. */
function askForMuch(attacker: Attacker): void {
  attacker.write(...ids(400).flatMap((id) => call(id, large)));
}

const floods: readonly Abuse[] = [
  {
    name: "rapid-reset",
    run: (attacker) =>
      attacker.write(...ids(2_049).flatMap((id) => [frames.headers(id, grpc), frames.rstStream(id, errorCode.CANCEL)])),
    told: calm("limit-rapid-reset"),
  },
  {
    name: "made-you-reset",
    run: (attacker) => attacker.write(...ids(201).flatMap((id) => [...call(id, grpc), frames.windowUpdate(id, 0)])),
    told: calm("limit-provoked-reset"),
  },
  {
    name: "continuation-flood",
    run: (attacker) =>
      attacker.write(
        frames.headers(1, grpc, { endHeaders: false }),
        ...times(65, frames.continuation(1, frames.literals(["x", "y"]), false)),
      ),
    told: calm("limit-continuation"),
  },
  {
    name: "hpack-bomb",
    run: (attacker) => {
      const inserted = frames.octets(0x40, 1, "x", 127, 161, 30, "0".repeat(4_000));
      attacker.write(frames.headers(1, frames.octets(frames.literals(grpc), inserted), { endStream: true }));
      const bomb = frames.octets(frames.literals(grpc), new Uint8Array(1_000).fill(0xbe));
      attacker.write(...ids(202).map((id) => frames.headers(id + 2, bomb, { endStream: true })));
    },
    told: calm("limit-provoked-reset"),
  },
  {
    name: "header-list-flood",
    run: (attacker) => {
      const block = frames.literals([...grpc, ...times(2_000, new Uint8Array()).flatMap(() => ["x", "y"])]);
      attacker.write(...ids(201).map((id) => frames.headers(id, block, { endStream: true })));
    },
    told: calm("limit-provoked-reset"),
  },
  {
    name: "settings-flood",
    run: (attacker) => attacker.write(...times(101, frames.settings([0x4, 65_535]))),
    told: calm("limit-settings"),
  },
  {
    name: "ping-flood",
    run: (attacker) => attacker.write(...times(1_001, frames.ping())),
    told: tooManyPings,
  },
  {
    name: "unread-answers",
    run: (attacker) => attacker.write(...times(3_000, frames.ping())),
    told: tooManyPings,
  },
  {
    name: "empty-data-flood",
    run: (attacker) => attacker.write(frames.headers(1, grpc), ...times(1_001, frames.data(1, ""))),
    told: calm("limit-empty-frames"),
  },
  {
    name: "window-update-flood",
    run: (attacker) => attacker.write(...times(150, frames.octets(...times(1_000, frames.windowUpdate(0, 1))))),
    told: calm("limit-window-update"),
  },
  {
    name: "priority-flood",
    run: (attacker) => attacker.write(...times(10_001, frames.priority(1))),
    told: calm("limit-useless-frames"),
  },
  {
    name: "window-overflow",
    run: (attacker) => attacker.write(...times(2, frames.windowUpdate(0, frames.maxUint31))),
    told: /^GOAWAY 0 FLOW_CONTROL_ERROR rfc9113-6.9.1: /,
  },
  {
    name: "unused-streams",
    run: (attacker) => attacker.write(...ids(1_024 + 2_049).map((id) => frames.headers(id, hold))),
    told: calm("limit-rapid-reset"),
  },
];

const waits: readonly Abuse[] = [
  { name: "zero-window", settings: [[0x4, 0]], run: askForMuch, told: calm("limit-unread-answers"), afterMs: 120_000 },
  {
    name: "one-byte-window",
    settings: [[0x4, 1]],
    run: (attacker) => {
      askForMuch(attacker);
      attacker.every(10_000, () => attacker.write(...ids(400).map((id) => frames.windowUpdate(id, 1))));
    },
    told: calm("limit-unread-answers"),
    afterMs: 120_000,
  },
  {
    name: "shared-window-dribble",
    run: (attacker) => {
      askForMuch(attacker);
      attacker.every(10_000, () => attacker.write(frames.windowUpdate(0, 1)));
    },
    told: calm("limit-unread-answers"),
    afterMs: 120_000,
  },
  {
    name: "slow-preface",
    greets: false,
    run: (attacker) => attacker.every(1_000, (n) => attacker.write(frames.clientPreface.subarray(n, n + 1))),
    told: /^GOAWAY 0 SETTINGS_TIMEOUT limit-handshake: /,
    afterMs: 20_000,
  },
  {
    name: "slow-headers",
    run: (attacker) => {
      attacker.write(frames.headers(1, grpc, { endHeaders: false }));
      attacker.every(1_000, () => attacker.write(frames.continuation(1, frames.octets(0x90), false)));
    },
    told: calm("limit-header-block-time"),
    afterMs: 20_000,
  },
  {
    name: "half-open",
    // It does not answer PING either.
    run: (attacker) => attacker.write(...call(1, hold)),
    told: /^GOAWAY 1 NO_ERROR limit-silence: /,
    afterMs: 335_000,
  },
];

/** Honest calls one after the other; every one of them is answered. */
async function answered({ client, until }: ServerWorld, calls: number): Promise<void> {
  for (let n = 0; n < calls; n++) {
    const one = client.call("/p.S/Echo", [bytes("x")]);
    await until(() => one.ended !== undefined);
    expect(one.status).toBe(0);
  }
}

/** Ten minutes are more than any default here. */
function closed({ world }: ServerWorld, attacker: Attacker): Promise<void> {
  return world.run({ until: () => attacker.closedAtMs !== undefined, limitMs: world.nowMs + 600_000 });
}

it.each([...floods, ...waits])("$name", async ({ run, greets, settings = [], told, afterMs = 0 }) => {
  const given = await serverWorld(handlers);
  const startMs = given.world.nowMs;
  const attacker = new Attacker(given, "attacker");
  await given.until(() => attacker.isConnected);
  if (greets !== false) attacker.greet(...settings);
  run(attacker);
  await answered(given, 5);
  await closed(given, attacker);
  expect(attacker.told).toMatch(told ?? /never/);
  const tookMs = (attacker.closedAtMs ?? Infinity) - startMs;
  expect(tookMs).toBeGreaterThanOrEqual(afterMs);
  expect(tookMs).toBeLessThanOrEqual(afterMs + 2_000);
  await answered(given, 5);
  expect(given.client.report).toBe(undefined);
});

it("slow-body: what takes too long makes room, and until then new calls are refused by name", async () => {
  const given = await serverWorld(handlers, { receiveBudgetBytes: 1_000_000 });
  const attackers = ["a", "b", "c"].map((name) => new Attacker(given, name));
  await given.until(() => attackers.every(({ isConnected }) => isConnected));
  // A message of a mebibyte is announced on each stream, and a part of it comes.
  const part = new Uint8Array(16_384);
  part[2] = 0x10;
  for (const attacker of attackers) {
    attacker.greet();
    attacker.write(...ids(25).flatMap((id) => [frames.headers(id, grpc), frames.data(id, part)]));
  }
  await given.until(() => attackers.every(({ lines }) => lines.length > 2));
  const early = given.client.call("/p.S/Echo", [bytes("x")]);
  await given.until(() => early.ended !== undefined);
  expect(early.ended).toMatchObject({ kind: "reset-by-peer", code: 7 }); // REFUSED_STREAM
  let isOver = false;
  given.serverHost.timer(messageMs + 1_000, () => (isOver = true));
  await given.world.run({ until: () => isOver, limitMs: given.world.nowMs + 2 * messageMs });
  await answered(given, 20);
  expect(attackers.flatMap(({ lines }) => lines)).toContainEqual(
    expect.stringMatching(/^RST_STREAM \d+ ENHANCE_YOUR_CALM$/),
  );
});

it("unused-connections: may stay for an hour, and cost nobody anything", async () => {
  const given = await serverWorld(handlers);
  const idle = Array.from({ length: 50 }, (_, n) => new Attacker(given, `idle-${n}`));
  await given.until(() => idle.every(({ isConnected }) => isConnected));
  for (const one of idle) one.greet();
  let isOver = false;
  given.serverHost.timer(hourMs, () => (isOver = true));
  await given.world.run({ until: () => isOver, limitMs: given.world.nowMs + 2 * hourMs });
  expect(idle.filter(({ closedAtMs }) => closedAtMs !== undefined)).toEqual([]);
  await answered(given, 5);
});

it("tls-handshake: one that never ends is over after 20 s", async () => {
  const given = await serverWorld(handlers);
  const { cert, key } = given.world.certificate({ names: ["server"] });
  await given.settled(given.server.listen({ host: given.serverHost.address, port: tlsPort }, { tls: { cert, key } }));
  const attacker = new Attacker(given, "attacker", tlsPort);
  await given.until(() => attacker.isConnected);
  const startMs = given.world.nowMs;
  attacker.every(1_000, (n) => attacker.write(frames.octets(n === 0 ? 0x16 : 3)));
  await closed(given, attacker);
  expect((attacker.closedAtMs ?? Infinity) - startMs).toBeGreaterThanOrEqual(19_990);
  expect((attacker.closedAtMs ?? Infinity) - startMs).toBeLessThan(21_000);
  await answered(given, 5);
});
