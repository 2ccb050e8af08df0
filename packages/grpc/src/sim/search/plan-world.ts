/** From a seed to a plan of a random world. Owns the odds; does nothing. */

import { status, type StatusCode } from "../../rpc/status.ts";
import { Dice } from "./dice.ts";
import { withPatience } from "./plan-patience.ts";
import type { CallPlan, ClientPlan, Climate, Deed, ServerPlan, Weather, WorldPlan } from "./world-plan.ts";

export function planWorld(seed: number): WorldPlan {
  const dice = new Dice(seed);
  const climate = dice.pick<Climate>(["calm", "gentle", "gentle", "gentle", "rough", "rough", "rough", "rough"]);
  const clients = dice.many(dice.whole(1, 3), (index) => planClient(dice, index));
  const servers = dice.many(dice.whole(1, 4), (index) => planServer(dice, index));
  // Some worlds are over in a second, so that everything happens at once; some take a quarter of an hour.
  const loadMs = dice.scale(200, 60_000) * (dice.chance(0.1) ? 15 : 1);
  // 260 calls on average: some worlds have few enough to follow, some have crowds.
  const calls = dice.many(dice.scale(60, 700), (index) => planCall(dice, index + 1, clients, loadMs));
  const links = clients.flatMap((client) => servers.map((server): Pair => [client.name, server.name]));
  const weather = links
    .filter(() => dice.chance(0.8))
    .map(([client, server]): Deed => ({ kind: "weather", atMs: 0, client, server, weather: planWeather(dice) }));
  const count = climate === "calm" ? 0 : dice.whole(1, climate === "rough" ? 20 : 14);
  const deeds = dice.many(count, () => planMoment(dice, planDeed(dice, climate, links, dice.whole(0, loadMs))));
  const tls = dice.chance(0.15);
  const healedAtMs = loadMs + 5_000;
  const all = [...weather, ...deeds];
  return withPatience({ seed, climate, tls, clients, servers, calls, deeds: all, polices: false, healedAtMs });
}

type Pair = readonly [client: string, server: string];

function planClient(dice: Dice, index: number): ClientPlan {
  return {
    name: `client-${index + 1}`,
    loadBalancing: dice.pick(["pick_first", "round_robin"]),
    retries: dice.chance(0.6),
  };
}

function planServer(dice: Dice, index: number): ServerPlan {
  return {
    name: `server-${index + 1}`,
    maxConcurrentStreams: dice.chance(0.3) ? dice.whole(1, 5) : 1_024, // the server's own default
    // Some can hold one of the largest messages and no more; some lend windows and must take them back.
    receiveBudgetBytes: dice.chance(0.25) ? dice.pick([310_000, 465_000]) : 64 * 1_048_576,
    connections: {},
  };
}

function planCall(dice: Dice, id: number, clients: readonly ClientPlan[], loadMs: number): CallPlan {
  const kind = dice.pick([
    "unary",
    "unary",
    "unary",
    "server-streaming",
    "client-streaming",
    "bidi-streaming",
  ] as const);
  const sendsMany = kind === "client-streaming" || kind === "bidi-streaming";
  const answersMany = kind === "server-streaming" || kind === "bidi-streaming";
  const ends = dice.whole(1, 20);
  const anonymous = kind === "unary" && dice.chance(0.5);
  // Megabytes cost the search a thousand packets a call: a few such calls in a world are enough for its windows.
  const bulky = dice.chance(0.1);
  // Only a call that the client ends can hang.
  const hangs = (ends === 2 || ends === 3) && dice.chance(0.5);
  return {
    id,
    client: dice.pick(clients).name,
    // Bursts, because calls of one moment meet in one packet.
    atMs: dice.chance(0.5) ? dice.whole(0, loadMs) : Math.floor((loadMs * dice.whole(0, 9)) / 10),
    kind,
    safe: dice.chance(0.5),
    anonymous,
    requestBytes: planSizes(dice, sendsMany, bulky).map((bytes) => (anonymous ? Math.max(bytes, tellingBytes) : bytes)),
    responseBytes: planSizes(dice, answersMany, bulky),
    workMs: dice.chance(0.3) ? 0 : dice.scale(1, 2_000), // up to two seconds
    pauseMs: dice.chance(0.5) ? 0 : dice.scale(1, 300),
    readMs: dice.chance(0.5) ? 0 : dice.scale(1, 300),
    earlyHeaders: dice.chance(0.2),
    heedful: hangs || dice.chance(0.7),
    hangs,
    status: ends === 1 ? dice.pick(failingCodes) : status.OK,
    waitForReady: dice.chance(0.3),
    ...(ends === 2 || dice.chance(0.2) ? { timeoutMs: planTimeout(dice) } : {}),
    ...(ends === 3 ? { cancelAfterMs: dice.scale(1, 5_000) } : {}), // within the work of most
    ...(ends === 4 && answersMany ? { leaveAfter: dice.whole(0, 3) } : {}),
  };
}

