/**
 * Two engines, a wire that cuts and delays, and owners that do anything at any time: whatever they do, no octet is lost or
 * made up, nobody oversteps a window (the referee of the pair throws), nobody is accused, and every stream ends once.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { JoinedPair } from "./joined-pair.ts";
import type { Recorder, StreamLog } from "./recorder.ts";
import { request, response } from "./scripted-peer.ts";

type Who = "client" | "server";

const who = fc.constantFrom<Who>("client", "server");
const pick = fc.nat(20);
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("open"), end: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("answer"), pick, end: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant("data"), who, pick, bytes: fc.nat(120_000), end: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("trailers"), who, pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reset"), who, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("hold"), who, hold: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("ping"), who }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("wait"), ms: fc.nat(30) }) },
);

type Operation = typeof operation extends fc.Arbitrary<infer O> ? O : never;

/** The owners: they keep count of what they gave to the engine, and of what they have not used. */
class Owners {
  readonly pair: JoinedPair;
  readonly given = new Map<string, number>();
  readonly #held: (() => void)[] = [];

  constructor(pair: JoinedPair) {
    this.pair = pair;
  }

  do(operation: Operation): void {
    const { pair } = this;
    switch (operation.kind) {
      case "open":
        pair.clientHears.open(request, operation.end);
        break;
      case "answer": {
        const stream = this.#stream("server", operation.pick)?.stream;
        if (stream !== undefined && stream.head === undefined && !stream.headSent) {
          pair.server.sendHeaders(stream, response, operation.end);
        }
        break;
      }
      case "data":
        this.#sendData(operation.who, operation.pick, operation.bytes, operation.end);
        break;
      case "trailers": {
        const stream = this.#stream(operation.who, operation.pick)?.stream;
        if (stream !== undefined && this.#maySend(stream)) pair[operation.who].sendTrailers(stream, ["a", "b"]);
        break;
      }
      case "reset": {
        const stream = this.#stream(operation.who, operation.pick)?.stream;
        if (stream !== undefined) pair[operation.who].reset(stream, 8);
        break;
      }
      case "hold":
        this.#hold(operation.who, operation.hold);
        break;
      case "ping":
        pair[operation.who].ping(pair.nowMs);
        break;
      case "wait":
        pair.settle(operation.ms);
        break;
    }
  }

  /** Uses up everything that was held back, ends every body, and lets the dust settle. */
  finish(): void {
    const { pair } = this;
    for (const one of ["client", "server"] as const) this.#hold(one, false);
    pair.settle();
    for (const { stream } of pair.clientHears.logs) {
      if (stream !== undefined && this.#maySend(stream)) pair.client.sendData(stream, new Uint8Array(0), true);
    }
    pair.settle();
    for (const { stream } of pair.serverHears.logs) {
      if (stream === undefined) continue;
      if (stream.head === undefined && !stream.headSent) pair.server.sendHeaders(stream, response, true);
      else if (this.#maySend(stream)) pair.server.sendTrailers(stream, ["grpc-status", "0"]);
    }
    pair.settle();
  }

  #sendData(one: Who, index: number, bytes: number, end: boolean): void {
    const stream = this.#stream(one, index)?.stream;
    if (stream === undefined || !this.#maySend(stream)) return;
    const key = `${one} ${stream.id}`;
    this.given.set(key, (this.given.get(key) ?? 0) + bytes);
    this.pair[one].sendData(stream, new Uint8Array(bytes), end);
  }

  #maySend(stream: NonNullable<StreamLog["stream"]>): boolean {
    return stream.state !== "closed" && !stream.endQueued && (stream.head !== undefined || stream.headSent);
  }

  /** While a side holds back, its streams get no credit. */
  #hold(one: Who, hold: boolean): void {
    const recorder = this.#recorder(one);
    const connection = this.pair[one];
    if (hold && recorder.usesData) {
      recorder.usesData = false;
      const before = new Map(recorder.logs.map((log) => [log, log.bodyBytes]));
      this.#held.push(() => {
        for (const log of recorder.logs) {
          const bytes = log.bodyBytes - (before.get(log) ?? 0);
          if (log.stream === undefined || bytes === 0) continue;
          connection.credit(log.stream, bytes);
          connection.free(log.stream, bytes);
        }
      });
    } else if (!hold && !recorder.usesData) {
      recorder.usesData = true;
      for (const use of this.#held.splice(0)) use();
      // One list for both sides: whoever still holds begins to count anew.
      for (const other of ["client", "server"] as const) {
        if (this.#recorder(other).usesData) continue;
        this.#recorder(other).usesData = true;
        this.#hold(other, true);
      }
    }
  }

  #stream(one: Who, index: number): StreamLog | undefined {
    const { logs } = this.#recorder(one);
    return logs[logs.length - 1 - (index % Math.max(1, Math.min(logs.length, 8)))];
  }

  #recorder(one: Who): Recorder {
    return one === "client" ? this.pair.clientHears : this.pair.serverHears;
  }
}

it("two engines under any operations conserve octets and windows, and end every stream once", () => {
  let complete = 0;
  fc.assert(
    fc.property(fc.array(operation, { minLength: 20, maxLength: 150 }), fc.nat(1_000_000), (operations, seed) => {
      const windows = { streamWindowBytes: 65_535, connectionWindowBytes: 65_535 };
      const pair = new JoinedPair({
        seed,
        latencyMs: 1 + (seed % 20),
        pieceBytes: 4_000,
        client: windows,
        server: windows,
      });
      const owners = new Owners(pair);
      pair.settle();
      for (const step of operations) owners.do(step);
      owners.finish();

      expect([pair.clientHears.failure, pair.serverHears.failure]).toEqual([undefined, undefined]);
      expect([pair.client.openStreams, pair.server.openStreams]).toEqual([0, 0]);
      for (const [recorder, other, from] of [
        [pair.clientHears, pair.serverHears, "server"],
        [pair.serverHears, pair.clientHears, "client"],
      ] as const) {
        for (const { stream, closed, bodyBytes } of recorder.logs) {
          if (stream === undefined || closed === undefined) throw new Error("a stream that never ended");
          if (closed.kind === "reset-by-us") expect(closed.violation).toBe(undefined);
          const given = owners.given.get(`${from} ${stream.id}`) ?? 0;
          expect(bodyBytes).toBeLessThanOrEqual(given);
          const atOther = other.logs.find((log) => log.stream?.id === stream.id);
          if (closed.kind !== "complete" || atOther?.closed?.kind !== "complete") continue;
          // A server that answered early cuts the request's body off, by right; every other body is whole.
          if (from === "server" || stream.received === "end") expect(bodyBytes).toBe(given);
          complete++;
        }
      }
    }),
    { numRuns: 150 },
  );
  expect(complete).toBeGreaterThan(100);
});
