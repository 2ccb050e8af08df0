/** Whatever the link does and whenever the reader pauses: bytes arrive once, in order, and every one is counted. */

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWorld } from "./index.ts";

const plan = fc.record({
  seed: fc.nat(),
  permuteEqualTimes: fc.boolean(),
  bufferBytes: fc.integer({ min: 1, max: 5_000 }),
  splitBytes: fc.integer({ min: 1, max: 3_000 }),
  coalesceMs: fc.constantFrom(0, 0, 3),
  jitterMs: fc.constantFrom(0, 0, 5),
  writes: fc.array(fc.record({ atMs: fc.nat(50), sizes: fc.array(fc.nat(4_000), { maxLength: 4 }) }), {
    maxLength: 12,
  }),
  pauses: fc.array(fc.record({ atMs: fc.nat(60), forMs: fc.nat(30) }), { maxLength: 4 }),
  stallAtMs: fc.nat(60),
  holeAtMs: fc.option(fc.nat(60)),
});

describe("a stream", () => {
  it("arrives whole and in order, and is flushed to the last byte", async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (given) => {
        const world = createWorld({
          seed: given.seed,
          permuteEqualTimes: given.permuteEqualTimes,
          sendBufferBytes: given.bufferBytes,
          receiveBufferBytes: given.bufferBytes,
        });
        const [client, server] = [world.host("client"), world.host("server")];
        const link = world.link(client, server);
        link.delay({ ms: 1, jitterMs: given.jitterMs });
        link.split(given.splitBytes);
        link.coalesce(given.coalesceMs);
        const got = { next: 0, wrong: 0, ended: false, closed: 0, flushed: 0 };
        const check = (bytes: Uint8Array): void => {
          for (const byte of bytes) if (byte !== got.next++ % 251) got.wrong++;
        };
        const address = { kind: "tcp", host: server.address, port: 80 } as const;
        server.listen(
          { address },
          {
            listening: () => {},
            failed: () => {},
            closed: () => {},
            accepted: (socket) => {
              for (const { atMs, forMs } of given.pauses) {
                server.timer(atMs, () => socket.pause());
                server.timer(atMs + forMs, () => socket.resume());
              }
              server.timer(200, () => socket.resume());
              return {
                data: check,
                end() {
                  got.ended = true;
                  socket.end();
                },
                flushed: () => {},
                closed: () => got.closed++,
              };
            },
          },
        );
        let sent = 0;
        const socket = client.connect(
          { address },
          { data: () => {}, end: () => {}, flushed: (bytes) => (got.flushed += bytes), closed: () => got.closed++ },
        );
        const chunk = (size: number): Uint8Array => Uint8Array.from({ length: size }, () => sent++ % 251);
        for (const { atMs, sizes } of given.writes) client.timer(atMs, () => socket.write(sizes.map(chunk)));
        client.timer(100, () => socket.end());
        world.at(given.stallAtMs, () => server.stall(20));
        if (given.holeAtMs !== null) {
          world.at(given.holeAtMs, () => link.partition());
          world.at(given.holeAtMs + 30, () => link.heal());
        }
        await world.run({ until: () => got.closed === 2, limitMs: 600_000 });
        expect(got).toEqual({ next: sent, wrong: 0, ended: true, closed: 2, flushed: sent });
        expect([client.open(), socket.writableLength]).toEqual([[], 0]);
      }),
      { numRuns: 300, seed: 20_260_101 },
    );
  });
});
