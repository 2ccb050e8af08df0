import type { ClientTls, Host } from "../host/host.ts";
import { copyOf, concat, fromUtf8 } from "../http2/bytes.ts";
import { type HeaderList, headerValue } from "../http2/header-list.ts";
import { faultInRequest } from "../http2/header-rules.ts";
import type { TerminationReport } from "../report/termination-report.ts";
import type { StatusError } from "../report/status-error.ts";
import { RoundRobin } from "./balance/round-robin.ts";
import { checkNames, checkNumber, checkSignal } from "../rpc/check-options.ts";
import { checkClientTls } from "./check-client-tls.ts";
import { Connections } from "./connections.ts";
import { type Answer, Exchange } from "./exchange.ts";
import type { Failure } from "./failure.ts";
import { type KeepaliveOptions, readKeepalive } from "./keepalive-policy.ts";
import { MessageQueue, type MessageQueueOwner } from "./message-queue.ts";
import { defaultReissue } from "./reissue-policy.ts";
import { ReceiveAccount } from "./receive-account.ts";
import { receiveBudgetOf } from "./receive-budget-of.ts";
import { RequestBody } from "./request-body.ts";
import { iteratorOf, pump } from "./request-pump.ts";
import { createResolver } from "./resolve/resolver.ts";
import { checkInspectOptions } from "../rpc/check-inspect-options.ts";
import type { ChannelInspection, InspectOptions } from "../watch/inspection.ts";
import { toldCallsOf } from "./told-calls.ts";
import type { Target } from "./target.ts";
import { noProgressMs } from "../transport/no-progress-ms.ts";

/**
 * The plain HTTP/2 face: requests and responses as they are, over connections that survive. The same machinery as the
 * gRPC channel: what a GOAWAY left unprocessed goes again over a new connection, what may finish finishes.
 */

export interface Http2ClientOptions {
  /** For `https:` origins. `{}` trusts the platform's authorities. */
  readonly tls?: Partial<Omit<ClientTls, "alpn">>;
  /** Connections to the origin, used in turn. Default 1. */
  readonly sessions?: number;
  /** How often a request that the peer refused unprocessed is sent again. Default 5. */
  readonly maxReissues?: number;
  /** See `ChannelOptions.trustRefusedStream`. Default true. */
  readonly trustRefusedStream?: boolean;
  /** From the first SYN to the peer's SETTINGS, ms. Default 20,000. */
  readonly connectTimeoutMs?: number;
  /** See `ChannelOptions.keepalive`. */
  readonly keepalive?: KeepaliveOptions;
  readonly onReport?: (report: TerminationReport) => void;
}

export interface Http2Request {
  /** Default GET. */
  readonly method?: string;
  /** Default `/`. */
  readonly path?: string;
  /** Fields in any order; names are sent in lower case. */
  readonly headers?:
    | Readonly<Record<string, string | readonly string[]>>
    | Iterable<readonly [name: string, value: string | readonly string[]]>;
  /** A whole body can be sent again; a stream of pieces only until 1 MiB of it was sent. */
  readonly body?: Uint8Array | string | AsyncIterable<Uint8Array>;
  /** To the response's end, over all attempts, ms. Default: none. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Http2Response {
  readonly status: number;
  /** First value of a field. */
  header(name: string): string | undefined;
  /** Every field as it came, name, value, name, value. */
  readonly headers: HeaderList;
  /** Pieces as they come; rejects with a `StatusError` when the response breaks off. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The whole body. */
  bytes(): Promise<Uint8Array>;
  /** The trailer section; there once the body was read, empty if none came. */
  readonly trailers: HeaderList;
}

export interface Http2Client extends AsyncDisposable {
  readonly origin: string;
  /**
   * Resolves with the response's head. Rejects with a `StatusError` when there is none: its `processed` says whether
   * the server can have seen the request.
   */
  request(request?: Http2Request): Promise<Http2Response>;
  /** See `Channel.inspect`. */
  inspect(options?: InspectOptions): ChannelInspection;
  close(): Promise<void>;
}

