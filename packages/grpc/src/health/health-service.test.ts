import { expect, it } from "vitest";
import type { Host } from "../host/host.ts";
import type { CallContext } from "../server/call-context.ts";
import { HealthService } from "./health-service.ts";
import { StatusBoard } from "./status-board.ts";

it("lets go of a watch that ends, also of one that waits for a change", async () => {
  const board = new StatusBoard();
  const service = new HealthService({ defer: (task: () => void) => task() } as Host, board);
  const controller = new AbortController();
  const feed = service.watch({ service: "a" }, { signal: controller.signal } as CallContext);
  expect(await feed.next()).toEqual({ done: false, value: { status: 3 } });
  const waiting = feed.next();
  let woken = 0;
  const wake = feed.wake.bind(feed);
  feed.wake = () => {
    woken++;
    wake();
  };
  controller.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  board.set("a", "SERVING");
  // Once by its own end; the board knows it no more.
  expect(woken).toBe(1);
});
