import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { StatusError, type AttemptRecord } from "../report/status-error.ts";
import type { StatusName } from "../rpc/status.ts";
import { type RetryNote, type RetryOptions } from "./retry-options.ts";
import { retry, type RetryHost, type RetryTry } from "./retry.ts";

/** Virtual time: a timer fires when `runUntil` reaches it, and everything it caused has settled before the next does. */
class FakeHost implements RetryHost {
  #nowMs = 0;
  #timers: { readonly atMs: number; readonly fire: () => void }[] = [];

  get liveTimers(): number {
    return this.#timers.length;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  random(): number {
    return 0.75;
  }

  timer(delayMs: number, fire: () => void): { cancel(): void } {
    const timer = { atMs: this.#nowMs + delayMs, fire };
    this.#timers.push(timer);
    return { cancel: () => (this.#timers = this.#timers.filter((each) => each !== timer)) };
  }

  async runUntil(endMs: number): Promise<void> {
    await settle();
    for (;;) {
      const next = this.#timers.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#nowMs = next.atMs;
      next.fire();
      await settle();
    }
    this.#nowMs = endMs;
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

interface Story {
  readonly host: FakeHost;
  /** When each try began. */
  readonly triedAtMs: number[];
  readonly tries: RetryTry[];
  readonly notes: RetryNote[];
  /** Filled when it is over. */
  result?: { readonly value: unknown } | { readonly error: unknown };
}

type Work = (attempt: RetryTry) => unknown;

/** Starts a retry and notes what happens. */
function tell(work: Work, options: Partial<RetryOptions> = {}): Story {
  const host = new FakeHost();
  const story: Story = { host, triedAtMs: [], tries: [], notes: [] };
  const noted = (attempt: RetryTry): unknown => {
    story.triedAtMs.push(host.nowMs());
    story.tries.push(attempt);
    return work(attempt);
  };
  const onRetry = (note: RetryNote): void => void story.notes.push(note);
  retry(host, noted, { idempotent: true, jitter: 0, onRetry, ...options }).then(
    (value) => (story.result = { value }),
    (error: unknown) => (story.result = { error }),
  );
  return story;
}

function errorOf({ result }: Story): StatusError & { readonly attempts: readonly AttemptRecord[] } {
  if (result === undefined || !("error" in result)) throw new Error("expected a failure");
  return result.error as StatusError;
}

function fails(error: unknown): Work {
  return () => {
    throw error;
  };
}

const never: Work = () => new Promise(() => undefined);

/** Heeds its signal as a channel does, with what it knows. */
function heeds(error: () => unknown): Work {
  return ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(error() as Error)));
}

function fromServer(code: StatusName, text = "said the server"): StatusError {
  return new StatusError(code, text, { reason: "PEER_STATUS", evidence: [{ kind: "request-sent" }] });
}

const lost = (): StatusError => StatusError.of("CONNECTION_LOST", undefined, { evidence: [{ kind: "request-sent" }] });
const refused = (): StatusError =>
  StatusError.of("CONNECT_REFUSED", undefined, { evidence: [{ kind: "never-ready" }] });

describe("retry", () => {
  it("makes five retries after the first try, 100 ms, doubling", async () => {
    const error = lost();
    const story = tell(fails(error));
    await story.host.runUntil(10_000);
    expect(story.triedAtMs).toEqual([0, 100, 300, 700, 1_500, 3_100]);
    expect(errorOf(story)).toBe(error);
    expect(story.notes).toEqual(
      [100, 200, 400, 800, 1_600].map((delayMs, i) => ({ attempt: i + 1, of: 5, delayMs, error })),
    );
    expect(errorOf(story).attempts.map(({ number, startedAtMs }) => [number, startedAtMs])).toEqual([
      [1, 0],
      [2, 100],
      [3, 300],
      [4, 700],
      [5, 1_500],
      [6, 3_100],
    ]);
    expect(story.host.liveTimers).toBe(0);
  });

  it("waits five seconds at most, and spreads by 20 % unless told otherwise", async () => {
    const capped = tell(fails(lost()), { retries: 8 });
    await capped.host.runUntil(60_000);
    expect(capped.notes.map((note) => note.delayMs)).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    const host = new FakeHost();
    const delays: number[] = [];
    const spread = retry(host, fails(lost()), { idempotent: true, onRetry: ({ delayMs }) => delays.push(delayMs) });
    const failed = expect(spread).rejects.toThrow(StatusError);
    await host.runUntil(10_000);
    await failed;
    expect(delays).toEqual([110, 220, 440, 880, 1_760]);
  });

  it("ends with the first success", async () => {
    const story = tell(({ attempt }) => (attempt < 3 ? Promise.reject(lost()) : `try ${attempt}`));
    await story.host.runUntil(1_000);
    expect(story.result).toEqual({ value: "try 3" });
    expect(story.tries[0]).not.toHaveProperty("timeoutMs");
    expect(story.host.liveTimers).toBe(0);
  });

  it("gives errors thrown at once the same treatment as rejections", async () => {
    const story = tell(fails(new TypeError("my own mistake")));
    await story.host.runUntil(1_000);
    expect(errorOf(story)).toBeInstanceOf(TypeError);
    expect(story.triedAtMs).toEqual([0]);
  });
});

describe("what retry tries again", () => {
  const triesOf = async (error: unknown, options: Partial<RetryOptions> = {}): Promise<number> => {
    const story = tell(fails(error), { retries: 1, ...options });
    await story.host.runUntil(1_000);
    return story.triedAtMs.length;
  };

  it("is what was not processed, whoever asks", async () => {
    expect(await triesOf(refused(), { idempotent: false })).toBe(2);
    expect(await triesOf(refused(), { idempotent: true })).toBe(2);
  });

  it("is what may have been processed only when the caller says so", async () => {
    for (const error of [lost(), fromServer("UNAVAILABLE"), fromServer("ABORTED"), fromServer("RESOURCE_EXHAUSTED")]) {
      expect([await triesOf(error, { idempotent: false }), await triesOf(error)], error.message).toEqual([1, 2]);
    }
    for (const code of ["NOT_FOUND", "INTERNAL", "CANCELLED", "UNKNOWN", "UNIMPLEMENTED"] as const) {
      expect(await triesOf(fromServer(code)), code).toBe(1);
    }
    expect(await triesOf(fromServer("RESOURCE_EXHAUSTED", "too_many_pings"))).toBe(1);
    expect(await triesOf(fromServer("RESOURCE_EXHAUSTED", "Received message larger than max (9 vs 4)"))).toBe(1);
  });

  it("is an error of other code when `retryable` says so", async () => {
    const foreign = new Error("ECONNRESET");
    const grpcJs = Object.assign(new Error("14 UNAVAILABLE: x"), { code: 14, details: "x" });
    expect(await triesOf(foreign)).toBe(1);
    expect(await triesOf(foreign, { retryable: (error) => error === foreign })).toBe(2);
    expect(await triesOf(foreign, { retryable: () => true, idempotent: false })).toBe(1);
    expect([await triesOf(grpcJs), await triesOf(grpcJs, { idempotent: false })]).toEqual([2, 1]);
    expect(await triesOf(grpcJs, { retryable: () => false })).toBe(1);
    // It has no word on what the wire or the table has said.
    expect(await triesOf(fromServer("NOT_FOUND"), { retryable: () => true })).toBe(1);
  });
});

describe("retry and time", () => {
  it("gives each try its time anew, aborts it, and goes on", async () => {
    const aborted: unknown[] = [];
    const story = tell(
      heeds(() => {
        aborted.push(story.tries.at(-1)?.signal.reason);
        return StatusError.of("CANCELLED_BY_CALLER", undefined, { evidence: [{ kind: "request-sent" }] });
      }),
      { attemptTimeoutMs: 200, retries: 2 },
    );
    await story.host.runUntil(5_000);
    expect(story.triedAtMs).toEqual([0, 300, 700]);
    expect(story.tries.map(({ timeoutMs, signal }) => [timeoutMs, signal.aborted])).toEqual(Array(3).fill([200, true]));
    expect(aborted.map(String)).toEqual([
      "StatusError: 4 DEADLINE_EXCEEDED [DEADLINE_EXCEEDED] try 1 had 200 ms, and they are up",
      "StatusError: 4 DEADLINE_EXCEEDED [DEADLINE_EXCEEDED] try 2 had 200 ms, and they are up",
      "StatusError: 4 DEADLINE_EXCEEDED [DEADLINE_EXCEEDED] try 3 had 200 ms, and they are up",
    ]);
    expect(errorOf(story)).toMatchObject({ code: 4, processed: "maybe", evidence: [{ kind: "request-sent" }] });
  });

  it("tries a write again after its time only when it was not processed", async () => {
    const cut = (evidence: "request-sent" | "never-sent") =>
      tell(
        heeds(() => StatusError.of("CANCELLED_BY_CALLER", undefined, { evidence: [{ kind: evidence }] })),
        { attemptTimeoutMs: 200, retries: 1, idempotent: false },
      );
    const [sent, unsent] = [cut("request-sent"), cut("never-sent")];
    await sent.host.runUntil(5_000);
    await unsent.host.runUntil(5_000);
    expect([sent.triedAtMs, unsent.triedAtMs]).toEqual([[0], [0, 300]]);
    expect([errorOf(sent).processed, errorOf(unsent).processed]).toEqual(["maybe", "no"]);
  });

  it("does not wait for work that does not heed its signal", async () => {
    const story = tell(never, { attemptTimeoutMs: 200, retries: 1 });
    await story.host.runUntil(5_000);
    expect(story.triedAtMs).toEqual([0, 300]);
    expect(errorOf(story)).toMatchObject({ code: 4, processed: "maybe" });
    expect(errorOf(story).attempts).toHaveLength(2);
  });

  it("ends everything at the one deadline, and says what the try before met", async () => {
    const story = tell((each) => (each.attempt === 1 ? Promise.reject(lost()) : never(each)), { timeoutMs: 1_000 });
    await story.host.runUntil(999);
    expect(story.result).toBeUndefined();
    expect(story.tries[1]?.timeoutMs).toBe(900);
    await story.host.runUntil(1_000);
    expect(errorOf(story).message).toBe(
      "4 DEADLINE_EXCEEDED [DEADLINE_EXCEEDED] the 1000 ms for all tries are up; " +
        "the try before ended with the connection was closed with the call in flight",
    );
    expect(errorOf(story).attempts).toHaveLength(2);
    expect(story.host.liveTimers).toBe(0);
  });

  it("does not begin a wait that would outlast the deadline", async () => {
    const story = tell(fails(lost()), { timeoutMs: 300 });
    await story.host.runUntil(100);
    expect(errorOf(story).reason).toBe("CONNECTION_LOST");
    expect(story.triedAtMs).toEqual([0, 100]);
    expect(story.host.liveTimers).toBe(0);
  });
});

describe("retry and the caller's signal", () => {
  it("ends a wait at once", async () => {
    const controller = new AbortController();
    const story = tell(fails(lost()), { signal: controller.signal });
    await story.host.runUntil(50);
    controller.abort(new Error("page closed"));
    await settle();
    expect(errorOf(story)).toMatchObject({
      reason: "CANCELLED_BY_CALLER",
      processed: "maybe",
      cause: new Error("page closed"),
    });
    expect(errorOf(story).attempts).toHaveLength(1);
    expect(story.host.liveTimers).toBe(0);
  });

  it("reaches the try under way, with its reason, and nothing follows", async () => {
    const controller = new AbortController();
    const story = tell(
      heeds(() => story.tries[0]?.signal.reason),
      { signal: controller.signal },
    );
    await story.host.runUntil(50);
    controller.abort("enough");
    await story.host.runUntil(10_000);
    expect(story.triedAtMs).toEqual([0]);
    expect(errorOf(story)).toMatchObject({ reason: "CANCELLED_BY_CALLER", cause: "enough" });
    expect(story.host.liveTimers).toBe(0);
  });

  it("that is aborted already lets nothing begin", async () => {
    const story = tell(never, { signal: AbortSignal.abort() });
    await settle();
    expect(errorOf(story)).toMatchObject({ reason: "CANCELLED_BY_CALLER", processed: "no", attempts: [] });
    expect(story.triedAtMs).toEqual([]);
  });

  it("is let go when all is over", async () => {
    const { signal } = new AbortController();
    const story = tell(({ attempt }) => (attempt < 3 ? Promise.reject(lost()) : attempt), { signal });
    await story.host.runUntil(50);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await story.host.runUntil(1_000);
    expect(story.result).toEqual({ value: 3 });
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("may be aborted from onRetry", async () => {
    const controller = new AbortController();
    const story = tell(fails(lost()), { signal: controller.signal, onRetry: () => controller.abort() });
    await story.host.runUntil(10_000);
    expect(errorOf(story).reason).toBe("CANCELLED_BY_CALLER");
    expect(story.triedAtMs).toEqual([0]);
  });
});

describe("the error that retry gives back", () => {
  it("is as strong as the strongest of its tries", async () => {
    const story = tell(({ attempt }) => Promise.reject(attempt === 1 ? lost() : refused()), { retries: 1 });
    await story.host.runUntil(1_000);
    expect(errorOf(story)).toMatchObject({ reason: "CONNECT_REFUSED", processed: "maybe" });
    expect(errorOf(story).attempts.map(({ processed }) => processed)).toEqual(["maybe", "no"]);
  });

  it("is the work's own, also when it cannot be extended", async () => {
    const frozen = Object.freeze(new Error("frozen"));
    for (const error of [frozen, "a string", undefined, Object.freeze(lost())]) {
      const story = tell(fails(error), { retries: 0 });
      await settle();
      expect(story.result).toEqual({ error });
      expect(errorOf(story)).toBe(error);
    }
  });

  it("does not claim too much when it is frozen", async () => {
    const story = tell(({ attempt }) => Promise.reject(attempt === 1 ? lost() : Object.freeze(refused())), {
      retries: 1,
    });
    await story.host.runUntil(1_000);
    expect(errorOf(story)).toMatchObject({ reason: "CONNECT_REFUSED", processed: "maybe", cause: { processed: "no" } });
  });

  it("is the caller's own mistake when a callback throws", async () => {
    const mistake = new Error("in onRetry");
    const story = tell(fails(lost()), { onRetry: fails(mistake) as () => void });
    await settle();
    expect(errorOf(story)).toBe(mistake);
  });
});

describe("misuse of retry", () => {
  it("is a TypeError at once", () => {
    const host = new FakeHost();
    const misuse = (work: unknown, options: unknown): string => {
      try {
        void retry(host, work as () => void, options as RetryOptions);
      } catch (error) {
        return error instanceof TypeError ? error.message : `not a TypeError: ${String(error)}`;
      }
      return "accepted";
    };
    const ok = { idempotent: true };
    expect(misuse(5, ok)).toBe("retry: expected a function to try, not number");
    expect(misuse(never, undefined)).toBe("retry: options are required, at least { idempotent }");
    expect(misuse(never, {})).toBe(
      "retry: idempotent must be true or false: whether the work may run twice without harm, not undefined",
    );
    expect(misuse(never, { ...ok, Retries: 3 })).toBe("retry: unknown option Retries; did you mean retries?");
    expect(misuse(never, { ...ok, retries: -1 })).toBe("retry: retries must be a whole number, 0 or more, not -1");
    expect(misuse(never, { ...ok, timeoutMs: 0 })).toContain("timeoutMs must be milliseconds above 0");
    for (const wrong of [
      { jitter: 2 },
      { backoffMultiplier: 0.5 },
      { maxBackoffMs: NaN },
      { signal: {} },
      { retryable: 1 },
    ]) {
      expect(misuse(never, { ...ok, ...wrong }), JSON.stringify(wrong)).toContain("must be");
    }
    expect(host.liveTimers).toBe(0);
  });

  it("is also refused by the types", () => {
    // @ts-expect-error idempotent has no default
    expect(() => retry(new FakeHost(), never, { retries: 3 })).toThrow(TypeError);
  });
});
