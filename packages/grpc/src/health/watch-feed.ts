/**
 * What one call of Watch is told, as an iterator that waits for changes. Keeps no history: who reads slowly finds the
 * newest state, not those in between.
 */
import type { StatusError } from "../report/status-error.ts";
import { type ServingStatus, statusNumber, type StatusNumber } from "./serving-status.ts";
import type { StatusBoard, Watcher } from "./status-board.ts";

interface Update {
  readonly status: StatusNumber;
}

type Result = IteratorResult<Update, undefined>;

export class WatchFeed implements AsyncIterableIterator<Update, undefined>, Watcher {
  readonly #board: StatusBoard;
  readonly #service: string;
  readonly #defer: (task: () => void) => void;
  readonly #onOver: () => void;
  #last: ServingStatus | undefined;
  #parked: { resolve: (result: Result) => void; reject: (error: StatusError) => void } | undefined;
  #over: "no" | "after-the-newest" | "yes" = "no";
  #error: StatusError | undefined;

  /** @param defer Settled promises run code of others, so they settle in turns of their own. */
  constructor(board: StatusBoard, service: string, defer: (task: () => void) => void, onOver: () => void) {
    this.#board = board;
    this.#service = service;
    this.#defer = defer;
    const unwatch = board.watch(service, this);
    this.#onOver = () => {
      unwatch();
      onOver();
    };
  }

  wake(): void {
    if (this.#parked !== undefined) this.#defer(() => this.#settle());
  }

  /** Ends with an error, once the newest state was told. */
  fail(error: StatusError): void {
    if (this.#over !== "no") return;
    this.#over = "after-the-newest";
    this.#error = error;
    this.wake();
  }

  /** Ends now: nobody listens any more. */
  stop(): void {
    if (this.#over === "yes") return;
    this.#over = "yes";
    this.#onOver();
    this.wake();
  }

  next(): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#parked = { resolve, reject };
      this.#settle();
    });
  }

  return(): Promise<Result> {
    this.stop();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #settle(): void {
    const parked = this.#parked;
    if (parked === undefined) return;
    const status = this.#board.told(this.#service);
    const isNews = this.#over !== "yes" && status !== this.#last;
    if (!isNews && this.#over === "no") return;
    this.#parked = undefined;
    if (isNews) {
      this.#last = status;
      parked.resolve({ done: false, value: { status: statusNumber(status) } });
      return;
    }
    this.stop();
    if (this.#error === undefined) parked.resolve({ done: true, value: undefined });
    else parked.reject(this.#error);
  }
}
