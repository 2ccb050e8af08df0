/** Ends what does not end by itself: synchronous code that loops is interrupted, as V8 does it for scripts. */

import vm from "node:vm";

// An execution takes a millisecond; on a busy machine perhaps a hundred.
const mostMs = 10_000;

/** What was interrupted; what it left behind may be half done. */
export class Endless extends Error {
  override readonly name = "Endless";
}

const script = new vm.Script("globalThis[Symbol.for('holdfast.fuzz.work')]()");
const place = Symbol.for("holdfast.fuzz.work");

/** The value of `work`; throws `Endless` when it has not ended after 10 s, or what `work` throws. */
export function withinTime<T>(work: () => T): T {
  const room = globalThis as unknown as Record<symbol, () => T>;
  room[place] = work;
  try {
    return script.runInThisContext({ timeout: mostMs }) as T;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      throw new Endless(`it did not end within ${mostMs / 1_000} s`);
    }
    throw error;
  }
}
