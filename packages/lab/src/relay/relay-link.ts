/**
 * Owns one relayed connection: two ends, a lane each way, the faults on them, and when it is over. Does not own listening and
 * connecting (`relay.ts`) nor what any one fault does (`../fault`).
 */

import type { Direction, Fault, RelayedFrame } from "../fault/fault.ts";
import { code, frameHeaderBytes, frameType, rstStreamFrame, windowUpdateFrame } from "../peer/frame.ts";
import { Attachment, type LinkVerbs } from "./attachment.ts";
import { FrameStage } from "./frame-stage.ts";
import { Lane } from "./lane.ts";
import type { RelayEnd } from "./relay-end.ts";

export interface LinkEvents {
  tell(fault: string, what: string): void;
  /** As the client sees it: what it sent, what was written to it. */
  onClientBytes(from: "client" | "server", bytes: Uint8Array): void;
  onClientEnd(from: "client" | "server", how: "FIN" | "RST"): void;
  onOver(): void;
}

/** Of streams that a fault has taken, the newest so many are remembered. */
const maxTaken = 100_000;
const opposite = { "to-client": "to-server", "to-server": "to-client" } as const;

export class RelayLink implements LinkVerbs {
  readonly ordinal: number;
  readonly #events: LinkEvents;
  readonly #ends: Readonly<Record<Direction, RelayEnd>>;
  readonly #lanes: Readonly<Record<Direction, Lane>>;
  readonly #stages: Readonly<Record<Direction, FrameStage>>;
  readonly #taken = new Set<number>();
  #attached: readonly Attachment[] = [];
  #translates = false;
  #newestAtServer = 0;
  #isOver = false;

  constructor(ordinal: number, client: RelayEnd, server: RelayEnd, events: LinkEvents) {
    this.ordinal = ordinal;
    this.#events = events;
    // By the direction whose bytes an end receives.
    this.#ends = { "to-client": client, "to-server": server };
    this.#lanes = { "to-client": this.#lane("to-client"), "to-server": this.#lane("to-server") };
    this.#stages = { "to-client": this.#stage("to-client"), "to-server": this.#stage("to-server") };
  }

