import type { ClientTls, Host } from "../host/host.ts";
import type { Limits } from "../http2/limits.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import { acceptEncoding, checkCompression, type Compression } from "../rpc/compression.ts";
import { defaultMaxMessageBytes } from "../rpc/message.ts";
import { parseMethodPath } from "../rpc/method.ts";
import type { Service } from "../rpc/service.ts";
import { PickFirst } from "./balance/pick-first.ts";
import { RoundRobin } from "./balance/round-robin.ts";
import { type CallOptions } from "./call-options.ts";
import { bidiStreaming, type CallTemplate, clientStreaming, serverStreaming, unary } from "./calls.ts";
import { type Client, createClient } from "./client.ts";
import { isFieldValue } from "../http2/header-rules.ts";
import { checkLimits } from "../rpc/check-limits.ts";
import { checkNames, checkNumber, checkSignal } from "../rpc/check-options.ts";
import { checkClientTls } from "./check-client-tls.ts";
import { Connections } from "./connections.ts";
import type { ExchangeOptions } from "./exchange.ts";
import { type KeepaliveOptions, readKeepalive } from "./keepalive-policy.ts";
import { receiveBudgetOf } from "./receive-budget-of.ts";
import { defaultReissue } from "./reissue-policy.ts";
import type { RetryTry } from "./retry.ts";
import { createResolver } from "./resolve/resolver.ts";
import { methodConfigFor, parseServiceConfig, type ServiceConfig } from "./service-config.ts";
import { parseTarget, type Target } from "./target.ts";
import { noProgressMs } from "../transport/no-progress-ms.ts";
import { checkInspectOptions } from "../rpc/check-inspect-options.ts";
import type { ChannelInspection, InspectOptions } from "../watch/inspection.ts";
import { toldCallsOf } from "./told-calls.ts";
import { version } from "./version.ts";

/** What TLS needs to know. `{}` trusts the platform's authorities and expects the target's name. */
export type ChannelTls = Partial<Omit<ClientTls, "alpn">>;

export interface ChannelOptions {
  /** Absent: plain text. */
  readonly tls?: ChannelTls;
  /** gRPC's service config (gRFC A2), as JSON text or as an object: retries, timeouts, wait-for-ready, balancing. */
  readonly serviceConfig?: string | object;
  /** From the first SYN to the peer's SETTINGS, ms. Default 20,000 (connection-backoff.md). */
  readonly connectTimeoutMs?: number;
  /**
   * How often a call that a peer refused unprocessed is sent again, whatever the method. Default 5. gRFC A6 allows one;
   * docs/decisions tells why this is more.
   */
  readonly maxReissues?: number;
  /**
   * Whether RST_STREAM(REFUSED_STREAM) proves that the call was not processed, as RFC 9113 §8.7 has it. Default true.
   * Some proxies say it after forwarding; behind one of those, say false.
   */
  readonly trustRefusedStream?: boolean;
  /** `:authority` of the requests. Default: the target's. */
  readonly authority?: string;
  /**
   * How a server that vanished is found. By default one that is silent for 5 min 15 s with calls open is asked with a
   * PING, and given up without a sign of life 20 s later.
   */
  readonly keepalive?: KeepaliveOptions;
  /** Stands before ours in `user-agent`. */
  readonly userAgent?: string;
  /** Default 4 MiB, gRPC's customary limit. */
  readonly maxReceiveMessageBytes?: number;
  /** Default: no limit. */
  readonly maxSendMessageBytes?: number;
  /**
   * How messages are compressed that are sent. Default: not at all. Answers may come in gzip or deflate whatever stands here.
   * Both are done at once, a megabyte in some 10 ms: for small messages, leave it.
   */
  readonly compression?: Compression;
  /** Calls that may wait for a connection at once; further ones fail with RESOURCE_EXHAUSTED. Default 100,000. */
  readonly maxQueuedCalls?: number;
  /** What peers may make us spend: see `Limits`. */
  readonly limits?: Partial<Limits>;
  /** Hears of each connection that ended, or could not be made. */
  readonly onReport?: (report: TerminationReport) => void;
}

