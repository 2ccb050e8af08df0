/**
 * A process's side of a connection: what libuv and Node make of the kernel's endpoint. Owns the queue of writes the
 * kernel has not taken, and the order in which a process hears of things; each step tells one of them.
 */

import { allocate } from "../http2/bytes.ts";
import type { Address, Socket, SocketError, SocketEvents, TlsSession } from "../host/host.ts";
import type { Endpoint, EndpointOwner } from "./endpoint.ts";
import type { Loop, Unit } from "./loop.ts";
import type { Belonging, SimProcess } from "./process.ts";

// libuv reads at most 64 KiB at once.
const readBytes = 65_536;
// What a lent buffer holds after the call: whoever kept a reference sees nonsense, as with Node's reused buffer.
const poison = 0xdb;

interface Write {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  taken: number;
}

export class SimSocket implements Socket, EndpointOwner, Unit, Belonging {
  readonly phase = "poll";
  readonly process: SimProcess;
  readonly remote: Address;
  readonly label: string;
  writableLength = 0;
  readonly #loop: Loop;
  readonly #endpoint: Endpoint | undefined;
  #events: SocketEvents | undefined;
  #connected: boolean;
  /** A handshake is under way: writes wait, except its own. */
  #held = false;
  #writes: Write[] = [];
  #flushed = 0;
  #paused = false;
  #eof = false;
  /** RST lay behind the last bytes that were read. */
  #hungUp = false;
  #ended = false;
  #finished = false;
  #failure: SocketError | undefined;
  #leaving = false;
  #isClosed = false;
  #isReady = false;

  constructor(loop: Loop, process: SimProcess, endpoint: Endpoint | undefined, remote: Address, dialled: boolean) {
    this.#loop = loop;
    this.process = process;
    this.#endpoint = endpoint;
    this.remote = remote;
    this.#connected = !dialled;
    this.label = `${process.name}#${process.nextSocket++}`;
    if (endpoint !== undefined) endpoint.owner = this;
    process.belongings.add(this);
  }

  attach(events: SocketEvents): void {
    this.#events = events;
    this.wake();
  }

  /** Holds back what the application writes until `release`. */
  hold(): void {
    this.#held = true;
  }

  release(session: TlsSession | undefined, events: SocketEvents, dialled: boolean): void {
    this.#held = false;
    this.#events = events;
    if (dialled) {
      this.#log("connected");
      events.connected?.(session);
    }
    this.#pump();
    this.wake();
  }

