/** Sends what a handler yields, at the speed of its reader. Owns the loop; the iterator is closed however it ends. */

/** Where the pieces go. */
export interface Outlet<T> {
  /** False: better wait for `room` before sending more. */
  send(piece: T): boolean;
  /** Settles when there is room again, or when nothing can be sent any more. */
  room(): Promise<void>;
  /** Nothing can be sent any more. */
  readonly over: boolean;
}

export async function sendAll<T>(pieces: AsyncIterable<T> | Iterable<T>, outlet: Outlet<T>): Promise<void> {
  for await (const piece of pieces) {
    if (outlet.over) return;
    if (!outlet.send(piece)) await outlet.room();
    // Asked again, so that an iterator learns of the end (its `return` is called) before it makes the next piece.
    if (outlet.over) return;
  }
}
