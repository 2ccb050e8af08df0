/**
 * A delay is a difference of two times, and its sum with one of them may fall short of the other by a rounding error: then
 * a timer rings a hair before what it was set for. Whoever goes back to sleep without setting another sleeps for ever.
 */
import { expect, it } from "vitest";
import { createChannel } from "../../src/channel/channel.ts";
import type { Host } from "../../src/host/host.ts";
import { createServer } from "../../src/server/index.ts";
import { createWorld } from "../../src/sim/index.ts";
import { bytes, port, text } from "./server-world.ts";

it("dials again after a refused connection although the timer of its back-off rings early", async () => {
  const world = createWorld({ seed: 1 });
  const serverHost = world.host("server");
  const host = earlyBy(1e-6, world.host("client"));
  const channel = createChannel(host, `${serverHost.address}:${port}`);
  const call = channel.unary("/p.S/Echo", bytes("here"), { waitForReady: true });
  let answer: Uint8Array | undefined;
  call.then(
    (message) => (answer = message),
    () => undefined,
  );
  await world.run(200); // refused by now
  const server = createServer({ host: serverHost });
  server.addMethod("/p.S/Echo", "unary", (request) => request);
  void server.listen({ host: serverHost.address, port });
  await world.run({ until: () => answer !== undefined, limitMs: 60_000 });
  expect(text(answer)).toBe("here");
  void channel.close();
  void server.close();
  await world.run(world.nowMs + 5_000);
});

/** The same host, whose timers ring before their time. */
function earlyBy(ms: number, host: Host): Host {
  return new Proxy(host, {
    get(target, name) {
      if (name === "timer") {
        return ((delayMs, fire, options) => target.timer(Math.max(0, delayMs - ms), fire, options)) as Host["timer"];
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
