/**
 * Owns which answers a fault of single streams meddles with: chance by stream, a number of them to be left alone at first, and
 * at most so many.
 */

import type { Direction, RelayedConnection, RelayedFrame } from "./fault.ts";
import { count } from "./parameter.ts";
import { endsStream, isNewRequest } from "./requests.ts";

export const answerParameters = {
  skip: count("the first so many requests of a connection are left alone", 0, 0),
  times: count("at most so many streams of a connection; default: all", undefined),
};

export interface AnswerValues {
  readonly skip: number;
  readonly times: number | undefined;
  readonly probability: number;
}

export class ChosenStreams {
  readonly #values: AnswerValues;
  readonly #connection: RelayedConnection;
  readonly #chosen = new Set<number>();
  #newestStreamId = 0;
  #seen = 0;
  #done = 0;

  constructor(values: AnswerValues, connection: RelayedConnection) {
    this.#values = values;
    this.#connection = connection;
  }

  /** True if the frame begins a request that is chosen. */
  begins(frame: RelayedFrame, direction: Direction): boolean {
    if (!isNewRequest(frame, direction, this.#newestStreamId)) return false;
    this.#newestStreamId = frame.streamId;
    const { skip, times = Number.POSITIVE_INFINITY, probability } = this.#values;
    if (++this.#seen <= skip || this.#done >= times) return false;
    if (probability < 1 && this.#connection.random() >= probability) return false;
    this.#done++;
    this.#chosen.add(frame.streamId);
    return true;
  }

  /** True of a frame of a chosen answer; one that ends it is the last. */
  answers(frame: RelayedFrame, direction: Direction): boolean {
    if (direction !== "to-client" || !this.#chosen.has(frame.streamId)) return false;
    if (endsStream(frame)) this.#chosen.delete(frame.streamId);
    return true;
  }

  forget(streamId: number): void {
    this.#chosen.delete(streamId);
  }
}
