/** A lane over streams that never leave the process: who holds up whom, and in which order things go on. */

import { connect } from "node:net";
import { Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import type { FaultHooks } from "../fault/fault.ts";
import { Lane } from "./lane.ts";
import { RelayEnd } from "./relay-end.ts";

/** A stream that takes bytes when it is told to. */
class Taker extends Duplex {
  readonly got: string[] = [];
  #take: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 10 });
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, taken: () => void): void {
    this.got.push(chunk.toString());
    this.#take = taken;
  }

  drainNow(): void {
    this.#take?.();
  }
}

function lane(hooks: readonly FaultHooks[] = []): { lane: Lane; source: Taker; sink: Taker; ends: string[] } {
  const source = new Taker();
  const sink = new Taker();
  const ends: string[] = [];
  // Never connected: a stand-in where only the stream matters.
  const end = (stream: Duplex): RelayEnd => new RelayEnd(stream, connect({ port: 1, host: "127.0.0.1" }).destroy());
  const made = new Lane("to-server", end(source), end(sink), { onWritten: () => {}, onEnded: (how) => ends.push(how) });
  made.use(hooks);
  source.resume();
  return { lane: made, source, sink, ends };
}

describe("a slow receiver", () => {
  it("holds up its sender, and lets go of it when it has taken what waited", async () => {
    const { lane: carries, source, sink } = lane();
    carries.push(Buffer.from("more than ten octets"));
    expect(source.isPaused()).toBe(true);
    const drained = new Promise((resolve) => sink.once("drain", resolve));
    sink.drainNow();
    await drained;
    expect(source.isPaused()).toBe(false);
  });

  it("holds up its sender when it is silenced and a mebibyte waits", () => {
    const { lane: carries, source } = lane();
    const speak = carries.silence();
    carries.push(Buffer.alloc(1_048_575));
    expect(source.isPaused()).toBe(false);
    carries.push(Buffer.alloc(1));
    expect(source.isPaused()).toBe(true);
    speak();
    // Written at once, and the receiver has not drained yet.
    expect(source.isPaused()).toBe(true);
  });
});

describe("order", () => {
  it("keeps what came to a silenced lane, ends behind bytes", () => {
    const { lane: carries, sink, ends } = lane();
    const speak = carries.silence();
    carries.push(Buffer.from("a"));
    carries.end("fin");
    expect(sink.got).toEqual([]);
    expect(ends).toEqual([]);
    speak();
    expect(sink.got).toEqual(["a"]);
    expect(ends).toEqual(["fin"]);
  });

  it("passes on what waits in a fault when other faults are put on", () => {
    const never: FaultHooks = { onBytes: (bytes) => [{ bytes, afterMs: 3_600_000 }] };
    const { lane: carries, sink } = lane([never, never]);
    carries.push(Buffer.from("a"));
    carries.use([]);
    carries.push(Buffer.from("b"));
    sink.drainNow();
    expect(sink.got).toEqual(["a", "b"]);
  });

  it("lets no second FIN follow, though an RST may", () => {
    const { lane: carries, ends } = lane();
    carries.end("fin");
    carries.end("fin");
    carries.end("reset");
    carries.end("reset");
    expect(ends).toEqual(["fin", "reset"]);
  });
});