/** A gRPC channel: calls to one target, over connections that are made, kept and replaced without the caller's help. */
export interface Channel extends AsyncDisposable {
  readonly target: string;
  /** A typed client of a service: a protobuf-es `DescService`, or a grpc-js service definition. */
  client<S extends Service>(service: S): Client<S>;
  /** Calls with bytes in and out; `path` is `/pkg.Service/Method`. */
  unary(path: string, message: Uint8Array, options?: CallOptions): Promise<Uint8Array>;
  serverStreaming(path: string, message: Uint8Array, options?: CallOptions): AsyncIterableIterator<Uint8Array>;
  clientStreaming(path: string, messages: AsyncIterable<Uint8Array>, options?: CallOptions): Promise<Uint8Array>;
  bidiStreaming(
    path: string,
    messages: AsyncIterable<Uint8Array>,
    options?: CallOptions,
  ): AsyncIterableIterator<Uint8Array>;
  /**
   * The channel as it stands, as plain data for JSON: names, addresses, connections with their settings, windows and
   * streams, and how the last connections ended. Changes nothing and never throws for what it finds; `inspectTable` of
   * `@holdfast/grpc` makes text of it.
   *
   * @throws TypeError for an option that is unknown or no number.
   */
  inspect(options?: InspectOptions): ChannelInspection;
  /** Begins to connect; the first call would do it, too. */
  connect(): void;
  /** Ends everything at once: calls that are open fail with CHANNEL_CLOSED. Resolves when every socket is closed. */
  close(): Promise<void>;
}

/**
 * Makes a channel; connects with the first call, or `connect`.
 *
 * @throws TypeError for a target, option or service config that cannot be understood; it names what and where.
 */
export function createChannel(host: Host, target: string, options: ChannelOptions = {}): Channel {
  return new GrpcChannel(host, target, options);
}

class GrpcChannel implements Channel {
  readonly target: string;
  readonly #options: ChannelOptions;
  readonly #connections: Connections;
  readonly #config: ServiceConfig;
  readonly #scheme: string;
  readonly #authority: string;

