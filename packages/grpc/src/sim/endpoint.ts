/**
 * One end of a connection as the kernel keeps it: buffers, FIN, RST, the rules of close(2). Lives on when its process
 * has closed it. Owns no callbacks; its owner (`SimSocket`, or the listener's queue) is woken and looks.
 *
 * The rules are Linux's, as the host contract shows them: RST does not empty the receiver's buffer; after a peer's FIN
 * it counts as EPIPE; data for a closed end draws RST.
 */

import { allocate, concat, copyOf } from "../http2/bytes.ts";
import type { Address, SocketErrorKind } from "../host/host.ts";
import { Scheduled } from "./event-queue.ts";
import type { Lane, PacketKind } from "./lane.ts";
import type { Loop } from "./loop.ts";
import type { Machine } from "./machine.ts";

export interface EndpointOwner {
  /** Something changed: data, FIN, an error, room to write. */
  wake(): void;
}

export class Endpoint {
  readonly machine: Machine;
  readonly local: Address;
  readonly remote: Address;
  readonly isUnix: boolean;
  state: "opening" | "syn-received" | "up" | "dead" = "opening";
  owner: EndpointOwner | undefined;
  /** A process has it, or the accept queue. Not open: an orphan that only finishes sending. */
  isOpen = true;
  peerFin = false;
  /** What the next system call would say (the kernel's sk_err). */
  error: SocketErrorKind | undefined;
  readonly #loop: Loop;
  #out: Lane | undefined;
  #peer: Endpoint | undefined;

  // Receiving, in bytes since the beginning.
  #unread: Uint8Array[] = [];
  unreadBytes = 0;
  #received = 0;

  // Sending: accepted >= sent >= acked, and sent <= edge.
  #unsent: Uint8Array[] = [];
  #unsentBytes = 0;
  #accepted = 0;
  #sent = 0;
  #acked = 0;
  #edge: number;
  #finWanted = false;
  #finSent = false;
  #wantsRoom = false;
  /** Acknowledgements on their way, oldest first. They cost no event unless the sender waits for one. */
  #acks: Ack[] = [];
  readonly #ackEvent: Alarm;
  #ackAwaited = false;
  #giveUp: Alarm | undefined;

  constructor(loop: Loop, machine: Machine, local: Address, remote: Address) {
    this.#loop = loop;
    this.machine = machine;
    this.local = local;
    this.remote = remote;
    this.isUnix = local.kind === "unix";
    this.#edge = machine.receiveBufferBytes;
    this.#ackEvent = new Alarm(() => this.#ackCame());
    machine.endpoints.add(this);
  }

  join(out: Lane): void {
    this.#out = out;
    this.#peer = out.to;
    this.#edge = out.to.machine.receiveBufferBytes;
  }

  get peer(): Endpoint | undefined {
    return this.#peer;
  }

