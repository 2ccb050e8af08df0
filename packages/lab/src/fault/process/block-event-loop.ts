/**
 * Owns blocking the event loop of a Node child: the child is started with `--import` of this module's twin, and told over its
 * IPC channel. Does not own starting it.
 */

import type { ChildProcess } from "node:child_process";

/** What a Node child is started with, besides an IPC channel: `node ...blockableArguments program.js`. */
export const blockableArguments: readonly string[] = ["--import", new URL("./blockable.js", import.meta.url).href];

/** The message that `blockable.ts` waits for. */
export interface BlockOrder {
  readonly holdfastBlockMs: number;
}

/** Keeps the event loop busy for so long: nothing is read, nothing is written, no timer runs. False if it cannot be told. */
export function blockEventLoop(child: ChildProcess, blockedMs: number): boolean {
  if (child.send === undefined || !child.connected) return false;
  const order: BlockOrder = { holdfastBlockMs: blockedMs };
  return child.send(order);
}