  constructor(host: Host, target: string, options: ChannelOptions) {
    checkOptions(options);
    const parsed = parseTarget(target);
    this.target = target;
    this.#options = options;
    this.#config = readConfig(host, options.serviceConfig);
    this.#scheme = options.tls === undefined ? "http" : "https";
    this.#authority = options.authority ?? parsed.authority;
    const { tls, limits, connectTimeoutMs } = options;
    const { liveness, warning } = readKeepalive(options.keepalive);
    if (warning !== undefined) host.log(`holdfast: channel to ${target}: ${warning}`);
    this.#connections = new Connections(host, {
      target,
      resolver: createResolver(host, parsed),
      dial: {
        budget: receiveBudgetOf(host),
        ...(tls === undefined ? {} : { tls: clientTls(tls, parsed) }),
        limits: { ...limits, noProgressMs: noProgressMs(liveness, limits?.noProgressMs) },
        ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
      },
      liveness,
      reissue: { maxReissues: options.maxReissues ?? defaultReissue.maxReissues },
      trustRefusedStream: options.trustRefusedStream ?? true,
      // More than any honest burst; each costs about 1 KiB.
      maxQueuedCalls: options.maxQueuedCalls ?? 100_000,
      createBalancer: (make) =>
        this.#config.loadBalancing === "round_robin" ? new RoundRobin(make) : new PickFirst(make),
      onReport: (report) => options.onReport?.(report),
    });
  }

  client<S extends Service>(service: S): Client<S> {
    return createClient(service, (path, encode, decode) => this.#template(path, encode, decode));
  }

  unary(path: string, message: Uint8Array, options?: CallOptions): Promise<Uint8Array> {
    return unary(this.#bytes(path), message, options) as Promise<Uint8Array>;
  }

  serverStreaming(path: string, message: Uint8Array, options?: CallOptions): AsyncIterableIterator<Uint8Array> {
    return serverStreaming(this.#bytes(path), message, options) as AsyncIterableIterator<Uint8Array>;
  }

  clientStreaming(path: string, messages: AsyncIterable<Uint8Array>, options?: CallOptions): Promise<Uint8Array> {
    return clientStreaming(this.#bytes(path), messages, options) as Promise<Uint8Array>;
  }

  bidiStreaming(
    path: string,
    messages: AsyncIterable<Uint8Array>,
    options?: CallOptions,
  ): AsyncIterableIterator<Uint8Array> {
    return bidiStreaming(this.#bytes(path), messages, options) as AsyncIterableIterator<Uint8Array>;
  }

  inspect(options: InspectOptions = {}): ChannelInspection {
    checkInspectOptions(options);
    return this.#connections.inspect(options);
  }

  connect(): void {
    this.#connections.connect();
  }

  close(): Promise<void> {
    return this.#connections.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  readonly #byteTemplates = new Map<string, CallTemplate>();

  #bytes(path: string): CallTemplate {
    let template = this.#byteTemplates.get(path);
    if (template === undefined) {
      template = this.#template(path, asBytes, (bytes) => bytes);
      // Paths are few; a caller who makes them up without end pays with a little time, not with memory.
      if (this.#byteTemplates.size < 1_000) this.#byteTemplates.set(path, template);
    }
    return template;
  }

  #template(
    path: string,
    encode: (message: unknown) => Uint8Array,
    decode: (bytes: Uint8Array) => unknown,
  ): CallTemplate {
    const name = parseMethodPath(path);
    if (name === undefined) throw new TypeError(`method ${JSON.stringify(path)}: expected /package.Service/Method`);
    const config = methodConfigFor(this.#config, name.service, name.method);
    const connections = this.#connections;
    const { host } = connections;
    const told = toldCallsOf(connections, path);
    return {
      home: told ?? connections,
      path,
      prefix: this.#prefix(path),
      maxReceiveMessageBytes: this.#options.maxReceiveMessageBytes ?? defaultMaxMessageBytes,
      maxSendMessageBytes: this.#options.maxSendMessageBytes ?? Infinity,
      compression: this.#options.compression,
      encode,
      decode,
      plan: (options): ExchangeOptions => {
        checkNames("call option", options, callNames, callHabits);
        checkNumber("timeoutMs", options.timeoutMs);
        checkSignal(options.signal);
        if (options.compression !== undefined) checkCompression("compression", options.compression);
        const timeoutMs = Math.min(options.timeoutMs ?? Infinity, config?.timeoutMs ?? Infinity);
        return {
          deadlineMs: host.nowMs() + timeoutMs,
          timeoutMs,
          waitForReady: options.waitForReady ?? config?.waitForReady ?? false,
          signal: options.signal,
          retryPolicy: config?.retryPolicy,
        };
      },
      begin:
        told === undefined
          ? (exchange) => connections.begin(exchange)
          : (exchange, { timeoutMs }) => {
              told.began(exchange, timeoutMs);
              connections.begin(exchange);
            },
    };
  }

  #prefix(path: string): readonly string[] {
    const ours = `grpc-node-holdfast/${version}`;
    const userAgent = this.#options.userAgent === undefined ? ours : `${this.#options.userAgent} ${ours}`;
    return Object.freeze([
      ...[":method", "POST", ":scheme", this.#scheme, ":path", path, ":authority", this.#authority],
      ...["te", "trailers", "content-type", "application/grpc"],
      ...["grpc-accept-encoding", acceptEncoding, "user-agent", userAgent],
    ]);
  }
}

const optionNames = [
  "tls",
  "serviceConfig",
  "connectTimeoutMs",
  "maxReissues",
  "trustRefusedStream",
  "keepalive",
  "authority",
  "userAgent",
  "maxReceiveMessageBytes",
  "maxSendMessageBytes",
  "compression",
  "maxQueuedCalls",
  "limits",
  "onReport",
] satisfies (keyof ChannelOptions)[];

const callNames = [
  "metadata",
  "timeoutMs",
  "signal",
  "waitForReady",
  "compression",
  "onHeaders",
  "onTrailers",
  // What `retry` gives to each try can be handed on as the options of a call.
  "attempt",
] satisfies (keyof CallOptions | keyof RetryTry)[];

/** What users of grpc-js and Connect call the same things. */
const callHabits = { deadline: "timeoutMs", headers: "metadata", onHeader: "onHeaders", onTrailer: "onTrailers" };

/** What users of other libraries call the same things. */
const habits = {
  "grpc.default_compression_algorithm": "compression",
  "grpc.keepalive_time_ms": "keepalive",
  "grpc.keepalive_timeout_ms": "keepalive",
  "grpc.keepalive_permit_without_calls": "keepalive",
  keepaliveTimeMs: "keepalive",
  keepaliveTimeoutMs: "keepalive",
  pingIntervalMs: "keepalive",
};

function checkOptions(options: ChannelOptions): void {
  checkNames("channel option", options, optionNames, habits);
  checkClientTls(options.tls);
  checkCompression("channel option compression", options.compression);
  if (options.limits !== undefined) checkLimits(options.limits);
  for (const name of ["authority", "userAgent"] as const) {
    const value = options[name];
    if (value !== undefined && (typeof value !== "string" || value === "" || !isFieldValue(value))) {
      throw new TypeError(`channel option ${name}: ${JSON.stringify(value)}, expected the value of a header field`);
    }
  }
  for (const name of optionNames) {
    if (/(Ms|Bytes|Calls|Reissues)$/.test(name)) checkNumber(`channel option ${name}`, options[name]);
  }
}

/** Of channels that were given none. */
const emptyConfig = parseServiceConfig({}).config;

function readConfig(host: Host, text: string | object | undefined): ServiceConfig {
  if (text === undefined) return emptyConfig;
  const { config, warnings } = parseServiceConfig(text);
  for (const warning of warnings) host.log(`holdfast: service config: ${warning}`);
  return config;
}

function clientTls(tls: ChannelTls, target: Target): ClientTls {
  const name = target.kind === "dns" ? target.name : target.authority.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return { ...tls, serverName: tls.serverName ?? name, alpn: ["h2"] };
}

function asBytes(message: unknown): Uint8Array {
  if (message instanceof Uint8Array) return message;
  throw new TypeError(`expected a Uint8Array as the message, got ${message === null ? "null" : typeof message}`);
}
