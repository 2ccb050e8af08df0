import { describe, expect, it } from "vitest";
import { progressBytes, UnreadAnswers } from "./unread-answers.ts";

const allowedBytes = 100_000;
const patienceMs = 50;

describe("answers that nobody takes", () => {
  it("may wait for ever up to what is allowed", () => {
    const unread = new UnreadAnswers(allowedBytes, patienceMs);
    unread.queued(allowedBytes, 0);
    expect(unread.deadlineMs).toBe(Infinity);
    unread.queued(1, 7);
    expect(unread.deadlineMs).toBe(57);
  });

  it("have one deadline, however much is added", () => {
    const unread = new UnreadAnswers(allowedBytes, patienceMs);
    unread.queued(allowedBytes + 1, 0);
    unread.queued(allowedBytes, 40);
    expect(unread.deadlineMs).toBe(50);
  });

  it("are given more time by a frame's worth, not by an octet now and then", () => {
    const unread = new UnreadAnswers(allowedBytes, patienceMs);
    unread.queued(2 * allowedBytes, 0);
    for (let n = 1; n < progressBytes; n++) unread.sent(1, 10);
    expect(unread.deadlineMs).toBe(50);
    unread.sent(1, 20);
    expect(unread.deadlineMs).toBe(70);
    unread.sent(progressBytes - 1, 30);
    expect(unread.deadlineMs).toBe(70);
  });

  it.each(["sent", "dropped"] as const)("are forgiven once so many were %s that the rest is allowed", (how) => {
    const unread = new UnreadAnswers(allowedBytes, patienceMs);
    unread.queued(allowedBytes + 5, 0);
    unread[how](5, 10);
    expect(unread.deadlineMs).toBe(Infinity);
    expect(unread.queuedBytes).toBe(allowedBytes);
    unread.queued(1, 20);
    expect(unread.deadlineMs).toBe(70);
  });
});
