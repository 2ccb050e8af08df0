import { type HeaderList, headerValue } from "../http2/header-list.ts";
import type { Evidence } from "../report/evidence.ts";
import type { Reason } from "../report/reasons.ts";
import { StatusError } from "../report/status-error.ts";
import { acceptEncoding, type Coding, codingOf, decompressMessage } from "../rpc/compression.ts";
import {
  type CompressedMessage,
  type MessageEvents,
  MessageReader,
  type MessageFault,
  prefixBytes,
  type ReceivedMessage,
} from "../rpc/message.ts";
import { metadataFromHeaders, metadataInitToHeaders, type MetadataInit } from "../rpc/metadata.ts";
import { responseStatus, type ResponseStatus, statusWithoutGrpc } from "../rpc/response-status.ts";
import { status } from "../rpc/status.ts";
import { formatTimeout } from "../rpc/timeout.ts";
import { tellUser } from "../transport/tell-user.ts";
import { type CallOptions, codingFor } from "./call-options.ts";
import type { CallTemplate } from "./calls.ts";
import { type Answer, Exchange, type ExchangeOptions, type JudgedFailure } from "./exchange.ts";
import { evidenceSoFar, failure, type Failure } from "./failure.ts";
import type { MessageQueueOwner } from "./message-queue.ts";
import { ReceiveAccount } from "./receive-account.ts";
import type { RequestBody } from "./request-body.ts";
import { undecodable } from "./undecodable.ts";

/** What becomes of the messages of an answer. */
export interface MessageSink {
  /**
   * The message is the sink's to keep; one that is compressed comes only where more may follow, and is opened by its reader.
   * Returns what is wrong with it, in words.
   */
  onMessage(message: ReceivedMessage, wireBytes: number): string | undefined;
  /** The status is OK. Returns what is missing, in words. */
  onOk(): string | undefined;
  /** Octets of messages that the application has not taken yet: the peer is not credited for them. */
  readonly unreadBytes: number;
  /** Whether another message may follow the first. */
  readonly more: boolean;
  onSettled(error: StatusError | undefined): void;
}

/** One gRPC call: message framing, metadata and status on top of an exchange (gRPC's PROTOCOL-HTTP2). */
export class Call implements Answer, MessageEvents, MessageQueueOwner {
  readonly exchange: Exchange;
  readonly #template: CallTemplate;
  /** The header section of the first attempt, with room for the time that is left; later attempts copy it. */
  readonly #list: readonly string[];
  #listUsed = false;
  readonly #options: CallOptions;
  readonly #sink: MessageSink;
  readonly #reader: MessageReader;
  #headers: HeaderList = [];
  #endedOnHeaders = false;
  readonly #account = new ReceiveAccount();
  #wrongMessage: Failure | undefined = undefined;

  constructor(
    template: CallTemplate,
    body: RequestBody,
    sink: MessageSink,
    options: CallOptions,
    how: ExchangeOptions,
  ) {
    const { home, prefix, maxReceiveMessageBytes, compression } = template;
    this.#template = template;
    const coding = codingFor(compression, options);
    this.#list = firstList(prefix, how.deadlineMs !== Infinity, options.metadata, coding);
    this.#options = options;
    this.#sink = sink;
    this.#reader = new MessageReader(maxReceiveMessageBytes, this);
    this.exchange = new Exchange(home, body, this, how);
  }

