/**
 * Owns one direction of a relayed connection: bytes from one socket through the faults to the other, with a slow receiver
 * slowing the sender, and with the end carried as it came: FIN as FIN, RST as RST. Does not own frames (`frame-stage.ts`).
 */

import type { Direction, FaultHooks } from "../fault/fault.ts";
import type { RelayEnd } from "./relay-end.ts";
import { type LaneItem, TimedStage } from "./timed-stage.ts";

/** 1 MiB waits in the faults of a direction before its sender is held up; a quarter of it, and the sender goes on. */
const highBytes = 1_048_576;
const lowBytes = highBytes / 4;

export interface LaneEvents {
  /** Written to the receiver. */
  onWritten(bytes: Uint8Array): void;
  onEnded(how: "fin" | "reset"): void;
}

/** A fault on this lane: who lets what through, and what of it waits. */
interface Step {
  readonly hooks: FaultHooks;
  readonly stage: TimedStage;
}

export class Lane {
  readonly direction: Direction;
  readonly #source: RelayEnd;
  readonly #sink: RelayEnd;
  readonly #events: LaneEvents;
  #steps: readonly Step[] = [];
  #silencers = 0;
  /** What came to a silenced end. */
  #held: LaneItem[] = [];
  #waitingBytes = 0;
  /** `finished`: its receiver got FIN; what the sender still sends is read and thrown away. */
  #state: "open" | "finished" | "over" = "open";
  #isSourceHeld = false;

  constructor(direction: Direction, source: RelayEnd, sink: RelayEnd, events: LaneEvents) {
    this.direction = direction;
    this.#source = source;
    this.#sink = sink;
    this.#events = events;
    sink.stream.on("drain", () => this.#ease());
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  /** Puts other faults on the lane; what waits in the old ones goes on at once, in its order. */
  use(hooks: readonly FaultHooks[]): void {
    const waiting = this.#steps.toReversed().flatMap(({ stage }) => stage.take());
    this.#steps = hooks
      .filter(({ onBytes, onFin }) => onBytes !== undefined || onFin !== undefined)
      .map((each, index) => ({ hooks: each, stage: new TimedStage((item) => this.#from(index + 1, item)) }));
    for (const item of waiting) this.#arrive(item);
  }

  /** Bytes that have passed the faults of frames. */
  push(bytes: Uint8Array): void {
    if (this.#state !== "open" || bytes.byteLength === 0) return;
    this.#waitingBytes += bytes.byteLength;
    this.#from(0, { kind: "bytes", bytes });
    this.#hold();
  }

  /** The sender's own end, behind all that it sent. */
  end(how: "fin" | "reset"): void {
    if (this.#state === "open") this.#from(0, { kind: how });
    // RST comes after FIN where a sender has closed, and then was written to.
    else if (how === "reset") this.#finish(how);
  }

  /** A fault's end: at once, and what waits is lost. */
  cut(how: "fin" | "reset"): void {
    this.#forget();
    this.#silencers = 0;
    this.#finish(how);
    this.#release();
  }

  /** The lane is closed towards its receiver until the returned function is called. */
  silence(): () => void {
    let isSilent = true;
    this.#silencers++;
    return () => {
      if (!isSilent || this.#state !== "open") return;
      isSilent = false;
      this.#silencers = Math.max(0, this.#silencers - 1);
      if (this.#silencers > 0) return;
      for (const item of this.#held.splice(0)) this.#write(item);
    };
  }

  /** The connection is over. */
  close(): void {
    this.#state = "over";
    this.#forget();
  }

  #forget(): void {
    for (const { stage } of this.#steps) stage.take();
    this.#held = [];
    this.#waitingBytes = 0;
  }

  #from(index: number, item: LaneItem): void {
    if (this.#state !== "open") return;
    const step = this.#steps[index];
    if (step === undefined) this.#arrive(item);
    else if (item.kind === "bytes") this.#through(step, item.bytes);
    else if (item.kind === "reset" || step.hooks.onFin?.(this.direction) !== "hold") step.stage.push(item);
  }

  #through({ hooks, stage }: Step, bytes: Uint8Array): void {
    const verdict = hooks.onBytes?.(bytes, this.direction);
    if (verdict === undefined) stage.push({ kind: "bytes", bytes });
    else if (verdict === "drop") this.#waitingBytes -= bytes.byteLength;
    else {
      this.#waitingBytes -= bytes.byteLength;
      for (const piece of verdict) {
        this.#waitingBytes += piece.bytes.byteLength;
        stage.push({ kind: "bytes", bytes: piece.bytes }, piece.afterMs, piece.gapMs);
      }
    }
    if (this.#waitingBytes <= lowBytes) this.#release();
  }

  #arrive(item: LaneItem): void {
    if (this.#state !== "open") return;
    if (this.#silencers > 0) this.#held.push(item);
    else this.#write(item);
  }

  #write(item: LaneItem): void {
    if (this.#state !== "open") return;
    if (item.kind !== "bytes") return this.#finish(item.kind);
    this.#waitingBytes -= item.bytes.byteLength;
    if (!this.#sink.stream.writable) return;
    this.#sink.stream.write(item.bytes);
    this.#events.onWritten(item.bytes);
    this.#ease();
  }

  #finish(how: "fin" | "reset"): void {
    if (this.#state === "over" || (this.#state === "finished" && how === "fin")) return;
    this.#state = how === "fin" ? "finished" : "over";
    if (how === "fin") this.#sink.fin();
    else this.#sink.reset();
    this.#events.onEnded(how);
  }

  #hold(): void {
    if (this.#state !== "open" || this.#isSourceHeld) return;
    if (this.#waitingBytes < highBytes && !this.#sink.stream.writableNeedDrain) return;
    this.#isSourceHeld = true;
    this.#source.stream.pause();
  }

  #ease(): void {
    if (this.#waitingBytes <= lowBytes && !this.#sink.stream.writableNeedDrain) this.#release();
  }

  #release(): void {
    if (!this.#isSourceHeld) return;
    this.#isSourceHeld = false;
    this.#source.stream.resume();
  }
}
