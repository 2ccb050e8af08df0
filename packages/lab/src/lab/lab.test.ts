/** The lab as a test of one's own uses it, and that none of the three counts can be wrong unnoticed. */

import * as grpc from "@grpc/grpc-js";
import { afterEach, describe, expect, it } from "vitest";
import { faults } from "../fault/faults.ts";
import { countOf } from "./call-count.ts";
import { type Lab, lab, type LabOptions } from "./lab.ts";
import type { LabCall } from "./make-calls.ts";

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const method = {
  path: "/test.Echo/Say",
  requestStream: false,
  responseStream: false,
  requestSerialize: (bytes: Buffer) => bytes,
  requestDeserialize: (bytes: Buffer) => bytes,
  responseSerialize: (bytes: Buffer) => bytes,
  responseDeserialize: (bytes: Buffer) => bytes,
} as const;

/** A server that keeps a journal of its own; `say` calls it through the lab. */
async function echo(options: Omit<LabOptions, "to">, retry = false) {
  const journal = new Map<number, number>();
  const server = new grpc.Server();
  server.addService({ say: method } as never, {
    say: (call: grpc.ServerUnaryCall<Buffer, Buffer>, answer: grpc.sendUnaryData<Buffer>) => {
      const id = Number(call.metadata.get("holdfast-lab-call")[0]);
      journal.set(id, (journal.get(id) ?? 0) + 1);
      answer(null, call.request);
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  open.push(() => server.forceShutdown());
  const between = await lab({ to: `127.0.0.1:${port}`, ...options });
  open.push(() => between.close());
  const credentials =
    between.caPem === undefined
      ? grpc.credentials.createInsecure()
      : grpc.credentials.createSsl(Buffer.from(between.caPem));
  const policy = {
    methodConfig: [
      {
        name: [{}],
        retryPolicy: {
          maxAttempts: 4,
          initialBackoff: "0.01s",
          maxBackoff: "0.02s",
          backoffMultiplier: 1,
          retryableStatusCodes: ["CANCELLED"],
        },
      },
    ],
  };
  const client = new grpc.Client(
    between.target,
    credentials,
    retry ? { "grpc.service_config": JSON.stringify(policy) } : {},
  );
  open.push(() => client.close());
  const say = ({ headers }: LabCall, deadlineMs = 5_000): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const metadata = new grpc.Metadata();
      for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
      const { requestSerialize, responseDeserialize, path } = method;
      const timing = deadlineMs === 0 ? {} : { deadline: Date.now() + deadlineMs };
      client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        Buffer.from("hello"),
        metadata,
        timing,
        (error, value) => (error === null ? resolve(value) : reject(error)),
      );
    });
  return { between, say, journal };
}

async function counted(between: Lab, say: (call: LabCall) => Promise<unknown>, calls = 20) {
  return between.run(calls, say, { patienceMs: 3_000 });
}

describe("counts", () => {
  it("nothing where nothing goes wrong", async () => {
    const { between, say, journal } = await echo({});
    const count = await counted(between, say);
    count.atMost();
    expect(count).toMatchObject({ calls: 20, ok: 20, failed: 0, executedTwice: 0, neverSettled: 0, done: {} });
    expect([...journal.values()]).toEqual(Array.from({ length: 20 }, () => 1));
  });

  it("failures, by code and text", async () => {
    const { between, say } = await echo({ faults: [faults.rstStream({ at: "request", code: 2, times: 3 })] });
    const count = await counted(between, say);
    expect(count).toMatchObject({ ok: 17, failed: 3, codes: { INTERNAL: 3 }, done: { "rst-stream": 3 } });
    expect(() => count.atMost({ failed: 3 })).not.toThrow();
    expect(() => count.atMost({ failed: 2 })).toThrow("3 failed, at most 2 expected\n20 calls: 17 OK, 3 failed");
  });

  it("what was executed twice, as the server's own journal does", async () => {
    const { between, say, journal } = await echo(
      { faults: [faults.rstStream({ at: "before-headers", times: 2 })] },
      true,
    );
    const count = await counted(between, say);
    const twice = [...journal.values()].filter((times) => times > 1).length;
    expect(twice).toBe(2);
    expect(count).toMatchObject({ ok: 20, failed: 0, executedTwice: 2 });
    expect(() => count.atMost()).toThrow("2 executed twice, at most 0 expected");
  });

  it("nothing as executed that no fault let through", async () => {
    const { between, say, journal } = await echo({ faults: [faults.rstStream({ at: "request", times: 2 })] }, true);
    const count = await counted(between, say);
    expect(count).toMatchObject({ ok: 20, executedTwice: 0, done: { "rst-stream": 2 } });
    expect(Math.max(...journal.values())).toBe(1);
  });

  it("what never settles", async () => {
    const { between, say } = await echo({ faults: [faults.headersOnly({ times: 1 })] });
    const count = await between.run(3, (call) => say(call, 0), { patienceMs: 500 });
    expect(count).toMatchObject({ ok: 2, neverSettled: 1 });
    expect(() => count.atMost()).toThrow("1 never settled, at most 0 expected");
  });
});

it("changes its faults between two runs, over TLS", async () => {
  const { between, say } = await echo({ tls: true });
  (await counted(between, say, 5)).atMost();
  between.set([faults.trailersWrong({ status: "9" })]);
  expect(await counted(between, say, 5)).toMatchObject({ failed: 5, codes: { FAILED_PRECONDITION: 5 } });
  between.set([]);
  (await counted(between, say, 5)).atMost();
});

it("refuses an address that is none", async () => {
  await expect(lab({ to: "shop" })).rejects.toThrow('lab: "to" is "shop", expected HOST:PORT, such as 127.0.0.1:50051');
});

describe("a planted mistake of the count is seen", () => {
  const ends = [
    { kind: "ok", id: 1 },
    { kind: "failed", id: 2, error: new Error("no") },
    { kind: "never", id: 3 },
  ] as const;
  it.each([
    ["a failed call counted as OK", { neverSettled: 1 }, "1 failed"],
    ["a call that never settled is forgotten", { failed: 1 }, "1 never settled"],
  ])("%s", (_, allowed, words) => {
    expect(() => countOf(ends, () => 1, {}).atMost(allowed)).toThrow(words);
  });

  it("a call that ended OK was executed twice", () => {
    expect(() => countOf([ends[0]], () => 2, {}).atMost()).toThrow("1 executed twice");
  });
});
