/**
 * The contract of a small HTTP/1.1 server for probes: kubelets, balancers, curl. Owns no answer and no path. It stands
 * beside `Host`, not in it: what is simulated speaks HTTP/2.
 */
import type { Address, SocketError } from "./host.ts";

/** Sent as JSON. A HEAD request gets it without the body. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

export interface HttpListenerEvents {
  /** The real address, with the port that was taken. */
  listening(address: Address): void;
  /** It could not listen; nothing follows. */
  failed(error: SocketError): void;
  /** A request came: its method, and its target as it was sent. */
  answer(method: string, target: string): HttpAnswer;
}

export interface HttpListener {
  /** Lets go of the port and of every connection, at once. */
  close(): void;
}

/** Listens, without keeping the process alive. */
export type HttpListen = (address: Address, events: HttpListenerEvents) => HttpListener;
