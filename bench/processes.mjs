/** Starts the subjects of a bench as processes of their own, and ends them. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
// A subject that is asked and does not answer must not hang the bench.
const patienceMs = 120_000;

/** A process that is spoken to by lines. `command`: a program and its arguments, or a `.mjs` of this folder and its own. */
class Subject {
  #child;
  #lines;
  #name;

  constructor([file, ...args], nodeArgs = []) {
    const script = file.endsWith(".mjs");
    const program = script ? process.execPath : file;
    this.#name = [file, ...args].join(" ");
    const all = [...(script ? [...nodeArgs, here(file)] : []), ...args.map(String)];
    this.#child = spawn(program, all, { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdin.on("error", () => undefined); // it died: `line` says so
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Asks by an empty line for the next line. */
  ask() {
    this.#child.stdin.write("\n");
    return this.line();
  }

  async line() {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), patienceMs);
    const { value, done } = await this.#lines.next();
    clearTimeout(timer);
    if (done) throw new Error(`${this.#name} ended early`);
    return value;
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = new Promise((resolve) => this.#child.once("close", resolve));
    this.#child.kill("SIGKILL");
    await closed;
  }

  /** Ends its standard input, at which every subject ends by itself. */
  async end() {
    this.#child.stdin.end();
    if (this.#child.exitCode === null) await new Promise((resolve) => this.#child.once("close", resolve));
  }
}

/** Starts a server that prints its port, then answers each line on its standard input with its CPU time. */
export async function startServer(command, nodeArgs) {
  const subject = new Subject(command, nodeArgs);
  const port = Number(await subject.line());
  return {
    port,
    cpuMicros: async () => JSON.parse(await subject.ask()).cpuMicros,
    stop: () => subject.stop(),
    /** Lets it end by itself, so that what it writes on the way out (a profile) is whole. */
    end: () => subject.end(),
  };
}

/** Starts a client that says `ready`, does its work when asked to, and tells in JSON what it took. */
export async function startClient(command, nodeArgs) {
  const subject = new Subject(command, nodeArgs);
  await expectReady(subject);
  return {
    run: async () => JSON.parse(await subject.ask()),
    stop: () => subject.stop(),
    end: () => subject.end(),
  };
}

/** Starts such a client, lets it work, and ends it. */
export async function runClient(command) {
  const client = await startClient(command);
  try {
    return await client.run();
  } finally {
    await client.stop();
  }
}

/** Runs the client of `limit/`, which has its own way of telling. */
export async function runLimitClient(port, calls, inFlight) {
  const subject = new Subject(["./limit/limit-client.mjs", port, calls, inFlight]);
  try {
    const { callsPerSecond, cpuMicrosPerCall } = JSON.parse(await subject.line());
    return { units: calls, seconds: calls / callsPerSecond, cpuMicros: calls * cpuMicrosPerCall };
  } finally {
    await subject.stop();
  }
}

async function expectReady(subject) {
  const line = await subject.line();
  if (line !== "ready") throw new Error(`a client said ${JSON.stringify(line)}, expected "ready"`);
}
