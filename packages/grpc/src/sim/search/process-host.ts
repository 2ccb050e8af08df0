/**
 * One life of a process: the host that its code is given. Owns the tap on its sockets, and the silence after its death:
 * code that outlives a kill (a promise that was waiting) must not act through the process that came after it.
 */

import type {
  ConnectOptions,
  Host,
  Listener,
  ListenerEvents,
  ListenOptions,
  LookupResult,
  SignalName,
  Socket,
  SocketEvents,
  Timer,
} from "../../host/host.ts";
import type { SimHost } from "../host.ts";
import { TappedSocket } from "../../transport/tapped-socket.ts";
import { WireEnd, type WireRules, type WireWatch } from "./wire-end.ts";

export class ProcessHost implements Host {
  /** Every socket that it ever had. */
  readonly wires: WireEnd[] = [];
  readonly #host: SimHost;
  readonly #watch: WireWatch;
  readonly #rules: WireRules;
  #alive = true;

  constructor(host: SimHost, watch: WireWatch, rules: WireRules) {
    this.#rules = rules;
    this.#host = host;
    this.#watch = watch;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** The process was killed. */
  end(): void {
    this.#alive = false;
    for (const wire of this.wires) wire.closed = wire.gone = true;
  }

  nowMs(): number {
    return this.#host.nowMs();
  }

  wallMs(): number {
    return this.#host.wallMs();
  }

  timer(delayMs: number, fire: () => void, options?: { readonly background?: boolean }): Timer {
    return this.#alive ? this.#host.timer(delayMs, fire, options) : { cancel: () => {} };
  }

  defer(task: () => void): void {
    if (this.#alive) this.#host.defer(task);
  }

  random(): number {
    return this.#host.random();
  }

  lookup(name: string, done: (result: LookupResult) => void): void {
    if (this.#alive) this.#host.lookup(name, done);
  }

  connect(options: ConnectOptions, events: SocketEvents): Socket {
    const tapped = new TappedSocket(this.#wire("client"));
    return tapped.over(this.#host.connect(options, tapped.hearing(events)));
  }

  listen(options: ListenOptions, events: ListenerEvents): Listener {
    if (!this.#alive) return { close: () => {} };
    return this.#host.listen(options, {
      listening: (address) => events.listening(address),
      accepted: (socket, session) => {
        const tapped = new TappedSocket(this.#wire("server"));
        const heard = events.accepted(tapped.over(socket), session);
        return heard === undefined ? undefined : tapped.hearing(heard);
      },
      failed: (error) => events.failed(error),
      closed: () => events.closed(),
    });
  }

  onSignal(name: SignalName, heard: () => void): () => void {
    return this.#host.onSignal(name, heard);
  }

  env(name: string): string | undefined {
    return this.#host.env(name);
  }

  log(line: string): void {
    this.#host.log(line);
    this.#watch.story.tell(this.#host.name, `logs: ${line}`);
  }

  compress(coding: "gzip" | "deflate", bytes: Uint8Array): Uint8Array {
    return this.#host.compress(coding, bytes);
  }

  decompress(coding: "gzip" | "deflate", bytes: Uint8Array, maxBytes: number): Uint8Array | "too-large" | "broken" {
    return this.#host.decompress(coding, bytes, maxBytes);
  }

  /** Resolves after a while, or rejects when the signal says so. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (): void => {
        timer.cancel();
        reject(signal?.reason as Error);
      };
      const timer = this.timer(ms, () =>
        this.defer(() => {
          signal?.removeEventListener("abort", fail);
          resolve();
        }),
      );
      if (signal?.aborted === true) fail();
      else signal?.addEventListener("abort", fail, { once: true });
    });
  }

  /** The connection that is open with a peer at this address. */
  wireOf(peer: string): WireEnd | undefined {
    return this.wires.findLast(({ closed, peer: address }) => !closed && address === peer);
  }

  #wire(role: "client" | "server"): WireEnd {
    const wire = new WireEnd(this.#host.name, this.wires.length + 1, role, this.#watch, this.#rules);
    this.wires.push(wire);
    return wire;
  }
}