  headers(previousAttempts: number, remainingMs: number): HeaderList {
    // A stream that waits for its turn may hold the list of an earlier attempt.
    const list = (this.#listUsed ? this.#list.slice() : this.#list) as string[];
    this.#listUsed = true;
    const prefixLength = this.#template.prefix.length;
    if (remainingMs !== Infinity) list[prefixLength + 1] = formatTimeout(remainingMs);
    if (previousAttempts === 0) return list;
    return list.toSpliced(prefixLength, 0, "grpc-previous-rpc-attempts", String(previousAttempts));
  }

  judge(list: HeaderList, endStream: boolean): "commit" | JudgedFailure {
    const told = endStream ? responseStatus(list, undefined, true) : statusWithoutGrpc(list);
    if (told !== undefined && !(told.kind === "peer-status" && told.code === status.OK)) {
      const pushback = headerValue(list, "grpc-retry-pushback-ms");
      const judged = this.#failureOf(told, list, true);
      return pushback === undefined ? judged : { ...judged, pushback };
    }
    this.#headers = list;
    this.#endedOnHeaders = endStream;
    const { onHeaders } = this.#options;
    if (onHeaders !== undefined)
      tellUser(this.#template.home.host, "onHeaders", () => onHeaders(metadataFromHeaders(list)));
    return "commit";
  }

  onData(bytes: Uint8Array): Failure | undefined {
    this.#account.received(this.exchange.live, bytes.length);
    const fault = this.#reader.push(bytes);
    if (fault !== undefined) return this.#badFraming(fault);
    if (this.#wrongMessage !== undefined) return this.#wrongMessage;
    this.#credit();
    return undefined;
  }

  onEnd(trailers: HeaderList | undefined): Failure | undefined {
    const told = responseStatus(this.#headers, trailers, this.#endedOnHeaders);
    const { onTrailers } = this.#options;
    const last = trailers ?? (this.#endedOnHeaders ? this.#headers : undefined);
    if (onTrailers !== undefined && last !== undefined) {
      tellUser(this.#template.home.host, "onTrailers", () => onTrailers(metadataFromHeaders(last)));
    }
    if (told.kind !== "peer-status" || told.code !== status.OK)
      return this.#failureOf(told, last, this.#endedOnHeaders);
    const fault = this.#reader.end();
    if (fault !== undefined) return this.#badFraming(fault);
    const missing = this.#sink.onOk();
    return missing === undefined ? undefined : this.#bad("BAD_RESPONSE", missing);
  }

  onSettled(error: StatusError | undefined): void {
    // Whatever is unread now is the application's own: the peer cannot add to it.
    this.#account.update(0, 0);
    // Told by `onEnd`, unless the answer was one header section that told of a failure.
    if (error?.reason === "PEER_STATUS" && this.#headers.length === 0) {
      tellUser(this.#template.home.host, "onTrailers", () => this.#options.onTrailers?.(error.metadata));
    }
    this.#sink.onSettled(error);
  }

  onRead(): void {
    this.#credit();
  }

  onAbandoned(): void {
    this.exchange.cancel(new Error("the reader left before the end"));
  }

  /** Lets the peer send as much as the application took. */
  #credit(): void {
    const { unreadBytes, more } = this.#sink;
    this.#account.update(unreadBytes, this.#reader.pendingBytes, more ? Infinity : this.#reader.restBytes);
  }

  get mayBeCompressed(): boolean {
    return this.#coding !== undefined;
  }

  onMessage(bytes: Uint8Array): void {
    this.#give(bytes, bytes.length);
  }

  /** Where another message may follow, it waits packed for its reader (`open`). */
  onCompressed(message: CompressedMessage): void {
    const given = this.#sink.more ? message : this.#unpack(message);
    if ("kind" in given) this.#wrongMessage ??= this.#badFraming(given);
    else this.#give(given, message.length);
  }

  #give(message: ReceivedMessage, length: number): void {
    const live = this.exchange.live;
    if (live !== undefined) live.messageSeen = true;
    if (this.#wrongMessage !== undefined) return;
    const wrong = this.#sink.onMessage(message, length + prefixBytes);
    if (wrong !== undefined) this.#wrongMessage = this.#bad("BAD_RESPONSE", wrong);
  }

  open(message: CompressedMessage): unknown {
    const unpacked = this.#unpack(message);
    let wrong: Failure;
    if (unpacked instanceof Uint8Array) {
      try {
        return this.#template.decode(unpacked);
      } catch (error) {
        wrong = this.#bad("BAD_RESPONSE", undecodable(unpacked, error));
      }
    } else wrong = this.#badFraming(unpacked);
    const { code, reason, text, processed, evidence } = wrong;
    this.exchange.stop(() => wrong);
    throw new StatusError(code, text, { reason, processed, evidence });
  }

  #unpack({ packed }: CompressedMessage): Uint8Array | MessageFault {
    const { home, maxReceiveMessageBytes } = this.#template;
    // The reader had not taken it without one.
    return decompressMessage(home.host, this.#coding as Coding, packed, maxReceiveMessageBytes);
  }

  /** How the answer's messages are packed; undefined: in no way that we know. */
  get #coding(): Coding | undefined {
    return codingOf(headerValue(this.#headers, "grpc-encoding"));
  }

  #failureOf(told: ResponseStatus, last: HeaderList | undefined, trailersOnly: boolean): Failure {
    const evidence = this.#evidence();
    const more = { details: told.details, ...(last === undefined ? {} : { trailers: last }) };
    switch (told.kind) {
      case "peer-status":
        evidence.push({ kind: "trailers-seen", code: told.code, trailersOnly });
        return failure(
          "PEER_STATUS",
          told.code,
          told.message,
          trailersOnly ? withoutHeaders(evidence) : evidence,
          more,
        );
      case "http-status":
      case "not-grpc": {
        const httpStatus = Number(headerValue(last ?? this.#headers, ":status") ?? 0);
        evidence.push({ kind: "http-error", status: httpStatus });
        const reason: Reason = told.kind === "not-grpc" ? "NOT_GRPC" : "HTTP_STATUS";
        return failure(reason, told.code, told.message, withoutHeaders(evidence), more);
      }
      case "missing-status":
        return failure("MISSING_STATUS", told.code, told.message, evidence, more);
    }
  }

  #badFraming(fault: MessageFault): Failure {
    const reason: Reason = fault.kind === "too-large" ? "MESSAGE_TOO_LARGE" : "BAD_RESPONSE";
    const encoding = headerValue(this.#headers, "grpc-encoding");
    const unknown = fault.kind === "compressed" && encoding !== undefined && encoding !== "identity";
    const text = `the answer is compressed with ${JSON.stringify(encoding)}, this client reads: ${acceptEncoding}`;
    return failure(reason, fault.code, unknown ? text : fault.detail, this.#evidence());
  }

  #bad(reason: Reason, text: string): Failure {
    return failure(reason, status.INTERNAL, text, this.#evidence());
  }

  #evidence(): Evidence[] {
    const live = this.exchange.live;
    return live === undefined ? [] : evidenceSoFar(live.facts());
  }
}

/** An answer that is one header section did not commit anything: gRFC A6 lets a policy look at its status. */
function withoutHeaders(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter((fact) => fact.kind !== "headers-seen");
}

/** A call with neither deadline nor metadata sends the method's prefix, the very same list each time. */
function firstList(
  prefix: HeaderList,
  timed: boolean,
  metadata: MetadataInit | undefined,
  coding: Coding | undefined,
): HeaderList {
  if (!timed && metadata === undefined && coding === undefined) return prefix;
  const list: string[] = [];
  // By index: `slice` of a frozen array takes a whole microsecond, and iterating it makes an object for each item.
  for (let i = 0; i < prefix.length; i++) list.push(prefix[i] as string);
  if (timed) list.push("grpc-timeout", "");
  if (coding !== undefined) list.push("grpc-encoding", coding);
  if (metadata !== undefined) metadataInitToHeaders(metadata, list);
  return list;
}
