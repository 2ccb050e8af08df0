import { describe, expect, it } from "vitest";
import { MessageQueue } from "./message-queue.ts";

function queue() {
  const log: string[] = [];
  const made = new MessageQueue<string>();
  made.owner = {
    onRead: () => void log.push(`read, ${made.unreadBytes} left`),
    onAbandoned: () => void log.push("abandoned"),
  };
  return { made, log };
}

describe("a queue of messages", () => {
  it("gives messages in order, and octets back only when they are read", async () => {
    const { made, log } = queue();
    made.push("a", 6);
    made.push("b", 7);
    expect([made.unreadBytes, log]).toEqual([13, []]);
    expect(await made.next()).toEqual({ value: "a", done: false });
    expect([made.unreadBytes, log]).toEqual([7, ["read, 7 left"]]);
  });

  it("serves readers that came before their message", async () => {
    const { made, log } = queue();
    const both = Promise.all([made.next(), made.next()]);
    made.push("a", 1);
    made.push("b", 1);
    expect((await both).map((result) => result.value as string)).toEqual(["a", "b"]);
    expect(log).toEqual(["read, 0 left", "read, 0 left"]);
  });

  it("lets a reader wait until it settles, and serves one that asks at once", async () => {
    const { made, log } = queue();
    const first = made.next();
    made.add("a", 1);
    made.add("b", 1);
    await Promise.resolve();
    expect([made.unreadBytes, log]).toEqual([2, []]);
    made.settle();
    expect([(await first).value, (await made.next()).value]).toEqual(["a", "b"]);
  });

  it("hands on what came before the end to a reader that waits", async () => {
    const { made } = queue();
    const both = [made.next(), made.next()];
    made.add("a", 1);
    made.end();
    expect(await Promise.all(both)).toEqual([
      { value: "a", done: false },
      { value: undefined, done: true },
    ]);
  });

  it("tells an error once, behind the messages that came before it, then is done", async () => {
    const { made } = queue();
    made.push("a", 1);
    made.end(new Error("lost"));
    expect((await made.next()).value).toBe("a");
    await expect(made.next()).rejects.toThrow("lost");
    expect(await made.next()).toEqual({ value: undefined, done: true });
  });

  it("says when its reader left early, and keeps nothing for it", async () => {
    const { made, log } = queue();
    made.push("a", 1);
    made.push("b", 1);
    for await (const message of made) if (message === "a") break;
    expect([log, made.unreadBytes]).toEqual([["read, 1 left", "abandoned"], 0]);
    made.push("c", 1);
    expect(await made.next()).toEqual({ value: undefined, done: true });
  });

  it("does not call a reader that left after the end a deserter", async () => {
    const { made, log } = queue();
    made.end();
    await made.return();
    expect(log).toEqual([]);
  });
});
