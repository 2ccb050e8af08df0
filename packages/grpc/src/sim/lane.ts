/**
 * One direction of one connection: the packets on their way, in order. Owns loss: what a blocked link swallowed is sent
 * again when the link is healed, at the moment TCP's own retransmission would, and given up after `giveUpMs`.
 */

import type { Endpoint } from "./endpoint.ts";
import { Scheduled } from "./event-queue.ts";
import type { Direction } from "./link.ts";
import type { Loop } from "./loop.ts";

export type PacketKind = "syn" | "syn-ack" | "ack" | "data" | "fin" | "rst";

interface Packet {
  readonly kind: PacketKind;
  readonly bytes: Uint8Array | undefined;
  atMs: number;
}

/** What the middle of the network remembers of a connection. */
export interface Flow {
  lastPacketMs: number;
  forgotten: "silent" | "rst" | undefined;
}

// RFC 6298 §2.4 asks for at least 1 s; Linux takes 200 ms (TCP_RTO_MIN), doubles it, and stops at 120 s (TCP_RTO_MAX).
const firstRetransmitMs = 200;
const longestRetransmitMs = 120_000;

export class Lane extends Scheduled {
  readonly to: Endpoint;
  readonly direction: Direction;
  readonly flow: Flow;
  readonly #loop: Loop;
  readonly #from: Endpoint;
  #packets: Packet[] = [];
  #first = 0;
  /** Swallowed, to be sent again. Not empty: everything later waits behind it. */
  #lost: Packet[] = [];
  #lostSinceMs = 0;
  #ackLost = false;
  #resend: Resend | undefined;

  constructor(loop: Loop, from: Endpoint, to: Endpoint, direction: Direction, flow: Flow) {
    super();
    this.#loop = loop;
    this.#from = from;
    this.to = to;
    this.direction = direction;
    this.flow = flow;
    direction.lanes.add(this);
  }

  get from(): Endpoint {
    return this.#from;
  }

  send(kind: PacketKind, bytes?: Uint8Array): void {
    const pieceBytes = this.direction.splitBytes;
    if (bytes === undefined || bytes.length <= pieceBytes) {
      this.#sendOne({ kind, bytes, atMs: 0 });
      return;
    }
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      this.#sendOne({ kind, bytes: bytes.subarray(at, at + pieceBytes), atMs: 0 });
    }
  }

  /** Whether an acknowledgement gets through now; if not, the next resend makes up for it. */
  acknowledges(): boolean {
    if (!this.#passes()) {
      this.#lose();
      this.#ackLost = true;
      return false;
    }
    return true;
  }

  /** Whether something waits for a resend. */
  get hasLost(): boolean {
    return this.#lost.length > 0 || this.#ackLost;
  }

  /** The link works again: the next retransmission will get through. */
  healed(): void {
    if (!this.hasLost || this.#resend !== undefined) return;
    let waitMs = firstRetransmitMs;
    let atMs = this.#lostSinceMs + waitMs;
    while (atMs <= this.#loop.nowMs) {
      waitMs = Math.min(2 * waitMs, longestRetransmitMs);
      atMs += waitMs;
    }
    this.#resend = new Resend(() => this.#sendAgain());
    this.#loop.at(this.#resend, atMs);
  }

  /** Nothing is sent again: the sender forgot the connection. */
  abandon(): void {
    this.#lost = [];
    this.#ackLost = false;
    this.direction.lanes.delete(this);
  }

  fire(): void {
    const packets = this.#packets;
    const packet = packets[this.#first];
    if (packet === undefined) return;
    this.#advance();
    if (!this.to.machine.up) {
      this.#keep(packet);
    } else {
      this.to.arrive(packet.kind, packet.bytes);
      if (this.direction.coalesceMs > 0) this.#arriveTogether(packet.atMs);
    }
    const next = this.#packets[this.#first];
    if (next !== undefined) this.#loop.at(this, next.atMs);
  }

  #advance(): void {
    this.#first++;
    if (this.#first < this.#packets.length) return;
    this.#packets.length = 0;
    this.#first = 0;
  }

  #arriveTogether(atMs: number): void {
    for (;;) {
      const packet = this.#packets[this.#first];
      if (packet === undefined || packet.atMs !== atMs) return;
      this.#advance();
      this.to.arrive(packet.kind, packet.bytes);
    }
  }

  #sendOne(packet: Packet): void {
    if (this.#lost.length > 0 || !this.#passes()) {
      this.#keep(packet);
      return;
    }
    packet.atMs = this.direction.arrivalMs(this.#loop.nowMs, packet.bytes?.length ?? 0);
    // TCP puts packets back into order, so a fast one waits behind a slow one: only the first has a place in the queue.
    this.#packets.push(packet);
    if (this.#packets.length - this.#first === 1) this.#loop.at(this, packet.atMs);
  }

  #passes(): boolean {
    const { direction, flow } = this;
    const nowMs = this.#loop.nowMs;
    const forget = direction.forgetsIdle;
    if (forget !== undefined && nowMs - flow.lastPacketMs > forget.afterMs) flow.forgotten ??= forget.word;
    flow.lastPacketMs = nowMs;
    return !direction.blocked && flow.forgotten === undefined;
  }

  #keep(packet: Packet): void {
    if (this.flow.forgotten === "rst" && packet.kind !== "rst") {
      this.#from.arrive("rst", undefined);
      return;
    }
    // RST is not retransmitted, and SYN has a clock of its own.
    if (packet.kind === "rst" || packet.kind === "syn" || packet.kind === "syn-ack") return;
    this.#lose();
    this.#lost.push(packet);
    this.#from.unanswered();
    if (!this.direction.blocked && this.to.machine.up && this.flow.forgotten === undefined) this.healed();
  }

  #lose(): void {
    if (!this.hasLost) this.#lostSinceMs = this.#loop.nowMs;
  }

  #sendAgain(): void {
    this.#resend = undefined;
    if (this.direction.blocked || this.flow.forgotten !== undefined || !this.to.machine.up) return;
    const lost = this.#lost;
    this.#lost = [];
    for (const packet of lost) this.#sendOne(packet);
    if (!this.#ackLost) return;
    this.#ackLost = false;
    this.#from.acknowledge();
  }
}

class Resend extends Scheduled {
  readonly #again: () => void;

  constructor(again: () => void) {
    super();
    this.#again = again;
  }

  fire(): void {
    this.#again();
  }
}
