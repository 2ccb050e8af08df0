/**
 * What `holdfast explain` costs: CPU time on logs without failures and with 1 % of lines that hold one, beside GNU grep with
 * the same literals; CPU time of its start beside `node -e 0`; peak memory on a log that comes through a pipe. Each run is a
 * process of its own, the subjects take turns, and ratios are of medians of the same run.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { records } from "../packages/catalog/dist/data/records.js";
import { table } from "../packages/catalog/dist/data/signatures.js";
import { loadMatcher } from "../packages/catalog/dist/match/matcher.js";
import { median, turn } from "./medians.mjs";
import { logText } from "./subjects/log-text.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const command = here("../packages/holdfast/dist/main.js");
// A subject that hangs must not hang the bench.
const patienceMs = 120_000;

export async function explain({ rounds, logMb, streamMb }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-bench-"));
  try {
    const { literals } = loadMatcher(table);
    const escaped = literals.map((literal) => literal.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    fs.writeFileSync(path.join(folder, "choice"), `${escaped.join("|")}\n`);
    fs.writeFileSync(path.join(folder, "list"), `${escaped.join("\n")}\n`);
    const all = records.flatMap(({ signatures }) => signatures.map(({ example }) => example));
    // A bad day repeats itself: a few dozen texts. That every text of the catalog is in one log is the worst that can be.
    const few = all.filter((_, index) => index % Math.ceil(all.length / 40) === 0);
    const rows = [];
    for (const [name, hitShare, failures] of [
      ["no failures", 0, []],
      [`1 % failures, ${few.length} texts`, 0.01, few],
      [`1 % failures, ${all.length} texts`, 0.01, all],
    ]) {
      const log = path.join(folder, "log");
      fs.writeFileSync(log, logText({ bytes: logMb * 1_000_000, hitShare, failures })); // MB are millions here
      rows.push(...(await throughput({ name, log, folder, rounds, literals: literals.length })));
      fs.rmSync(log);
    }
    return [...rows, ...(await startUp(rounds)), ...(await memory(streamMb))];
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function throughput({ name, log, folder, rounds, literals }) {
  const samples = await sampled(rounds, {
    [`explain, ${name}`]: ["node", command, "explain", "--json", "--file", log],
    [`scanner alone, ${name}`]: ["node", here("./subjects/scan-file.mjs"), log],
    [`grep -E, one choice of ${literals}, ${name}`]: ["grep", "-E", "-c", "-f", path.join(folder, "choice"), log],
    [`grep -E, list of ${literals}, ${name}`]: ["grep", "-E", "-c", "-f", path.join(folder, "list"), log],
  });
  const bytes = fs.statSync(log).size;
  const greps = samples.filter(({ subject }) => subject.startsWith("grep"));
  const fastest = Math.min(...greps.map(({ cpuMs }) => cpuMs));
  return samples.map(({ out, ...row }) => ({
    ...row,
    megabytesPerSecond: Math.round(bytes / 1_000 / row.cpuMs), // bytes a millisecond are kB a second
    ratio: +(row.cpuMs / fastest).toFixed(2),
    to: "the faster grep",
    lines: /^\d+\n$/.test(out) ? Number(out) : undefined,
  }));
}

async function startUp(rounds) {
  const samples = await sampled(rounds, {
    "start, one line explained": ["node", command, "explain", "14 UNAVAILABLE: Connection dropped"],
    "start, node -e 0": ["node", "-e", "0"],
  });
  const bare = samples.at(-1)?.cpuMs ?? NaN;
  return samples.map(({ subject, cpuMs, range }) => {
    return { bench: "explain", subject, cpuMs, range, ratio: +(cpuMs / bare).toFixed(2), to: "node -e 0" };
  });
}

/** Runs each subject once a round. */
async function sampled(rounds, subjects) {
  const samples = Object.fromEntries(Object.keys(subjects).map((subject) => [subject, []]));
  const outs = {};
  // One round to warm up the file cache, not counted.
  for (let round = -1; round < rounds; round++) {
    for (const [subject, argv] of turn(subjects, Math.max(0, round))) {
      const { cpuMs, out } = await timed(argv);
      outs[subject] = out;
      if (round >= 0) samples[subject].push(cpuMs);
    }
  }
  return Object.entries(samples).map(([subject, cpuMs]) => ({
    bench: "explain",
    subject,
    cpuMs: median(cpuMs),
    range: [Math.min(...cpuMs), Math.max(...cpuMs)],
    out: outs[subject],
  }));
}

/** CPU time as the shell sees it, from the process's first instruction to its last, whatever program it is. */
async function timed([program, ...args]) {
  const argv = [program === "node" ? process.execPath : program, ...args];
  const script = 'TIMEFORMAT="%3U %3S"; exec 3>&2; time "$@" 2>&3';
  const { status, out, told } = await ended(
    spawn("bash", ["-c", `{ ${script}; } 2>&4`, "timed", ...argv], {
      stdio: ["ignore", "pipe", "inherit", "ignore", "pipe"],
      env: { ...process.env, LC_ALL: "C", NO_COLOR: "1" },
    }),
    4,
  );
  if (status > 1) throw new Error(`${argv.join(" ")} ended with status ${status}`);
  const [user, system] = told.trim().split("\n").at(-1).split(" ").map(Number);
  return { cpuMs: Math.round((user + system) * 1_000), out }; // the shell counts seconds
}

async function memory(streamMb) {
  const rows = [];
  for (const [name, hitShare] of [
    ["no failures", 0],
    ["1 % failures", 0.01],
  ]) {
    const writer = spawn(process.execPath, [here("./subjects/print-log.mjs"), streamMb, hitShare].map(String), {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const reader = spawn(
      process.execPath,
      ["--import", new URL("./subjects/tell-usage.mjs", import.meta.url).href, command, "explain", "--json"],
      { stdio: [writer.stdout, "ignore", "inherit", "pipe"] },
    );
    const { told } = await ended(reader, 3);
    writer.kill("SIGKILL");
    const { cpuMicros, peakKib } = JSON.parse(told);
    rows.push({
      bench: "explain",
      subject: `${streamMb} MB through a pipe, ${name}`,
      cpuMs: Math.round(cpuMicros / 1_000), // microseconds
      megabytesPerSecond: Math.round((streamMb * 1_000_000) / cpuMicros), // bytes a microsecond
      peakMib: Math.round(peakKib / 1_024), // KiB
    });
  }
  return rows;
}

/** Waits for the end; `told` is what the process wrote to that descriptor. */
function ended(child, descriptor) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
    const texts = { out: "", told: "" };
    child.stdout?.on("data", (data) => (texts.out += data));
    child.stdio[descriptor].on("data", (data) => (texts.told += data));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (signal === null) resolve({ status: code, ...texts });
      else reject(new Error(`${child.spawnargs.join(" ")} ended with ${signal}`));
    });
  });
}
