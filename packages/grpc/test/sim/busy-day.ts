/**
 * A day in which everything happens that the world can do: servers restart, links jitter, split, break and heal, a
 * process stalls, names move, promises settle. Only its event log matters; `determinism.test.ts` compares those.
 */

import { createWorld, type SimHost, type World } from "../../src/sim/index.ts";

const port = 443;
const dayMs = 60_000;
const servers = ["server-1", "server-2", "server-3"];
const clients = ["client-1", "client-2", "client-3", "client-4"];

/** The event log of the day, as one text. */
export async function busyDay(seed: number, permuteEqualTimes: boolean): Promise<string> {
  const world = createWorld({ seed, permuteEqualTimes });
  const certificate = world.certificate({ names: ["shop"] });
  const serve = (host: SimHost): void => {
    host.listen(
      { address: { kind: "tcp", host: host.address, port }, tls: { ...certificate, alpn: ["h2"] } },
      {
        listening: () => host.log("serving"),
        accepted: (socket) => ({
          // The answer passes through a deferred task and two promises, as a handler's does.
          data: (bytes) => {
            const { length } = bytes;
            host.defer(() => void answer(length).then((text) => socket.write([text])));
          },
          end: () => socket.end(),
          flushed: () => {},
          closed: () => {},
        }),
        failed: (error) => host.log(`failed ${error.kind}`),
        closed: () => {},
      },
    );
  };
  for (const name of servers) serve(world.host(name));
  world.dns.set(
    "shop",
    servers.map((name) => world.host(name).address),
  );
  for (const name of clients) shopForEver(world.host(name), certificate.ca);
  trouble(world, serve);
  await world.run(dayMs);
  return world.log.join("\n");
}

async function answer(length: number): Promise<Uint8Array> {
  await Promise.resolve();
  return new Uint8Array(length * 2);
}

/** Asks every few milliseconds; dials again after a random pause when the connection dies. */
function shopForEver(host: SimHost, ca: string): void {
  const dialAgain = (): void => void host.timer(10 + host.random() * 500, () => shopForEver(host, ca));
  host.lookup("shop", (result) => {
    if (result.kind === "failed") {
      dialAgain();
      return;
    }
    const address = result.addresses[Math.floor(host.random() * result.addresses.length)] ?? "10.0.0.1";
    let asking = true;
    const socket = host.connect(
      { address: { kind: "tcp", host: address, port }, tls: { serverName: "shop", ca, alpn: ["h2"] } },
      {
        connected: () => ask(),
        data: () => {},
        end: () => socket.end(),
        flushed: () => {},
        closed: () => {
          asking = false;
          dialAgain();
        },
      },
    );
    const ask = (): void => {
      if (!asking) return;
      socket.write([new Uint8Array(50), new Uint8Array(Math.ceil(host.random() * 500))]);
      host.timer(Math.ceil(host.random() * 160), ask);
    };
  });
}

function trouble(world: World, serve: (host: SimHost) => void): void {
  for (const client of clients) {
    world.link(client, "server-1").delay({ ms: 3, jitterMs: 4 });
    world.link(client, "server-2").split(64);
    world.link(client, "server-3").coalesce(5);
  }
  const client = world.host("client-1");
  world.at(5_000, () => world.link(client, "server-1").partition());
  world.at(9_000, () => world.link(client, "server-1").heal());
  world.at(12_000, () => world.host("server-2").stall(700));
  world.at(15_000, () => world.link("client-2", "server-3").reset());
  world.at(18_000, () => world.link("client-3", "server-2").halfOpen("server-2"));
  for (const [index, name] of servers.entries()) {
    const downMs = 20_000 + index * 5_000;
    world.at(downMs, () => world.host(name).kill({ machine: index === 2 }));
    world.at(downMs + 2_000, () => {
      world.host(name).restart();
      serve(world.host(name));
    });
  }
}
