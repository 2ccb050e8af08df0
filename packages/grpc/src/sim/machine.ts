/**
 * The kernel of one host: its address, its ports and socket files, and what it does with a packet for a connection that
 * is not up yet. Outlives the processes on it. Owns the three-way handshake and the accept queue's rules.
 */

import type { Address, SocketError, SocketErrorKind } from "../host/host.ts";
import { Endpoint } from "./endpoint.ts";
import { Scheduled } from "./event-queue.ts";
import { Lane, type Flow } from "./lane.ts";
import type { Loop } from "./loop.ts";
import type { Network } from "./network.ts";

/** The listening socket as the kernel sees it. */
export interface AcceptQueue {
  readonly backlog: number;
  readonly pending: Endpoint[];
  wake(): void;
}

export interface KernelOptions {
  /** Bytes a connection's sender may have with its kernel. Default: 212,992 (208 KiB, Linux's wmem_default). */
  readonly sendBufferBytes?: number;
  /** Bytes a connection's receiver may leave unread. Default: 212,992 (208 KiB, Linux's rmem_default). */
  readonly receiveBufferBytes?: number;
  /** How long TCP sends again before ETIMEDOUT. Default: 900,000 (15 min, about Linux's tcp_retries2 = 15). */
  readonly giveUpMs?: number;
}

// net.core.wmem_default and rmem_default.
const defaultBufferBytes = 212_992;
// tcp_retries2 = 15 is 924.6 s at the least; 15 min is its round name.
const defaultGiveUpMs = 900_000;
// ip_local_port_range begins here.
const firstEphemeralPort = 32_768;
const lastPort = 65_535;

// tcp_syn_retries = 6: Linux sends SYN again after 1, 3, 7, 15, 31 and 63 s and gives up at 127 s.
const synAgainMs: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
const synGiveUpMs = 64_000;

export class Machine {
  readonly name: string;
  readonly address: string;
  readonly sendBufferBytes: number;
  readonly receiveBufferBytes: number;
  readonly giveUpMs: number;
  /** False: powered off. Packets for it vanish. */
  up = true;
  readonly endpoints = new Set<Endpoint>();
  readonly #loop: Loop;
  readonly #network: Network;
  readonly #ports = new Map<string, AcceptQueue>();
  #nextPort = firstEphemeralPort;

  constructor(loop: Loop, network: Network, name: string, address: string, options: KernelOptions) {
    this.#loop = loop;
    this.#network = network;
    this.name = name;
    this.address = address;
    this.sendBufferBytes = options.sendBufferBytes ?? defaultBufferBytes;
    this.receiveBufferBytes = options.receiveBufferBytes ?? defaultBufferBytes;
    this.giveUpMs = options.giveUpMs ?? defaultGiveUpMs;
  }

