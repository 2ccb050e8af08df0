/** The one method of the benches: bytes in, bytes out, under the name that the limit loops know. */
const same = (bytes) => bytes;

export const service = {
  say: {
    path: "/t.T/Say",
    requestStream: false,
    responseStream: false,
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  },
};

export const message = Buffer.from([10, 3, 97, 98, 99]);

/** Runs `calls` of `call` with so many in flight, after a warm-up, and prints one JSON line as the limit client does. */
export async function measure(client, call, calls, inFlight) {
  const run = async (count) => {
    let started = 0;
    const worker = async () => {
      while (started < count) {
        started++;
        await call();
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
  };
  await run(Math.min(calls, 2_000));
  const cpu = process.cpuUsage();
  const begin = process.hrtime.bigint();
  await run(calls);
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const used = process.cpuUsage(cpu);
  const cpuMicrosPerCall = +((used.user + used.system) / calls).toFixed(2);
  console.log(JSON.stringify({ client, calls, callsPerSecond: Math.round(calls / seconds), cpuMicrosPerCall }));
}

/** Lets the bench ask a server process for its CPU time: one JSON line for each line on standard input. */
export function answerCpuQuestions() {
  process.stdin.on("data", () => {
    const { user, system } = process.cpuUsage();
    console.log(JSON.stringify({ cpuMicros: user + system }));
  });
  process.stdin.on("end", () => process.exit(0));
}