  /** A handshake's own bytes: past the queue, and not counted. */
  writeUncounted(bytes: Uint8Array): void {
    if (this.#endpoint !== undefined && this.#endpoint.writeError() === undefined) this.#endpoint.accept(bytes);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Closes a connection that nobody wanted. */
  drop(): void {
    this.#isClosed = true;
    this.process.belongings.delete(this);
    this.#endpoint?.close();
    this.#log("dropped");
  }

  /** Ends with this error. */
  fail(error: SocketError): void {
    this.#failure ??= error;
    this.wake();
  }

  get local(): Address | undefined {
    const local = this.#endpoint?.local;
    return this.#connected && local?.kind === "tcp" ? local : undefined;
  }

  write(chunks: readonly Uint8Array[]): void {
    if (this.#deaf()) return;
    if (this.#ended) {
      this.fail({ kind: "EPIPE", message: "write after end" });
      return;
    }
    let bytes = 0;
    for (const chunk of chunks) bytes += chunk.length;
    if (bytes === 0) return;
    this.writableLength += bytes;
    this.#writes.push({ chunks, bytes, taken: 0 });
    if (this.#writes.length > 1) return;
    const error = this.#connected && !this.#held ? this.#endpoint?.writeError() : undefined;
    // libuv tries at once, and tells of the failure before it looks at the socket again.
    if (error !== undefined) this.fail({ kind: error, message: `write ${error}` });
    else this.#pump();
  }

  end(): void {
    if (this.#deaf() || this.#ended) return;
    this.#ended = true;
    this.#pump();
  }

  destroy(): void {
    if (this.#deaf()) return;
    this.#leave();
    this.#endpoint?.close();
  }

  reset(): void {
    if (this.#deaf()) return;
    this.#leave();
    if (this.#endpoint === undefined) return;
    this.#endpoint.owner = undefined;
    if (this.#connected) this.#endpoint.abort();
    else this.#endpoint.close();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.wake();
  }

  wake(): void {
    if (this.#isReady || this.#isClosed || !this.process.alive) return;
    this.#isReady = true;
    this.#loop.ready(this);
  }

  step(): void {
    this.#isReady = false;
    const events = this.#events;
    if (events === undefined || this.#isClosed || !this.process.alive) return;
    if (this.#leaving) this.#close(undefined);
    else if (this.#failure !== undefined) this.#close(this.#failure);
    else if (!this.#connected) this.#connect(events);
    else if (this.#flushed > 0) this.#tellFlushed(events);
    else if (this.#read(events)) this.#wakeForMore();
    else if (this.#writes.length > 0 && !this.#held) this.#writeMore();
    else if (this.#eof && this.#finished) this.#close(undefined);
  }

  describe(): string {
    return `socket ${this.label} to ${addressText(this.remote)}`;
  }

  orphan(): void {
    this.#isClosed = true;
    this.#endpoint?.close();
  }

  /** Nobody listens to what is asked of this socket any more. */
  #deaf(): boolean {
    return this.#leaving || this.#isClosed || !this.process.alive;
  }

  #leave(): void {
    this.#leaving = true;
    this.#writes = [];
    this.writableLength = 0;
    this.wake();
  }

  #connect(events: SocketEvents): void {
    const endpoint = this.#endpoint;
    if (endpoint === undefined || endpoint.state === "dead") {
      const kind = endpoint?.error ?? "ECONNRESET";
      this.#close({ kind, message: `connect ${kind} ${addressText(this.remote)}` });
      return;
    }
    if (endpoint.state === "opening") return;
    this.#connected = true;
    if (!this.#held) this.#log("connected");
    this.#pump();
    events.connected?.(undefined);
    this.#wakeForMore();
  }

  #tellFlushed(events: SocketEvents): void {
    const bytes = this.#flushed;
    this.#flushed = 0;
    this.#log("flushed", bytes);
    events.flushed(bytes);
    this.#wakeForMore();
  }

  /** One read of the kernel, as libuv does it. False: there was nothing to tell. */
  #read(events: SocketEvents): boolean {
    const endpoint = this.#endpoint;
    if (endpoint === undefined || this.#paused || this.#eof) return false;
    if (this.#hungUp) return this.#tellEnd(events);
    if (endpoint.unreadBytes > 0) {
      const wasReset = endpoint.error !== undefined;
      const bytes = endpoint.read(readBytes);
      // Up to Node 22 libuv takes a short read from a hung-up socket for the end and does not ask for the error behind it.
      this.#hungUp = wasReset && bytes.length < readBytes && this.#loop.worseWay();
      this.#log("data", bytes.length);
      events.data(bytes);
      bytes.fill(poison);
      return true;
    }
    if (endpoint.peerFin) return this.#tellEnd(events);
    if (endpoint.error === undefined) return false;
    this.#close({ kind: endpoint.error, message: `read ${endpoint.error}` });
    return true;
  }

  #tellEnd(events: SocketEvents): boolean {
    this.#eof = true;
    this.#log("end");
    events.end();
    return true;
  }

  #writeMore(): void {
    const error = this.#endpoint?.writeError();
    if (error !== undefined) this.#close({ kind: error, message: `write ${error}` });
    else this.#pump();
  }

  /** Hands over what the kernel takes. */
  #pump(): void {
    const endpoint = this.#endpoint;
    if (endpoint === undefined || !this.#connected || this.#held || endpoint.writeError() !== undefined) {
      if (this.#ended) this.#finish();
      return;
    }
    for (let write = this.#writes[0]; write !== undefined; write = this.#writes[0]) {
      const room = Math.min(endpoint.room(), write.bytes - write.taken);
      if (room === 0) {
        endpoint.wantRoom();
        return;
      }
      endpoint.accept(copy(write, room));
      write.taken += room;
      if (write.taken < write.bytes) continue;
      this.#writes.shift();
      this.writableLength -= write.bytes;
      this.#flushed += write.bytes;
      this.wake();
    }
    if (this.#ended) this.#finish();
  }

  /** FIN, once everything is with the kernel. */
  #finish(): void {
    if (this.#finished || this.#writes.length > 0 || !this.#connected || this.#held) return;
    this.#finished = true;
    this.#endpoint?.shutdown();
    if (this.#eof) this.wake();
  }

  #wakeForMore(): void {
    if (this.#isClosed) return;
    const endpoint = this.#endpoint;
    const readable =
      endpoint !== undefined && (endpoint.unreadBytes > 0 || endpoint.peerFin || endpoint.error !== undefined);
    if (this.#leaving || this.#failure !== undefined || this.#flushed > 0) this.wake();
    else if (readable && !this.#paused && !this.#eof) this.wake();
    else if (this.#eof && this.#finished) this.wake();
    else if (this.#writes.length > 0 && (endpoint?.writeError() !== undefined || this.#hasRoom)) this.wake();
  }

  /** Room that came while there was something to read: it is told of once. */
  get #hasRoom(): boolean {
    return !this.#held && (this.#endpoint?.room() ?? 0) > 0;
  }

  #close(error: SocketError | undefined): void {
    const events = this.#events;
    this.#isClosed = true;
    this.#events = undefined;
    this.writableLength = 0;
    this.process.belongings.delete(this);
    this.#endpoint?.close();
    this.#log(error === undefined ? "closed" : `closed ${error.kind}`);
    events?.closed(error);
  }

  #log(what: string, amount?: number): void {
    this.#loop.log.add(this.#loop.nowMs, this.label, what, amount);
  }
}

/** The next bytes of a write, in memory of their own: the kernel copies, and so may the writer reuse its buffer. */
function copy(write: Write, length: number): Uint8Array {
  const out = allocate(length);
  let skip = write.taken;
  let at = 0;
  for (const chunk of write.chunks) {
    if (at === length) break;
    if (skip >= chunk.length) {
      skip -= chunk.length;
      continue;
    }
    const part = skip === 0 && chunk.length <= length - at ? chunk : chunk.subarray(skip, skip + length - at);
    out.set(part, at);
    at += part.length;
    skip = 0;
  }
  return out;
}

export function addressText(address: Address): string {
  if (address.kind === "unix") return address.path;
  return address.host.includes(":") ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
