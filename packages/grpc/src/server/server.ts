/**
 * A gRPC server over a host: its services, its listeners, its connections and its leaving. Owns what they share; a call
 * is `grpc-call.ts`, a plain request `plain-exchange.ts`.
 */

import type { Host, Listener, ServerTls, SignalName } from "../host/host.ts";
import { defaultLimits, type Limits } from "../http2/limits.ts";
import { ReceiveBudget } from "../http2/receive-budget.ts";
import { RecentReports } from "../report/recent-reports.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import type { Compression } from "../rpc/compression.ts";
import { defaultMaxMessageBytes } from "../rpc/message.ts";
import type { DescribedService, MethodKind, Service } from "../rpc/service.ts";
import { checkInspectOptions } from "../rpc/check-inspect-options.ts";
import { defaultMaxShown, type InspectOptions, type ServerInspection } from "../watch/inspection.ts";
import { addressText } from "../transport/address-text.ts";
import { debugLogOf } from "../transport/debug-log.ts";
import { noProgressMs } from "../transport/no-progress-ms.ts";
import { tellUser } from "../transport/tell-user.ts";
import type { TransportOptions } from "../transport/transport.ts";
import type { CallContext } from "./call-context.ts";
import type { Surroundings } from "./call-scope.ts";
import { checkDrainOptions } from "./check-drain-options.ts";
import { checkListenOptions } from "./check-listen-options.ts";
import { checkServerOptions } from "./check-server-options.ts";
import { lifetimeFrom, type ServerConnectionOptions, livenessFrom, pingPolicyFrom } from "./connection-options.ts";
import { Drain, type DrainListener, type DrainResult } from "./drain.ts";
import type { HandlerOfKind, Handlers } from "./handlers.ts";
import { listenAddress, type ListenTarget } from "./listen-address.ts";
import { ListenError } from "./listen-error.ts";
import { MethodTable } from "./method-table.ts";
import type { PlainHandler, PlainRequest } from "./plain-handler.ts";
import { ReadyQueue } from "./ready-queue.ts";
import { type ConnectionOwner, ServerConnection } from "./server-connection.ts";

export interface ServerOptions extends ServerConnectionOptions {
  /** The process to live in. */
  readonly host: Host;
  /** Largest request message accepted, bytes. Default 4 MiB, gRPC's `grpc.max_receive_message_length`. */
  readonly maxReceiveMessageBytes?: number;
  /**
   * How answers are compressed for clients that say that they read it. Default: not at all. Requests may come in gzip or
   * deflate whatever stands here. Both are done at once, a megabyte in some 10 ms: for small answers, leave it.
   */
  readonly compression?: Compression;
  /** Calls a client may have open on one connection. Default 1,024; gRPC's `grpc.max_concurrent_streams`. */
  readonly maxConcurrentStreams?: number;
  /** What a client may make us spend. Defaults: `defaultLimits`. */
  readonly limits?: Partial<Limits>;
  /** Received and not yet read data of all connections together, bytes. Default 64 MiB. */
  readonly receiveBudgetBytes?: number;
  /**
   * Hears what a handler threw that is no status: the client learns nothing of it but UNKNOWN (or HTTP 500). Default:
   * one line in the host's log.
   */
  readonly onError?: (error: unknown, call: CallContext | PlainRequest) => void;
  /** Hears of each connection that ended: by whom, why, and its last frames. A handshake that failed was none yet. */
  readonly onReport?: (report: TerminationReport) => void;
  readonly drain?: DrainOptions;
}

export interface DrainOptions {
  /** How long calls may take to end by themselves, from the moment when clients are told to go, ms. Default 30,000. */
  readonly graceMs?: number;
  /**
   * How long to serve on as if nothing were, with the health at NOT_SERVING, before clients are told to go, ms. Default 0.
   * Set it to what balancers and probes take to look and to act, when they choose by health.
   */
  readonly lameDuckMs?: number;
}

export interface ListenOptions {
  /** Absent: plain text, HTTP/2 with prior knowledge. Certificates as PEM. */
  readonly tls?: Omit<ServerTls, "alpn">;
  /** Length of the kernel's accept queue. Default: the platform's. */
  readonly backlog?: number;
}

export interface Listening {
  /** `127.0.0.1:43121`, `unix:/run/shop.sock` */
  readonly address: string;
  /** 0 for a unix socket. */
  readonly port: number;
}

// 30 s: what Kubernetes gives a pod between SIGTERM and SIGKILL by default (terminationGracePeriodSeconds).
const defaultGraceMs = 30_000;

// Keys, so that one that is missing does not compile.
const signals: Readonly<Record<SignalName, true>> = { SIGTERM: true, SIGINT: true, SIGHUP: true, SIGUSR2: true };

/**
 * Makes a server; it starts with `listen`.
 *
 * @throws TypeError for an option that is unknown, or that cannot be what it should be.
 */
export function createServer(options: ServerOptions): Server {
  return new Server(options);
}

