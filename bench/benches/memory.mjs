/**
 * Resident memory of a connection, idle and with one open stream: the slope between few and many connections of one
 * process, after garbage collection, beside grpc-js. The other end is the same bare sockets for both.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const few = 1_000;
const many = 7_000;
// What Node, the listener and IPC have open besides.
const otherDescriptors = 200;
const patienceMs = 120_000;

export async function memory() {
  const to = Math.min(many, descriptors() - otherDescriptors);
  if (to < 2 * few) throw new Error(`memory: ${descriptors()} file descriptors are too few (ulimit -Hn)`);
  const rows = [];
  for (const role of ["client", "server"]) {
    for (const streams of [0, 1]) {
      const [theirs, ours] = [await slope("grpc-js", role, streams, to), await slope("holdfast", role, streams, to)];
      for (const [subject, kib] of [
        ["holdfast", ours],
        ["grpc-js", theirs],
      ]) {
        rows.push({
          bench: "memory",
          role,
          subject,
          streams,
          connections: [few, to],
          rssKib: +kib.rss.toFixed(1),
          ofGrpcJs: +(kib.rss / theirs.rss).toFixed(2),
          heapKib: +kib.heap.toFixed(1),
          heapOfGrpcJs: +(kib.heap / theirs.heap).toFixed(2),
        });
      }
    }
  }
  return rows;
}

/** KiB for each connection more. */
async function slope(subject, role, streams, to) {
  const subjectProcess = start("../subjects/memory-subject.mjs", [subject, role], ["--expose-gc"]);
  const peer = start("../subjects/memory-peer.mjs", []);
  try {
    const points = [];
    let opened = 0;
    const port = (await ask(role === "client" ? peer : subjectProcess, { listen: true })).port;
    for (const total of [few, to]) {
      if (role === "client") {
        // In steps, so that no accept queue overflows.
        for (; opened < total; opened += few) {
          await ask(subjectProcess, { open: Math.min(few, total - opened), port, streams });
          await until(peer, streams ? "streams" : "greeted", Math.min(total, opened + few));
        }
        opened = total;
      } else {
        await ask(peer, { connect: port, total, streams });
        if (streams) await until(subjectProcess, "calls", total);
      }
      points.push(await ask(subjectProcess, { measure: true }));
    }
    const [first, last] = points;
    const kibOf = (pick) => (pick(last) - pick(first)) / (to - few) / 1_024; // octets in a KiB
    return { rss: kibOf(({ rss }) => rss), heap: kibOf(({ heapUsed, external }) => heapUsed + external) };
  } finally {
    for (const child of [subjectProcess, peer]) {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
  }
}

function start(file, args, execArgv = []) {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv, stdio: "inherit" });
}

async function ask(child, message) {
  const answer = once(child, "message");
  child.send(message);
  const late = sleep(patienceMs, undefined, { ref: false }).then(() => {
    throw new Error(`memory: no answer to ${JSON.stringify(message)} within ${patienceMs} ms`);
  });
  return (await Promise.race([answer, late]))[0];
}

async function until(child, count, wanted) {
  for (const endMs = performance.now() + patienceMs; performance.now() < endMs; await sleep(100)) {
    if ((await ask(child, {}))[count] >= wanted) return;
  }
  throw new Error(`memory: ${count} did not become ${wanted} within ${patienceMs} ms`);
}

/** How many a process may have: Node raises the soft limit to the hard one by itself. */
function descriptors() {
  if (!fs.existsSync("/proc/self/limits")) return many + otherDescriptors;
  const [, hard] = /^Max open files\s+\S+\s+(\d+)/m.exec(fs.readFileSync("/proc/self/limits", "utf8")) ?? [];
  return Number(hard ?? Infinity);
}