  /** Begins to carry; before this nothing is read. */
  start(): void {
    if (this.#isOver) return;
    this.#listen("to-server");
    this.#listen("to-client");
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes the faults off that are on, and puts others on. `randomOf`: the chance of the n-th. */
  use(faults: readonly Fault[], randomOf: (index: number) => () => number): void {
    if (this.#isOver) return;
    for (const each of this.#attached) each.takeOff();
    this.#attached = [];
    const attached = faults.map((fault, index) => new Attachment(fault, this, randomOf(index)));
    if (this.#isOver) {
      for (const each of attached) each.close();
      return;
    }
    this.#attached = attached;
    const hooks = attached.map((each) => each.hooks);
    this.#translates ||= hooks.some(({ onFrame }) => onFrame !== undefined);
    this.#lanes["to-client"].use(hooks);
    this.#lanes["to-server"].use(hooks);
  }

  inject(direction: Direction, bytes: Uint8Array): void {
    if (!this.#lanes[direction].isOpen) return;
    if (!this.#stages[direction].inject(bytes)) this.tell("relay", `no frame can be written ${direction}: not HTTP/2`);
  }

  cut(direction: Direction, how: "fin" | "reset"): void {
    this.#lanes[direction].cut(how);
    if (how === "reset") this.#finish();
  }

  silence(direction: Direction): () => void {
    return this.#lanes[direction].silence();
  }

  take(streamId: number): void {
    if (this.#taken.has(streamId)) return;
    this.#taken.add(streamId);
    if (this.#taken.size > maxTaken) for (const oldest of [...this.#taken].slice(0, 1)) this.#taken.delete(oldest);
    if (streamId <= this.#newestAtServer) this.inject("to-server", rstStreamFrame(streamId, code.CANCEL));
  }

  isTaken(streamId: number): boolean {
    return this.#taken.has(streamId);
  }

  tell(fault: string, what: string): void {
    this.#events.tell(fault, what);
  }

  /** Ends both halves at once. */
  close(): void {
    this.#finish();
    this.#ends["to-client"].destroy();
    this.#ends["to-server"].destroy();
  }

  #lane(direction: Direction): Lane {
    const source = this.#ends[opposite[direction]];
    return new Lane(direction, source, this.#ends[direction], {
      onWritten: (bytes) => {
        if (direction === "to-client") this.#events.onClientBytes("server", bytes);
      },
      onEnded: (how) => {
        if (direction === "to-client") this.#events.onClientEnd("server", how === "fin" ? "FIN" : "RST");
        if (how === "reset" || !this.#lanes[opposite[direction]].isOpen) this.#finish();
      },
    });
  }

  #stage(direction: Direction): FrameStage {
    const isTranslating = (): boolean => this.#translates;
    return new FrameStage(direction, {
      judge: (each) => this.#judge(each, direction),
      out: (bytes) => this.#lanes[direction].push(bytes),
      onStranger: (why) => this.tell("relay", why),
      get translates() {
        return isTranslating();
      },
    });
  }

  #listen(direction: Direction): void {
    const { stream } = this.#ends[opposite[direction]];
    const fromClient = direction === "to-server";
    stream.on("data", (chunk: Buffer) => {
      if (fromClient) this.#events.onClientBytes("client", chunk);
      if (this.#lanes[direction].isOpen) this.#stages[direction].push(chunk);
    });
    stream.on("end", () => {
      if (fromClient) this.#events.onClientEnd("client", "FIN");
      this.#stages[direction].end();
      this.#lanes[direction].end("fin");
    });
    stream.on("error", () => {
      if (this.#isOver) return;
      if (fromClient) this.#events.onClientEnd("client", "RST");
      // Who has gone by RST takes nothing any more.
      this.#lanes[opposite[direction]].close();
      this.#lanes[direction].end("reset");
    });
  }

  /** Each fault sees what the ones before it let through; a stream that was taken is seen by none. */
  #judge(first: RelayedFrame, direction: Direction): "pass" | "drop" | readonly Uint8Array[] {
    if (first.streamId !== 0 && this.isTaken(first.streamId)) {
      this.#credit(first, [], direction);
      return "drop";
    }
    let isUntouched = true;
    let frames: readonly Uint8Array[] = [];
    for (const { hooks } of this.#attached) {
      if (hooks.onFrame === undefined || (isUntouched && this.isTaken(first.streamId))) continue;
      if (isUntouched) {
        const verdict = hooks.onFrame(first, direction);
        if (verdict === undefined) continue;
        isUntouched = false;
        frames = verdict === "drop" ? [] : verdict;
      } else frames = frames.flatMap((each) => shown(hooks.onFrame?.(readFrame(each), direction), each));
    }
    const isStarved = !isUntouched && frames.length === 0;
    // A fault may have taken the stream while it looked at the frame.
    if (first.streamId !== 0 && this.isTaken(first.streamId) && isUntouched) {
      this.#credit(first, [], direction);
      return "drop";
    }
    if (isUntouched) {
      if (direction === "to-server" && first.type === frameType.HEADERS) this.#heardOf(first.streamId);
      return "pass";
    }
    this.#credit(first, frames, direction);
    return isStarved ? "drop" : frames;
  }

  #heardOf(streamId: number): void {
    this.#newestAtServer = Math.max(this.#newestAtServer, streamId);
  }

  /** DATA that never arrives is never credited by who would have got it (RFC 9113 §6.9), so the relay does it. */
  #credit(frame: RelayedFrame, instead: readonly Uint8Array[], direction: Direction): void {
    if (frame.type !== frameType.DATA) return;
    const passed = instead.map(readFrame).filter(({ type }) => type === frameType.DATA);
    const missing = frame.payload.byteLength - passed.reduce((sum, { payload }) => sum + payload.byteLength, 0);
    if (missing > 0) this.inject(opposite[direction], windowUpdateFrame(0, missing));
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const each of this.#attached) each.close();
    for (const direction of ["to-client", "to-server"] as const) {
      this.#lanes[direction].close();
      this.#ends[direction].settle();
    }
    this.#events.onOver();
  }
}

function shown(verdict: "drop" | readonly Uint8Array[] | void, itself: Uint8Array): readonly Uint8Array[] {
  if (verdict === undefined) return [itself];
  return verdict === "drop" ? [] : verdict;
}

function readFrame(bytes: Uint8Array): RelayedFrame {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    type: view.readUInt8(3),
    flags: view.readUInt8(4),
    streamId: view.readUInt32BE(5) & 0x7fff_ffff,
    payload: view.subarray(frameHeaderBytes),
  };
}