/** @param origin `http://host:port` (prior knowledge, RFC 9113 §3.3) or `https://host:port` (ALPN h2). */
export function createHttp2Client(host: Host, origin: string, options: Http2ClientOptions = {}): Http2Client {
  checkNames("client option", options, clientNames);
  checkClientTls(options.tls);
  if (options.tls !== undefined && origin.startsWith("http:"))
    throw new TypeError("tls: the origin is http:, expected https:");
  checkNumber("maxReissues", options.maxReissues);
  checkNumber("connectTimeoutMs", options.connectTimeoutMs);
  const { liveness, warning } = readKeepalive(options.keepalive);
  const { scheme, name, port } = parseOrigin(origin);
  const target: Target = { kind: "dns", name, port, authority: `${name}:${port}` };
  const sessions = options.sessions ?? 1;
  if (!Number.isInteger(sessions) || sessions < 1)
    throw new TypeError(`sessions: ${String(options.sessions)}, expected a whole number of 1 or more`);
  const tls: ClientTls | undefined =
    scheme === "https" ? { ...options.tls, serverName: options.tls?.serverName ?? name, alpn: ["h2"] } : undefined;
  if (warning !== undefined) host.log(`holdfast: client of ${origin}: ${warning}`);
  const connections = new Connections(host, {
    target: origin,
    resolver: createResolver(host, target),
    dial: {
      budget: receiveBudgetOf(host),
      ...(tls === undefined ? {} : { tls }),
      limits: { noProgressMs: noProgressMs(liveness) },
      ...(options.connectTimeoutMs === undefined ? {} : { connectTimeoutMs: options.connectTimeoutMs }),
    },
    liveness,
    reissue: { maxReissues: options.maxReissues ?? defaultReissue.maxReissues },
    trustRefusedStream: options.trustRefusedStream ?? true,
    // As for a channel: more than any honest burst.
    maxQueuedCalls: 100_000,
    createBalancer: (make) => new RoundRobin(make, sessions),
    onReport: (report) => options.onReport?.(report),
  });
  const authority = new URL(origin).host;
  return {
    origin,
    request: (request = {}) => send(connections, scheme, authority, request),
    inspect: (options = {}) => {
      checkInspectOptions(options);
      return connections.inspect(options);
    },
    close: () => connections.close(),
    [Symbol.asyncDispose]: () => connections.close(),
  };
}

function send(
  connections: Connections,
  scheme: string,
  authority: string,
  request: Http2Request,
): Promise<Http2Response> {
  return new Promise((resolve, reject) => {
    checkNames("request option", request, requestNames, { timeout: "timeoutMs", url: "path" });
    checkNumber("timeoutMs", request.timeoutMs);
    checkSignal(request.signal);
    const { method = "GET", path = "/", timeoutMs = Infinity, signal, body } = request;
    const list = [":method", method, ":scheme", scheme, ":path", path, ":authority", authority];
    for (const [name, value] of fieldsOf(request.headers ?? {})) list.push(name.toLowerCase(), value);
    const fault = faultInRequest(list);
    if (fault !== undefined) throw new TypeError(`request to ${authority}: ${fault}`);
    const whole = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const iterator = whole ? undefined : iteratorOf("body", body);
    const outgoing = whole ? RequestBody.whole(wholeBody(body)) : RequestBody.streaming();
    const answer = new PlainAnswer(connections, list, resolve, reject);
    const told = toldCallsOf(connections, `${method} ${path}`);
    const exchange = new Exchange(told ?? connections, outgoing, answer, {
      deadlineMs: connections.host.nowMs() + timeoutMs,
      timeoutMs,
      waitForReady: false,
      signal,
      retryPolicy: undefined,
    });
    answer.exchange = exchange;
    told?.began(exchange, timeoutMs);
    connections.begin(exchange);
    exchange.start();
    if (iterator !== undefined) pump(connections.host, iterator, piecesOf, outgoing, exchange);
  });
}

const requestNames = ["method", "path", "headers", "body", "timeoutMs", "signal"] satisfies (keyof Http2Request)[];
const clientNames = [
  "tls",
  "sessions",
  "maxReissues",
  "trustRefusedStream",
  "connectTimeoutMs",
  "keepalive",
  "onReport",
] satisfies (keyof Http2ClientOptions)[];

class PlainResponse implements Http2Response {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: MessageQueue<Uint8Array>;
  trailers: HeaderList = [];

