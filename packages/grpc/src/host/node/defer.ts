/**
 * Runs deferred tasks of a real process between two events of its loop. Owns the order only.
 *
 * Node empties the tick queue before the promise queue, so a tick alone would run before the reactions of the event.
 * A tick that is asked for by a promise reaction runs after all of them.
 */

const settled = Promise.resolve();

let tasks: (() => void)[] = [];
let batch: (() => void)[] = [];
let next = 0;

export function defer(task: () => void): void {
  if (tasks.push(task) === 1) void settled.then(askForTick);
}

function askForTick(): void {
  process.nextTick(run);
}

/** One tick runs all tasks; a task deferred by one of them belongs to the next batch. */
function run(): void {
  if (next === batch.length) {
    // What a thrown task left over comes first: `batch` is only replaced when it is spent.
    const spent = batch;
    spent.length = 0;
    batch = tasks;
    tasks = spent;
    next = 0;
  }
  try {
    while (next < batch.length) batch[next++]?.();
  } finally {
    // A task threw. Its error goes on to the process's uncaughtException; the others still run.
    if (next < batch.length) process.nextTick(run);
  }
}
