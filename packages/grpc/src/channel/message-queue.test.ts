import { describe, expect, it } from "vitest";
import { MessageQueue } from "./message-queue.ts";

function queue() {
  const log: string[] = [];
  const made = new MessageQueue<string>(
    (bytes) => void log.push(`read ${bytes}`),
    () => void log.push("abandoned"),
  );
  return { made, log };
}

describe("a queue of messages", () => {
  it("gives messages in order, and octets back only when they are read", async () => {
    const { made, log } = queue();
    made.push("a", 6);
    made.push("b", 7);
    expect([made.unreadBytes, log]).toEqual([13, []]);
    expect(await made.next()).toEqual({ value: "a", done: false });
    expect([made.unreadBytes, log]).toEqual([7, ["read 6"]]);
  });

  it("serves readers that came before their message", async () => {
    const { made, log } = queue();
    const both = Promise.all([made.next(), made.next()]);
    made.push("a", 1);
    made.push("b", 1);
    expect((await both).map((result) => result.value as string)).toEqual(["a", "b"]);
    expect(log).toEqual(["read 1", "read 1"]);
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
    expect([log, made.unreadBytes]).toEqual([["read 1", "abandoned"], 0]);
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