  constructor(headers: HeaderList, body: MessageQueue<Uint8Array>) {
    this.headers = headers;
    this.status = Number(headerValue(headers, ":status"));
    this.body = body;
  }

  header(name: string): string | undefined {
    return headerValue(this.headers, name.toLowerCase());
  }

  async bytes(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of this.body) {
      pieces.push(piece);
      length += piece.length;
    }
    return concat(pieces, length);
  }
}

/** What an exchange's answer becomes: its head settles the promise, its body is a queue. */
class PlainAnswer implements Answer, MessageQueueOwner {
  exchange: Exchange | undefined = undefined;
  #response: PlainResponse | undefined = undefined;
  readonly #body = new MessageQueue<Uint8Array>();
  readonly #connections: Connections;
  readonly #request: HeaderList;
  readonly #resolve: (response: Http2Response) => void;
  readonly #reject: (error: StatusError) => void;
  readonly #account = new ReceiveAccount();
  /** Octets on their way to the body's queue. */
  #deferredBytes = 0;

  constructor(
    connections: Connections,
    request: HeaderList,
    resolve: (response: Http2Response) => void,
    reject: (error: StatusError) => void,
  ) {
    this.#connections = connections;
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#body.owner = this;
  }

  onRead(): void {
    this.#account.update(this.#body.unreadBytes + this.#deferredBytes, 0);
  }

  onAbandoned(): void {
    this.exchange?.cancel(new Error("the reader left before the end"));
  }

  headers(): HeaderList {
    return this.#request;
  }

  judge(list: HeaderList): "commit" {
    const response = new PlainResponse(list, this.#body);
    this.#response = response;
    this.#connections.host.defer(() => this.#resolve(response));
    return "commit";
  }

  onData(bytes: Uint8Array): undefined {
    const live = this.exchange?.live;
    if (live !== undefined) live.messageSeen = true;
    if (bytes.length === 0) return undefined;
    this.#account.received(live, bytes.length);
    const piece = copyOf(bytes);
    this.#deferredBytes += piece.length;
    this.#connections.host.defer(() => {
      this.#deferredBytes -= piece.length;
      this.#body.push(piece, piece.length);
    });
    return undefined;
  }

  onEnd(trailers: HeaderList | undefined): Failure | undefined {
    if (trailers !== undefined && this.#response !== undefined) this.#response.trailers = trailers;
    return undefined;
  }

  onSettled(error: StatusError | undefined): void {
    // Whatever is unread now is the application's own: the peer cannot add to it.
    this.#account.update(0, 0);
    if (error !== undefined && this.#response === undefined) this.#reject(error);
    this.#body.end(error);
  }
}

/** A record, or any iterable of pairs, `Headers` among them. */
function* fieldsOf(headers: NonNullable<Http2Request["headers"]>): Generator<readonly [name: string, value: string]> {
  const pairs = Symbol.iterator in headers ? headers : Object.entries(headers);
  for (const [name, values] of pairs) {
    for (const value of Array.isArray(values) ? (values as readonly unknown[]) : [values]) {
      if (typeof value !== "string") throw new TypeError(`header ${name}: expected a string, got ${typeof value}`);
      yield [name, value];
    }
  }
}

function piecesOf(piece: unknown): readonly Uint8Array[] {
  if (piece instanceof Uint8Array) return [piece];
  if (typeof piece === "string") return [fromUtf8(piece)];
  throw new TypeError(`body: expected pieces of Uint8Array or string, got ${piece === null ? "null" : typeof piece}`);
}

function wholeBody(body: Uint8Array | string | undefined): Uint8Array[] {
  const bytes = typeof body === "string" ? fromUtf8(body) : body;
  return bytes === undefined || bytes.length === 0 ? [] : [bytes];
}

function parseOrigin(origin: string): { scheme: "http" | "https"; name: string; port: number } {
  const match = /^(https?):\/\/(?:\[([^\]]+)\]|([^:/]+))(?::(\d{1,5}))?\/?$/.exec(origin);
  if (match === null)
    throw new TypeError(`origin ${JSON.stringify(origin)}: expected http://host:port or https://host:port`);
  const scheme = match[1] === "https" ? "https" : "http";
  const port = match[4] === undefined ? (scheme === "https" ? 443 : 80) : Number(match[4]);
  return { scheme, name: match[2] ?? match[3] ?? "", port };
}
