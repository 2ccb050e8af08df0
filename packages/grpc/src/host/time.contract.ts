/** Stories of time, order and names, for every host. */

import { describe, expect, it } from "vitest";
import { Recorder, listen, pair, textBytes, type Harness } from "./harness.contract.ts";
import type { LookupResult } from "./host.ts";

export function describeTime(given: () => Harness): void {
  describe("time and order", () => {
    it("fires a timer once, never early", async () => {
      const { client, until } = given();
      const startMs = client.nowMs();
      const firedMs: number[] = [];
      client.timer(5.5, () => firedMs.push(client.nowMs() - startMs));
      await until(() => firedMs.length > 0);
      expect(firedMs).toHaveLength(1);
      expect(firedMs[0]).toBeGreaterThanOrEqual(5.5);
    });

    it("does not fire a timer that was cancelled, nor one that is further away than 2^31 ms", async () => {
      const { client, breathe } = given();
      let fired = 0;
      client.timer(1, () => fired++).cancel();
      // 2^32 ms: what a 32-bit delay would take for 0.
      const far = client.timer(4_294_967_296, () => fired++);
      await breathe();
      far.cancel();
      far.cancel();
      expect(fired).toBe(0);
    });

    it("runs deferred tasks after the event's promise reactions and before the next event", async () => {
      const { client, until } = given();
      const order: string[] = [];
      client.timer(2, () => {
        client.defer(() => {
          order.push("task");
          client.defer(() => order.push("task of the task"));
          void Promise.resolve().then(() => order.push("reaction of the task"));
        });
        client.defer(() => order.push("second task"));
        void Promise.resolve()
          .then(() => order.push("reaction"))
          .then(() => order.push("reaction of the reaction"));
        order.push("event");
      });
      let others = 0;
      for (let i = 0; i < 4; i++) {
        client.timer(2, () => {
          others++;
          // Equal times may come in any order, but no event comes between an event and its tasks.
          expect([0, 7]).toContain(order.length);
        });
      }
      await until(() => others === 4 && order.length === 7);
      expect(order).toEqual([
        "event",
        "reaction",
        "reaction of the reaction",
        "task",
        "second task",
        "reaction of the task",
        "task of the task",
      ]);
    });

    it("counts a timer's delay from its making, however long the loop was blocked before", async () => {
      const harness = given();
      const { client, server } = await pair(harness);
      let waitedMs = -1;
      client.onData = () => {
        harness.block(30);
        const startMs = harness.client.nowMs();
        harness.client.timer(20, () => (waitedMs = harness.client.nowMs() - startMs));
      };
      server.open.write([textBytes("go")]);
      await harness.until(() => waitedMs >= 0);
      expect(waitedMs).toBeGreaterThanOrEqual(20);
    });

    // What blocks is a socket's event: after a timer that blocks, Node 22 and 24 look at the sockets first.
    it("fires timers that became late during an event before it looks at the sockets again", async () => {
      const harness = given();
      const { client, server } = await pair(harness);
      const order: string[] = [];
      client.onData = () => {
        client.onData = () => order.push("data");
        server.open.write([textBytes("here long before the timer")]);
        harness.client.timer(20, () => order.push("timer"));
        harness.block(40);
      };
      server.open.write([textBytes("go")]);
      await harness.until(() => order.length === 2);
      expect(order).toEqual(["timer", "data"]);
    });

    it("tells nothing before connect, listen and lookup have returned", async () => {
      const { client, until, listenAt } = given();
      const early = new Recorder();
      let results = 0;
      client.connect({ address: { kind: "tcp", host: "127.0.0.1", port: 1 } }, early);
      client.lookup("127.0.0.1", () => results++);
      const heard: string[] = [];
      const listener = given().server.listen(
        { address: listenAt },
        {
          listening: () => heard.push("listening"),
          accepted: () => undefined,
          failed: () => {},
          closed: () => heard.push("closed"),
        },
      );
      expect([early.order, results, heard]).toEqual([[], 0, []]);
      await until(() => heard.length === 1 && results === 1 && early.isClosed);
      listener.close();
      expect(heard).toEqual(["listening"]);
      await until(() => heard.length === 2);
    });

    it("finds addresses by name, takes an address for itself, and says when there is none", async () => {
      const { client, until } = given();
      const results = new Map<string, LookupResult>();
      for (const name of ["localhost", "192.0.2.7", "2001:db8::7", "no-such-name.invalid"]) {
        client.lookup(name, (result) => results.set(name, result));
      }
      await until(() => results.size === 4);
      expect(results.get("localhost")?.kind).toBe("found");
      expect(results.get("192.0.2.7")).toEqual({ kind: "found", addresses: ["192.0.2.7"] });
      expect(results.get("2001:db8::7")).toEqual({ kind: "found", addresses: ["2001:db8::7"] });
      expect(results.get("no-such-name.invalid")).toMatchObject({ kind: "failed", error: { kind: "ENOTFOUND" } });
    });

    it("gives numbers in [0, 1) and a wall clock of this century", async () => {
      const { client } = given();
      const numbers = Array.from({ length: 100 }, () => client.random());
      expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
      expect(new Set(numbers).size).toBeGreaterThan(90);
      expect(new Date(client.wallMs()).getUTCFullYear()).toBeGreaterThan(2_024);
      await listen(given());
    });

    it("knows its environment: a variable that is not there is undefined", async () => {
      const { client } = given();
      expect(client.env("HOLDFAST_NO_SUCH_VARIABLE")).toBeUndefined();
      await listen(given());
    });
  });
}
