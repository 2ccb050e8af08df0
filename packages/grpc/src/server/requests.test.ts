import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyOf } from "../http2/bytes.ts";
import { frameMessage } from "../rpc/message.ts";
import { type RequestFault, SingleRequest, StreamedRequests } from "./requests.ts";

function ledger() {
  const sums = { credited: 0, freed: 0 };
  return {
    sums,
    flow: {
      credit: (bytes: number) => void (sums.credited += bytes),
      creditAhead: (bytes: number) => void (sums.credited += bytes),
      whole: () => undefined,
      free: (bytes: number) => void (sums.freed += bytes),
    },
  };
}

const wire = (messages: readonly Uint8Array[]): Uint8Array =>
  Buffer.concat(messages.flatMap((each) => frameMessage(each)));

/** `bytes` in pieces of the given sizes, round and round. */
function* cut(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const end = Math.min(bytes.length, at + (sizes[i % sizes.length] as number));
    yield bytes.subarray(at, end);
    at = end;
  }
}

describe("a stream of requests", () => {
  const anyMessages = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 });
  const anySizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });

  it("hands on every message in order and gives back every octet once, however it is cut and read", async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, anySizes, fc.boolean(), async (messages, sizes, eager) => {
        const { sums, flow } = ledger();
        const requests = new StreamedRequests(flow, 1_000, { decode: copyOf });
        const bytes = wire(messages);
        const read: Uint8Array[] = [];
        const reading = async (): Promise<void> => {
          for await (const message of requests.messages) read.push(message as Uint8Array);
        };
        const eagerly = eager ? reading() : undefined;
        for (const piece of cut(bytes, sizes)) {
          requests.push(piece);
          requests.messages.settle();
        }
        requests.end();
        requests.messages.settle();
        await (eagerly ?? reading());
        expect(read.map((each) => [...each])).toEqual(messages.map((each) => [...each]));
        expect(sums).toEqual({ credited: bytes.length, freed: bytes.length });
      }),
    );
  });

  it("credits a message that nobody can read yet as it comes, and one behind an unread one not at all", () => {
    const { sums, flow } = ledger();
    const requests = new StreamedRequests(flow, 1_000, { decode: copyOf });
    const [first, second] = [wire([new Uint8Array(100)]), wire([new Uint8Array(200)])];
    requests.push(first.subarray(0, 60));
    expect(sums.credited).toBe(60);
    requests.push(first.subarray(60));
    requests.push(second.subarray(0, 150));
    expect(sums.credited).toBe(60);
    void requests.messages.next();
    expect(sums).toEqual({ credited: 105 + 150, freed: 105 });
  });

  it("serves readers in the order in which they asked, and tells all of them of the end", async () => {
    const { flow } = ledger();
    const requests = new StreamedRequests(flow, 1_000, { decode: copyOf });
    const reads = [1, 2, 3].map(() => requests.messages.next());
    requests.push(wire([Uint8Array.of(1), Uint8Array.of(2)]));
    requests.end();
    requests.messages.settle();
    const results = await Promise.all(reads);
    expect(
      results.map(({ value, done }) => [done, value === undefined ? undefined : [...(value as Uint8Array)]]),
    ).toEqual([
      [false, [1]],
      [false, [2]],
      [true, undefined],
    ]);
  });

  it("frees what is dropped: by the handler's leaving, and by the call's end", async () => {
    for (const drop of ["leave", "abandon"]) {
      const { sums, flow } = ledger();
      const requests = new StreamedRequests(
        { ...flow, free: (bytes) => Number.isFinite(bytes) && flow.free(bytes) },
        1_000,
        { decode: copyOf },
      );
      requests.push(wire([new Uint8Array(10), new Uint8Array(20)]));
      if (drop === "leave") await requests.messages.return();
      else requests.abandon(() => new Error("over"));
      expect(sums.freed).toBe(40);
      requests.push(wire([new Uint8Array(30)]));
      expect(sums.freed).toBe(75);
      if (drop === "abandon") await expect(requests.messages.next()).rejects.toThrow("over");
      else expect(await requests.messages.next()).toEqual({ done: true, value: undefined });
    }
  });
});

describe("a single request", () => {
  const feed = (bytes: Uint8Array): readonly [SingleRequest, RequestFault | undefined] => {
    const requests = new SingleRequest(ledger().flow, 100);
    return [requests, requests.push(bytes, true) ?? requests.end()];
  };

  it("is ready when the one message and the end have come", () => {
    const [requests, fault] = feed(wire([Uint8Array.of(7)]));
    expect([requests.ready, fault, ...(requests.take() as Uint8Array)]).toEqual([true, undefined, 7]);
    const half = new SingleRequest(ledger().flow, 100);
    half.push(wire([Uint8Array.of(7)]), false);
    expect(half.ready).toBe(false);
  });

  it("is exactly one message, of at most the limit", () => {
    expect(feed(new Uint8Array())[1]).toMatchObject({ kind: "cardinality", code: 12 });
    expect(feed(wire([new Uint8Array(1), new Uint8Array(1)]))[1]).toMatchObject({ kind: "cardinality", code: 12 });
    expect(feed(wire([new Uint8Array(101)]))[1]).toMatchObject({ kind: "too-large", code: 8 });
    expect(feed(wire([new Uint8Array(9)]).subarray(0, 8))[1]).toMatchObject({ kind: "truncated", code: 13 });
  });
});
