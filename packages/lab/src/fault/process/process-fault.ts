/**
 * Owns what happens to a whole process: a signal, being stopped for a while, an event loop that does not turn. Acts on one
 * process by its id, and on none that is gone. Does not own starting it (`../../demo/children.ts`).
 */

import type { ChildProcess } from "node:child_process";

/** Ends by SIGTERM: what a restart sends first. */
export function terminate(child: ChildProcess): boolean {
  return child.kill("SIGTERM");
}

/** Ends at once, without a word to its peers but the kernel's RST. */
export function kill(child: ChildProcess): boolean {
  return child.kill("SIGKILL");
}

/**
 * Stops every thread of it for so long, as a long pause of a garbage collector or of a virtual machine does: TCP goes on, the
 * program does not. Resolves when it runs again, or is gone.
 */
export async function stopFor(child: ChildProcess, stoppedMs: number): Promise<void> {
  if (!child.kill("SIGSTOP")) return;
  const goOn = (): void => void child.kill("SIGCONT");
  // A process that stays stopped outlives its parent, and no SIGTERM ends it.
  process.once("exit", goOn);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, stoppedMs);
    child.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
  });
  process.off("exit", goOn);
  goOn();
}