export class Server {
  readonly #host: Host;
  readonly #methods = new MethodTable();
  readonly #budget: ReceiveBudget;
  readonly #transportOptions: TransportOptions;
  readonly #surroundings: Surroundings;
  readonly #graceMs: number;
  readonly #lameDuckMs: number;
  readonly #handshakeMs: number;
  /** With the address, once it is bound. */
  readonly #listeners = new Map<Listener, string | undefined>();
  readonly #reports = new RecentReports();
  readonly #connections = new Set<ServerConnection>();
  readonly #owner: ConnectionOwner;
  readonly #drain: Drain;
  readonly #drainListeners = new Set<DrainListener>();
  #plainHandler: PlainHandler | undefined;

  /** Use `createServer`. */
  constructor(options: ServerOptions) {
    checkServerOptions(options);
    const { host, limits, receiveBudgetBytes, onError, onReport } = options;
    const { maxReceiveMessageBytes = defaultMaxMessageBytes, compression = "identity" } = options;
    const { maxConcurrentStreams = limits?.maxConcurrentStreams ?? defaultLimits.maxConcurrentStreams } = options;
    this.#host = host;
    this.#graceMs = options.drain?.graceMs ?? defaultGraceMs;
    this.#lameDuckMs = options.drain?.lameDuckMs ?? 0;
    const liveness = livenessFrom(options);
    this.#handshakeMs = limits?.handshakeMs ?? defaultLimits.handshakeMs;
    this.#budget = new ReceiveBudget(receiveBudgetBytes);
    this.#transportOptions = {
      liveness,
      pingPolicy: pingPolicyFrom(options),
      limits: { ...limits, maxConcurrentStreams, noProgressMs: noProgressMs(liveness, limits?.noProgressMs) },
      budget: this.#budget,
    };
    const plainHandler = (): PlainHandler | undefined => this.#plainHandler;
    this.#surroundings = {
      host,
      lifetime: lifetimeFrom(options),
      ready: new ReadyQueue(host),
      methods: this.#methods,
      maxReceiveMessageBytes,
      packing: compression === "identity" ? undefined : { zip: host, coding: compression },
      get plainHandler() {
        return plainHandler();
      },
      tell: (error, call) => tell(host, onError, error, call),
    };
    this.#drain = new Drain(host, {
      connections: this.#connections,
      listeners: this.#drainListeners,
      stopListening: () => this.#stopListening(),
    });
    this.#owner = {
      callOpened: () => this.#drain.callOpened(),
      connectionEnded: (connection) => {
        const { report } = connection;
        if (report !== undefined) this.#reports.add(report);
        if (onReport !== undefined && report !== undefined) tellUser(host, "onReport", () => onReport(report));
        this.#connections.delete(connection);
        this.#drain.connectionEnded();
      },
    };
  }

  /** What was added so far: the name of each service, and its descriptor where it came from protobuf-es. */
  get services(): ReadonlyMap<string, DescribedService | undefined> {
    return this.#methods.services;
  }

  /** Octets of requests that came and that no handler has used yet; `receiveBudgetBytes` limits them. */
  get heldBytes(): number {
    return this.#budget.heldBytes;
  }

  /**
   * The server as it stands, as plain data for JSON: see `Channel.inspect`.
   *
   * @throws TypeError for an option that is unknown or no number.
   */
  inspect(options: InspectOptions = {}): ServerInspection {
    checkInspectOptions(options);
    const { maxConnections = defaultMaxShown, maxStreams = defaultMaxShown } = options;
    const { heldBytes, limitBytes } = this.#budget;
    const connections = [...this.#connections];
    return {
      kind: "server",
      listening: [...this.#listeners.values()].filter((address) => address !== undefined),
      drain: this.#drain.kind,
      callsOpen: connections.reduce((sum, { calls }) => sum + calls.size, 0),
      connectionsOpen: connections.length,
      connections: connections.slice(0, maxConnections).map((one) => one.inspect(maxStreams)),
      memory: { heldBytes, limitBytes },
      connectionsEnded: this.#reports.count,
      reports: this.#reports.last,
    };
  }

  /**
   * Takes on a service: a `DescService` of protobuf-es or a `ServiceDefinition` of grpc-js. Methods without a handler
   * are answered UNIMPLEMENTED; a handler without a method is a `TypeError`.
   */
  add<S extends Service>(service: S, handlers: Handlers<S>): this {
    this.#methods.addService(service, handlers);
    return this;
  }

  /** Takes on one method over raw bytes; `path` is `/package.Service/Method`. */
  addMethod<Kind extends MethodKind>(
    path: string,
    kind: Kind,
    handler: HandlerOfKind<Kind, Uint8Array, Uint8Array>,
  ): this {
    this.#methods.addMethod(path, kind, handler as (request: unknown, call: CallContext) => unknown);
    return this;
  }

  /** Answers every request that is not gRPC by its content-type. Without it they get HTTP 415 (405 if not POST). */
  handle(handler: PlainHandler): this {
    this.#plainHandler = handler;
    return this;
  }

  /**
   * Listens; several times is fine. Rejects with a `ListenError` when the host cannot, after a drain too.
   *
   * @throws TypeError at once for a target or an option that is wrong in itself.
   */
  listen(target: ListenTarget, options: ListenOptions = {}): Promise<Listening> {
    const address = listenAddress(target);
    checkListenOptions(options);
    const { tls, backlog } = options;
    const where = addressText(address);
    return new Promise((resolve, reject) => {
      if (this.#drain.started) {
        reject(new ListenError(where, { kind: "OTHER", message: "the server has been drained or closed" }));
        return;
      }
      const listener = this.#host.listen(
        {
          address,
          ...(tls === undefined ? {} : { tls: { ...tls, alpn: ["h2"] }, handshakeMs: this.#handshakeMs }),
          ...(backlog === undefined ? {} : { backlog }),
        },
        {
          listening: (bound) => {
            this.#listeners.set(listener, addressText(bound));
            const port = bound.kind === "tcp" ? bound.port : 0;
            debugLogOf(this.#host)?.say(
              "server",
              `listening on ${addressText(bound)}${tls === undefined ? "" : ", TLS"}`,
            );
            this.#host.defer(() => resolve({ address: addressText(bound), port }));
          },
          accepted: (socket, session) => {
            // RFC 9113 §3.2: over TLS, HTTP/2 is chosen by ALPN.
            if (tls !== undefined && session?.alpn !== "h2") return undefined;
            const owner = this.#owner;
            const connection = new ServerConnection(this.#surroundings, owner, this.#transportOptions, socket, session);
            this.#connections.add(connection);
            if (this.#drain.warning) connection.drain();
            return connection.start(socket, session);
          },
          // Before `listening`: the reason why there will be none. Later: a client's handshake, which is its own trouble.
          failed: (error) => this.#host.defer(() => reject(new ListenError(where, error))),
          closed: () => {
            this.#listeners.delete(listener);
            // Nothing happens if it was listening; a `close` or `drain` may have come first.
            const error = new ListenError(where, {
              kind: "OTHER",
              message: "the server was closed before it listened",
            });
            this.#host.defer(() => reject(error));
          },
        },
      );
      this.#listeners.set(listener, undefined);
    });
  }

  /**
   * Leaves without losing a call: after `lameDuckMs` every client is told to go (GOAWAY in two phases), what is on its way
   * is served, calls go on to their end. Whatever is open `graceMs` later is cut with UNAVAILABLE and `[DRAIN_CUT]`.
   * Called again, it joins the drain that runs, and may shorten it. Resolves when every connection is closed.
   *
   * Connections whose TLS handshake is not finished are reset: no request is on them.
   *
   * @throws TypeError at once for options that are wrong; nothing is drained then.
   */
  drain(options: DrainOptions = {}): Promise<DrainResult> {
    checkDrainOptions(options);
    this.#drain.start(options.graceMs ?? this.#graceMs, options.lameDuckMs ?? this.#lameDuckMs);
    return this.#drain.done;
  }

  /**
   * Drains when the signal comes; more of them change nothing. After the drain nothing here keeps the process alive.
   * Returns a function that takes it back.
   *
   * @throws TypeError at once for a signal other than SIGTERM, SIGINT, SIGHUP and SIGUSR2, and for options that are wrong.
   */
  drainOn(signal: SignalName, options: DrainOptions = {}): () => void {
    if (!Object.hasOwn(signals, signal)) {
      const expected = Object.keys(signals).join(", ");
      throw new TypeError(`cannot drain on ${JSON.stringify(signal)}: expected one of ${expected}`);
    }
    checkDrainOptions(options);
    const takeBack = this.#host.onSignal(signal, () => void this.drain(options).then(takeBack));
    return takeBack;
  }

  /** Tells `listener` of a drain, before any client learns of it. Returns a function that takes it back. */
  onDrain(listener: DrainListener): () => void {
    this.#drainListeners.add(listener);
    return () => this.#drainListeners.delete(listener);
  }

  /** Ends everything at once: GOAWAY, FIN. Calls that are open are lost. Resolves when every connection is closed. */
  async close(): Promise<void> {
    this.#drain.close();
    await this.#drain.done;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #stopListening(): void {
    for (const listener of this.#listeners.keys()) listener.close();
  }
}

function tell(host: Host, onError: ServerOptions["onError"], error: unknown, call: CallContext | PlainRequest): void {
  const name = "path" in call ? `${call.method} ${call.path}` : call.method;
  if (onError === undefined) {
    host.log(`holdfast: the handler of ${name} failed: ${inWords(error)}`);
    return;
  }
  try {
    onError(error, call);
  } catch (thrown) {
    host.log(`holdfast: onError failed on an error of ${name}: ${inWords(thrown)}`);
  }
}

/** One line: a log is read by machines, too. */
function inWords(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return text.replace(/\s*\n\s*/g, " | ");
}
