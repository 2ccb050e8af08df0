/** The contract, kept by the world. */

import { describe } from "vitest";
import type { Harness } from "../host/harness.contract.ts";
import { describeHostContract } from "../host/host.contract.ts";
import { createWorld, type World } from "./world.ts";

// Virtual milliseconds: no story takes a minute.
const patienceMs = 60_000;

describe("in the order of causes", () => {
  describeHostContract("the world", () => Promise.resolve(harness(createWorld({ seed: 1 }))));
});

describe.each([1, 2, 3, 4, 5])("with equal times shuffled by seed %i", (seed) => {
  describeHostContract("the world", () => Promise.resolve(harness(createWorld({ seed, permuteEqualTimes: true }))));
});

function harness(world: World): Harness {
  const server = world.host("server");
  const client = world.host("client");
  const localhost = world.certificate({ names: ["localhost", "127.0.0.1"], ca: "authority" });
  return {
    server,
    client,
    listenAt: { kind: "tcp", host: server.address, port: 0 },
    unixPath: "/run/contract.sock",
    tls: {
      ca: localhost.ca,
      otherCa: world.certificate({ names: [], ca: "another" }).ca,
      server: localhost,
      wrongName: world.certificate({ names: ["elsewhere.test"], ca: "authority" }),
      client: world.certificate({ names: ["client.test"], subject: "test-client", ca: "authority" }),
      serverName: "localhost",
    },
    until: (condition) => world.run({ until: condition, limitMs: world.nowMs + patienceMs }),
    breathe: () => world.run(world.nowMs + 25),
    block: (ms) => client.stall(ms),
    async whileServerIsBusy(first, second) {
      server.stall(50);
      first();
      await world.run(world.nowMs + 10);
      second();
    },
    close: () => Promise.resolve(),
  };
}
