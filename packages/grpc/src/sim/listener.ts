/**
 * A listening socket of a process of the world. Owns the accept queue as the process sees it, and the handshakes under
 * way, which end with the listener.
 */

import type { Address, Listener, ListenerEvents, ListenOptions, ServerTls, SocketError, Timer } from "../host/host.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Loop, Unit } from "./loop.ts";
import type { AcceptQueue, Machine } from "./machine.ts";
import type { Belonging, SimProcess } from "./process.ts";
import { addressText, SimSocket } from "./socket.ts";
import { ServerHandshake } from "./tls-handshake.ts";

// Node's default for listen(2).
const defaultBacklog = 511;
// Node's default for a TLS handshake.
const defaultHandshakeMs = 120_000;

export type BackgroundTimer = (delayMs: number, fire: () => void) => Timer;

export class SimListener implements Listener, AcceptQueue, Unit, Belonging {
  readonly phase = "poll";
  readonly process: SimProcess;
  readonly backlog: number;
  readonly pending: Endpoint[] = [];
  readonly #loop: Loop;
  readonly #machine: Machine;
  readonly #events: ListenerEvents;
  readonly #tls: ServerTls | undefined;
  readonly #handshakeMs: number;
  readonly #timer: BackgroundTimer;
  readonly #shaking = new Set<SimSocket>();
  readonly #bound: Address | SocketError;
  #state: "starting" | "listening" | "closing" | "closed" = "starting";
  #isReady = false;

  constructor(
    loop: Loop,
    machine: Machine,
    process: SimProcess,
    options: ListenOptions,
    events: ListenerEvents,
    timer: BackgroundTimer,
  ) {
    this.#loop = loop;
    this.#machine = machine;
    this.process = process;
    this.backlog = options.backlog ?? defaultBacklog;
    this.#events = events;
    this.#tls = options.tls;
    this.#handshakeMs = options.handshakeMs ?? defaultHandshakeMs;
    this.#timer = timer;
    process.belongings.add(this);
    this.#bound = machine.bind(options.address, this);
    this.wake();
  }

  close(): void {
    if (this.#state === "closing" || this.#state === "closed" || !this.process.alive) return;
    this.#state = "closing";
    this.#machine.unbind(this);
    for (const socket of this.#shaking) socket.reset();
    this.#shaking.clear();
    this.wake();
  }

  wake(): void {
    if (this.#isReady || this.#state === "closed" || !this.process.alive) return;
    this.#isReady = true;
    this.#loop.ready(this);
  }

  step(): void {
    this.#isReady = false;
    if (!this.process.alive) return;
    if (this.#state === "starting") this.#start();
    else if (this.#state === "listening") this.#acceptOne();
    else if (this.#state === "closing") this.#close();
  }

  describe(): string {
    const at = "message" in this.#bound ? this.#bound.message : addressText(this.#bound);
    return `listener ${this.process.name} at ${at}`;
  }

  orphan(): void {
    this.#state = "closed";
    this.#machine.unbind(this);
  }

  #start(): void {
    const bound = this.#bound;
    if ("message" in bound) {
      this.#log(`listen failed ${bound.kind}`);
      this.#events.failed(bound);
      this.#close();
      return;
    }
    this.#state = "listening";
    this.#log(`listening ${addressText(bound)}`);
    this.#events.listening(bound);
    if (this.pending.length > 0) this.wake();
  }

  #acceptOne(): void {
    const endpoint = this.pending.shift();
    if (endpoint === undefined) return;
    if (this.pending.length > 0) this.wake();
    const socket = new SimSocket(this.#loop, this.process, endpoint, endpoint.remote, false);
    this.#log(`accepted ${socket.label}`);
    if (this.#tls !== undefined) {
      this.#shake(socket, this.#tls);
      return;
    }
    const events = this.#events.accepted(socket, undefined);
    if (events === undefined) socket.drop();
    else socket.attach(events);
  }

  #shake(socket: SimSocket, tls: ServerTls): void {
    this.#shaking.add(socket);
    const patience = this.#timer(this.#handshakeMs, () => handshake.giveUp());
    const handshake = new ServerHandshake(socket, tls, {
      done: (session) => {
        patience.cancel();
        this.#shaking.delete(socket);
        return this.#events.accepted(socket, session);
      },
      failed: (error) => {
        patience.cancel();
        const mine = this.#shaking.delete(socket);
        socket.destroy();
        if (mine && error !== undefined && this.#state === "listening") this.#events.failed(error);
      },
    });
    socket.attach(handshake);
  }

  #close(): void {
    this.#state = "closed";
    this.process.belongings.delete(this);
    this.#log("listener closed");
    this.#events.closed();
  }

  #log(what: string): void {
    this.#loop.log.add(this.#loop.nowMs, this.process.name, what);
  }
}
