/** A deferred task that throws: its error is the process's, the other tasks still run. */

import { expect, it } from "vitest";
import { defer } from "./defer.ts";
import { nodeTimer } from "./clock.ts";

it("hands what a task throws to uncaughtException, one by one, and runs every other task in order", async () => {
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  const ran: string[] = [];
  process.on("uncaughtException", (error) => ran.push(error.message));
  const fail = (message: string) => (): void => {
    throw new Error(message);
  };
  try {
    defer(() => ran.push("first"));
    defer(fail("second fails"));
    defer(() => {
      ran.push("third");
      defer(() => ran.push("next batch"));
    });
    defer(fail("fourth fails"));
    defer(() => ran.push("fifth"));
    await new Promise<void>((resolve) => nodeTimer(5, resolve, false));
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
  }
  expect(ran).toEqual(["first", "second fails", "third", "fourth fails", "fifth", "next batch"]);
});