/** Mostly patient, sometimes hopeless. */
function planTimeout(dice: Dice): number {
  return dice.chance(0.2) ? dice.scale(1, 100) : dice.scale(100, 60_000); // ms
}

const failingCodes: readonly StatusCode[] = [status.UNAVAILABLE, status.ABORTED, status.NOT_FOUND, status.INTERNAL];

function planSizes(dice: Dice, many: boolean, bulky: boolean): number[] {
  // Some are above the first window of a stream, 256 KiB.
  if (!many) return [bulky && dice.chance(0.3) ? dice.whole(262_144, 300_000) : planSize(dice, bulky)];
  // Some streams are larger than any window, in few messages or many. All stay below 1 MiB, which is what a streamed
  // body keeps for another try.
  if (bulky && dice.chance(0.4)) return dice.many(dice.whole(30, 60), () => dice.whole(5_000, 16_000));
  const large = bulky && dice.chance(0.6);
  return dice.many(dice.whole(0, 6), () => (large ? dice.whole(20_000, 160_000) : planSize(dice, bulky)));
}

/** Two views of the noise do not have so many bytes in common. */
const tellingBytes = 16;

/** Small ones are the rule. */
function planSize(dice: Dice, bulky: boolean): number {
  if (dice.chance(0.1)) return 0;
  return bulky && dice.chance(0.5) ? dice.scale(2_000, 150_000) : dice.scale(1, 2_000); // six of these are below 1 MiB, too
}

/** Crumbs are rare: a link of them makes thousands of packets, and a few show what they can show. */
function planPieces(dice: Dice): number {
  return dice.chance(0.2) ? dice.scale(17, 200) : dice.scale(200, 8_000); // bytes, around the size of a frame's head and of a packet
}

function planWeather(dice: Dice): Weather {
  return {
    delayMs: dice.scale(1, 60),
    jitterMs: dice.chance(0.4) ? dice.scale(1, 40) : 0,
    splitBytes: dice.chance(0.25) ? planPieces(dice) : Infinity,
    coalesceMs: dice.chance(0.2) ? dice.scale(1, 20) : 0,
    bytesPerSecond: dice.chance(0.2) ? dice.scale(2_000_000, 20_000_000) : Infinity, // a few megabytes: seconds, not hours
  };
}

/** What strikes at any time mostly finds a connection at work: many wait for a rarer moment. */
function planMoment(dice: Dice, deed: Deed): Deed {
  if (dice.chance(0.5)) return deed;
  const state = dice.pick([
    "dialling",
    "dialling",
    "idle",
    "idle",
    "leaving",
    "closing",
    "closing",
    "closing",
  ] as const);
  return { ...deed, when: { state, side: dice.pick(["client", "server"]) } };
}

function planDeed(dice: Dice, climate: Climate, links: readonly Pair[], atMs: number): Deed {
  const [client, server] = dice.pick(links);
  const gentle = ["stall", "deploy", "deploy", "weather"] as const;
  const rough = [
    "reset",
    "reset",
    "partition",
    "partition",
    "black-hole",
    "black-hole",
    "half-open",
    "half-open",
    "half-open",
    "kill",
    "kill",
    "kill-client",
    "forget-idle",
    "forget-idle",
  ] as const;
  const kind = climate === "gentle" ? dice.pick(gentle) : dice.pick([...gentle, ...rough]);
  switch (kind) {
    case "stall":
      // A server that leaves waits 1 s for its client to read its last words. A gentle world lets it.
      return {
        kind,
        atMs,
        host: dice.pick([client, server]),
        forMs: dice.scale(20, climate === "gentle" ? 400 : 3_000),
      };
    case "deploy":
      return {
        kind,
        atMs,
        server,
        downMs: dice.scale(1, 3_000),
        graceMs: climate === "gentle" ? generousMs : dice.scale(50, 30_000),
      };
    case "weather":
      return { kind, atMs, client, server, weather: planWeather(dice) };
    case "reset":
      return { kind, atMs, client, server };
    case "partition":
      return { kind, atMs, client, server, forMs: dice.scale(50, 60_000) };
    case "black-hole": {
      const [from, to] = dice.chance(0.5) ? [client, server] : [server, client];
      return { kind, atMs, from, to, forMs: dice.scale(50, 60_000) };
    }
    case "half-open": {
      const [forgetful, other] = dice.chance(0.5) ? [server, client] : [client, server];
      return { kind, atMs, forgetful, other };
    }
    case "kill":
      return { kind, atMs, server, downMs: dice.scale(1, 20_000), machine: dice.chance(0.3) };
    case "kill-client":
      return { kind, atMs, client };
    case "forget-idle":
      return { kind, atMs, client, server, afterMs: dice.scale(500, 350_000), word: dice.pick(["silent", "rst"]) };
  }
}

// Ten minutes: longer than any call of a plan can take.
const generousMs = 600_000;