  /** bind(2) and listen(2). The address with its port, or why not. */
  bind(address: Address, queue: AcceptQueue): Address | SocketError {
    if (address.kind === "unix") {
      if (this.#ports.has(address.path)) return { kind: "EADDRINUSE", message: `listen EADDRINUSE ${address.path}` };
      this.#ports.set(address.path, queue);
      return address;
    }
    if (!this.#isMine(address.host)) return { kind: "EADDRNOTAVAIL", message: `listen EADDRNOTAVAIL ${address.host}` };
    const port = address.port === 0 ? this.#freePort() : address.port;
    if (this.#ports.has(String(port))) {
      return { kind: "EADDRINUSE", message: `listen EADDRINUSE ${address.host}:${port}` };
    }
    this.#ports.set(String(port), queue);
    return { kind: "tcp", host: address.host, port };
  }

  /** close(2) of a listening socket: who waits in the queue is reset. */
  unbind(queue: AcceptQueue): void {
    for (const [key, bound] of this.#ports) if (bound === queue) this.#ports.delete(key);
    for (const endpoint of this.endpoints) if (this.#queueOf(endpoint) === undefined) this.#refuseHalfOpen(endpoint);
    for (const endpoint of queue.pending.splice(0)) {
      if (endpoint.state === "dead") continue;
      endpoint.die(undefined);
      for (const lane of endpoint.lanes()) lane.send("rst");
    }
  }

  /** connect(2). Why it cannot even begin, or the end on this side. */
  dial(remote: Address): Endpoint | SocketErrorKind {
    if (remote.kind === "unix") return this.#dialUnix(remote);
    const target = this.#network.machineAt(remote.host, this);
    const local: Address = {
      kind: "tcp",
      host: target === this ? remote.host : this.address,
      port: this.#freePort(),
    };
    const endpoint = new Endpoint(this.#loop, this, local, remote);
    if (target !== undefined) this.#join(endpoint, target, local, remote);
    new SynClock(this.#loop, endpoint).start();
    return endpoint;
  }

  /** A SYN came. */
  incoming(endpoint: Endpoint): void {
    const queue = this.#queueOf(endpoint);
    if (queue === undefined) {
      endpoint.die(undefined);
      for (const lane of endpoint.lanes()) lane.send("rst");
      return;
    }
    // Linux drops a SYN for a full queue; the client sends another.
    if (queue.pending.length >= queue.backlog) return;
    endpoint.state = "syn-received";
    for (const lane of endpoint.lanes()) lane.send("syn-ack");
  }

  established(endpoint: Endpoint): void {
    endpoint.state = "up";
    const queue = this.#queueOf(endpoint);
    if (queue === undefined) return;
    queue.pending.push(endpoint);
    queue.wake();
  }

  unqueue(endpoint: Endpoint): void {
    const queue = this.#queueOf(endpoint);
    const at = queue?.pending.indexOf(endpoint) ?? -1;
    if (at >= 0) queue?.pending.splice(at, 1);
  }

  /** Loses power: no FIN, no RST, nothing is remembered. */
  powerOff(): void {
    this.up = false;
    this.#ports.clear();
    for (const endpoint of [...this.endpoints]) {
      endpoint.owner = undefined;
      endpoint.isOpen = false;
      endpoint.die(undefined);
    }
  }

  powerOn(): void {
    this.up = true;
    this.#network.healTowards(this);
  }

  #dialUnix(remote: Address & { readonly kind: "unix" }): Endpoint | SocketErrorKind {
    if (!this.#ports.has(remote.path)) return "ENOENT";
    const endpoint = new Endpoint(this.#loop, this, { kind: "unix", path: "" }, remote);
    this.#join(endpoint, this, endpoint.local, remote);
    return endpoint;
  }

  #join(endpoint: Endpoint, target: Machine, local: Address, remote: Address): void {
    const peer = new Endpoint(this.#loop, target, remote, local);
    const flow: Flow = { lastPacketMs: this.#loop.nowMs, forgotten: undefined };
    endpoint.join(new Lane(this.#loop, endpoint, peer, this.#network.direction(this, target), flow));
    peer.join(new Lane(this.#loop, peer, endpoint, this.#network.direction(target, this), flow));
    if (endpoint.isUnix) for (const lane of endpoint.lanes()) lane.send("syn");
  }

  #refuseHalfOpen(endpoint: Endpoint): void {
    if (endpoint.state !== "syn-received") return;
    endpoint.die(undefined);
    for (const lane of endpoint.lanes()) lane.send("rst");
  }

  #queueOf(endpoint: Endpoint): AcceptQueue | undefined {
    const { local } = endpoint;
    return this.#ports.get(local.kind === "unix" ? local.path : String(local.port));
  }

  #isMine(host: string): boolean {
    return host === this.address || host === "0.0.0.0" || host === "::" || isLoopback(host);
  }

  #freePort(): number {
    let port = this.#nextPort;
    while (this.#ports.has(String(port))) port = port === lastPort ? firstEphemeralPort : port + 1;
    this.#nextPort = port === lastPort ? firstEphemeralPort : port + 1;
    return port;
  }
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}

/** Sends SYN until an answer comes or Linux would give up. */
class SynClock extends Scheduled {
  readonly #loop: Loop;
  readonly #endpoint: Endpoint;
  #sent = 0;

  constructor(loop: Loop, endpoint: Endpoint) {
    super();
    this.#loop = loop;
    this.#endpoint = endpoint;
  }

  start(): void {
    this.fire();
  }

  fire(): void {
    if (this.#endpoint.state !== "opening") return;
    if (this.#sent > synAgainMs.length) {
      this.#endpoint.die("ETIMEDOUT");
      return;
    }
    for (const lane of this.#endpoint.lanes()) lane.send("syn");
    this.#loop.at(this, this.#loop.nowMs + (synAgainMs[this.#sent] ?? synGiveUpMs));
    this.#sent++;
  }
}
