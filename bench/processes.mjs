/** Starts the subjects of a bench as processes of their own, and ends them. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
// A subject that hangs must not hang the bench.
const patienceMs = 60_000;

/** Runs a client to its end and returns the JSON that it printed. */
export function runClient(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [here(file), ...args.map(String)], { stdio: ["ignore", "pipe", "inherit"] });
    const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    let out = "";
    child.stdout.on("data", (data) => (out += data));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const line = out.trim().split("\n").at(-1) ?? "";
      if (code === 0 && line.startsWith("{")) resolve(JSON.parse(line));
      else reject(new Error(`${file} ended with ${signal ?? `status ${code}`} and printed ${JSON.stringify(line)}`));
    });
  });
}

/** Starts a server that prints its port, then answers each line on its standard input with its CPU time. */
export async function startServer(file) {
  const child = spawn(process.execPath, [here(file)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${file} ended early`);
    return value;
  };
  const port = Number(await next());
  return {
    port,
    async cpuMicros() {
      child.stdin.write("\n");
      return JSON.parse(await next()).cpuMicros;
    },
    async stop() {
      const closed = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGKILL");
      await closed;
    },
  };
}