  /** Bytes the kernel would take now. */
  room(): number {
    this.#hearAcks();
    return Math.max(0, this.machine.sendBufferBytes - (this.#accepted - this.#acked));
  }

  /** Wakes the owner when there is room again. */
  wantRoom(): void {
    this.#wantsRoom = true;
    this.#awaitAck();
  }

  /** send(2): takes the bytes over, at most `room()` of them. */
  accept(bytes: Uint8Array): void {
    this.#accepted += bytes.length;
    this.#unsent.push(bytes);
    this.#unsentBytes += bytes.length;
    this.#transmit();
  }

  /** recv(2): at most so many of the bytes that came. */
  read(maxBytes: number): Uint8Array {
    const first = this.#unread[0];
    let bytes: Uint8Array;
    if (first === undefined) return allocate(0);
    if (this.#unread.length === 1 && first.length <= maxBytes) {
      bytes = first;
      this.#unread.length = 0;
    } else {
      bytes = this.#gather(maxBytes);
    }
    this.unreadBytes -= bytes.length;
    if (this.state === "up") this.acknowledge();
    return bytes;
  }

  /** shutdown(2): FIN behind everything accepted. On a dead connection it does nothing. */
  shutdown(): void {
    if (this.#finWanted || this.state === "dead") return;
    this.#finWanted = true;
    this.#transmit();
  }

  /** close(2). */
  close(): void {
    this.isOpen = false;
    this.owner = undefined;
    if (this.state === "dead") return;
    if (this.state === "opening") {
      this.die(undefined);
      return;
    }
    if (this.unreadBytes > 0) {
      this.abort();
      return;
    }
    this.#finWanted = true;
    this.#transmit();
    this.#forgetWhenDone();
  }

  /** close(2) with SO_LINGER 0: RST, and nothing unsent survives. A unix socket has no such thing. */
  abort(): void {
    this.isOpen = false;
    if (this.state === "dead") return;
    const unread = this.unreadBytes > 0;
    this.die(undefined);
    if (this.isUnix && !unread) this.#out?.send("fin");
    else this.#out?.send("rst");
  }

  /** The connection is over for this kernel, without a word to the peer. */
  die(error: SocketErrorKind | undefined): void {
    if (this.state === "dead") return;
    this.state = "dead";
    this.error = error;
    this.#unsent = [];
    this.#unsentBytes = 0;
    this.#cancelGiveUp();
    this.machine.endpoints.delete(this);
    // A connection that ended well may still have to send its FIN again; one that failed sends nothing more.
    if (error !== undefined) this.#out?.abandon();
    if (this.#peer?.state === "dead") this.#abandon();
    this.owner?.wake();
  }

  /** What a write to this end would fail with, if it would. */
  writeError(): SocketErrorKind | undefined {
    if (this.state === "dead") return this.error ?? "EPIPE";
    // A unix socket knows at once that nobody is there; TCP has to send something first.
    return this.isUnix && this.#peer?.isOpen === false ? "EPIPE" : undefined;
  }

  arrive(kind: PacketKind, bytes: Uint8Array | undefined): void {
    if (kind === "rst") {
      this.#wasReset();
      return;
    }
    if (this.state === "dead") {
      // RFC 9293 §3.10.7.1: a packet for a connection that does not exist draws RST. Late ACKs and FINs of a
      // connection that ended well find TIME_WAIT instead.
      if (kind === "data" || !this.#finSent) this.#out?.send("rst");
      return;
    }
    if (kind === "syn") {
      this.machine.incoming(this);
      return;
    }
    if (kind === "syn-ack") {
      if (this.state !== "opening") return;
      this.state = "up";
      this.#out?.send("ack");
      this.owner?.wake();
      return;
    }
    if (this.state === "syn-received") this.machine.established(this);
    if (kind === "data" && bytes !== undefined) this.#dataCame(bytes);
    else if (kind === "fin") this.#finCame();
  }

  /** Tells the peer what came and how much more may. */
  acknowledge(): void {
    const out = this.#out;
    if (out === undefined || !out.acknowledges()) {
      this.#peer?.unanswered();
      return;
    }
    const edge = this.#received - this.unreadBytes + this.machine.receiveBufferBytes;
    this.#peer?.ackOnItsWay(this.#loop.nowMs + out.direction.delayMs, this.#received, edge);
  }

  ackOnItsWay(atMs: number, received: number, edge: number): void {
    const last = this.#acks[this.#acks.length - 1];
    if (last !== undefined && last.atMs >= atMs) {
      last.received = received;
      last.edge = edge;
    } else {
      // Without a waiting sender nobody would shorten the list.
      if (this.#acks.length > 16) this.#hearAcks();
      this.#acks.push({ atMs, received, edge });
    }
    if (this.#wantsRoom || this.#unsentBytes > 0 || this.#giveUp !== undefined) this.#awaitAck();
  }

  /** Something sent was lost on the way: TCP gives up if that stays so. */
  unanswered(): void {
    if (this.#giveUp !== undefined || this.state === "dead") return;
    this.#giveUp = new Alarm(() => {
      this.#giveUp = undefined;
      this.die("ETIMEDOUT");
    });
    this.#loop.at(this.#giveUp, this.#loop.nowMs + this.machine.giveUpMs);
  }

  #dataCame(bytes: Uint8Array): void {
    this.#received += bytes.length;
    if (!this.isOpen) {
      // RFC 9293 §3.10.7.4 and Linux: data for a closed end is answered with RST.
      this.#out?.send("rst");
      this.die(undefined);
      return;
    }
    this.#unread.push(bytes);
    this.unreadBytes += bytes.length;
    this.acknowledge();
    this.owner?.wake();
  }

  #finCame(): void {
    this.peerFin = true;
    this.#forgetWhenDone();
    this.owner?.wake();
  }

  #wasReset(): void {
    if (this.state === "dead") return;
    if (this.state === "syn-received") this.machine.unqueue(this);
    // Linux, tcp_reset(): by the state the RST meets.
    this.die(this.state === "opening" ? "ECONNREFUSED" : this.peerFin ? "EPIPE" : "ECONNRESET");
  }

  #forgetWhenDone(): void {
    if (!this.isOpen && this.#finSent && this.peerFin) this.die(undefined);
  }

  #transmit(): void {
    if (this.state !== "up" && this.state !== "syn-received") return;
    this.#hearAcks();
    for (;;) {
      const first = this.#unsent[0];
      const window = this.#edge - this.#sent;
      if (first === undefined || window <= 0) break;
      let bytes = first;
      if (first.length > window) {
        bytes = first.subarray(0, window);
        this.#unsent[0] = first.subarray(window);
      } else {
        this.#unsent.shift();
      }
      this.#unsentBytes -= bytes.length;
      this.#sent += bytes.length;
      this.#out?.send("data", bytes);
    }
    if (this.#unsentBytes > 0) this.#awaitAck();
    else if (this.#finWanted && !this.#finSent) {
      this.#finSent = true;
      this.#out?.send("fin");
    }
  }

  #hearAcks(): void {
    const acks = this.#acks;
    let heard = 0;
    for (; heard < acks.length; heard++) {
      const ack = acks[heard];
      if (ack === undefined || ack.atMs > this.#loop.nowMs) break;
      if (ack.received > this.#acked) this.#cancelGiveUp();
      this.#acked = ack.received;
      this.#edge = ack.edge;
    }
    if (heard === acks.length) acks.length = 0;
    else if (heard > 0) acks.splice(0, heard);
  }

  #awaitAck(): void {
    const next = this.#acks[0];
    if (next === undefined || this.#ackAwaited) return;
    this.#ackAwaited = true;
    this.#loop.at(this.#ackEvent, next.atMs);
  }

  #ackCame(): void {
    this.#ackAwaited = false;
    this.#hearAcks();
    this.#transmit();
    this.#forgetWhenDone();
    if (!this.#wantsRoom) return;
    if (this.room() > 0) {
      this.#wantsRoom = false;
      this.owner?.wake();
    } else {
      this.#awaitAck();
    }
  }

  #gather(maxBytes: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let next = this.#unread[0]; next !== undefined && length < maxBytes; next = this.#unread[0]) {
      const left = maxBytes - length;
      if (next.length > left) {
        parts.push(next.subarray(0, left));
        this.#unread[0] = next.subarray(left);
        length = maxBytes;
      } else {
        parts.push(next);
        this.#unread.shift();
        length += next.length;
      }
    }
    const only = parts[0];
    return parts.length === 1 && only !== undefined ? copyOf(only) : concat(parts, length);
  }

  #cancelGiveUp(): void {
    if (this.#giveUp === undefined) return;
    this.#loop.cancel(this.#giveUp);
    this.#giveUp = undefined;
  }

  #abandon(): void {
    this.#out?.abandon();
    for (const lane of this.#peer?.lanes() ?? []) lane.abandon();
  }

  /** The way out of here, if there is one. */
  lanes(): Lane[] {
    return this.#out === undefined ? [] : [this.#out];
  }
}

interface Ack {
  atMs: number;
  received: number;
  edge: number;
}

class Alarm extends Scheduled {
  readonly #ring: () => void;

  constructor(ring: () => void) {
    super();
    this.#ring = ring;
  }

  fire(): void {
    this.#ring();
  }
}
