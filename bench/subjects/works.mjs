/** What a client under test is made to do. Each says how to warm up, and how many units of its work a run was. */
import { performance } from "node:perf_hooks";
import { streamedMessages } from "./message.mjs";

/** So many `call`s, with so many in flight. */
export async function runCalls(call, calls, inFlight) {
  let started = 0;
  const worker = async () => {
    while (started < calls) {
      started++;
      await call();
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, calls) }, worker));
}

/**
 * By then V8 has compiled what is hot. Nodes 20 and 22 have after 10,000 calls; Node 24 takes some 30,000, in which every
 * subject costs more: our unary client 21 µs a call between the 10,000th and the 20,000th, and 9 from the 30,000th on.
 */
export const warmUpCalls = 40_000;
const warmUpStreams = 10; // of 10,000 messages

export const works = {
  /** Unit: a call. */
  unary: (client, { calls, inFlight }) => ({
    warmUp: () => runCalls(client.unary, warmUpCalls, inFlight),
    async run() {
      await runCalls(client.unary, calls, inFlight);
      return calls;
    },
  }),

  /** The same one by one, and how long each took. */
  alone(client, { calls }) {
    const took = new Float64Array(calls);
    return {
      warmUp: () => runCalls(client.unary, warmUpCalls, 1),
      async run() {
        for (let i = 0; i < calls; i++) {
          const begin = performance.now();
          await client.unary();
          took[i] = performance.now() - begin;
        }
        return calls;
      },
      more() {
        took.sort();
        const micros = (share) => +(took[Math.floor(calls * share)] * 1_000).toFixed(1); // ms to µs
        return { p50Micros: micros(0.5), p99Micros: micros(0.99) };
      },
    };
  },

  /** Unit: a message of a server-streaming call. */
  stream: (client, { calls }) => ({
    warmUp: () => streams(client, warmUpStreams),
    run: () => streams(client, calls),
  }),

  /** Unit: a byte that the server answered with. */
  fetch: (client, { calls, bytes }) => ({
    warmUp: () => warmUpBySize(client, (size) => client.fetch(size), bytes),
    async run() {
      await inTurn(() => client.fetch(bytes), calls);
      return calls * bytes;
    },
  }),

  /** Unit: a byte that was sent. */
  push(client, { calls, bytes }) {
    const message = Buffer.alloc(bytes, 0x61);
    return {
      warmUp: () => warmUpBySize(client, (size) => client.push(message.subarray(0, size)), bytes),
      async run() {
        await inTurn(() => client.push(message), calls);
        return calls * bytes;
      },
    };
  },
};

async function inTurn(call, calls) {
  for (let i = 0; i < calls; i++) await call();
}

/** As many calls as any other client has made by then, and 400 MB of large ones: some 25,000 frames. */
async function warmUpBySize({ oneSize = false }, call, bytes) {
  if (!oneSize) await inTurn(() => call(100), warmUpCalls);
  await inTurn(() => call(bytes), Math.ceil(400_000_000 / bytes));
}

async function streams(client, calls) {
  let messages = 0;
  for (let i = 0; i < calls; i++) {
    const count = await client.stream();
    if (count !== streamedMessages) throw new Error(`${count} messages came, expected ${streamedMessages}`);
    messages += count;
  }
  return messages;
}
