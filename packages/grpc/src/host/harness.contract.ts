/**
 * What the stories of the host contract need from each kind of host, and the ear they listen with. Owns no story.
 */

import type {
  Address,
  Host,
  Listener,
  ListenerEvents,
  ListenOptions,
  ServerTls,
  Socket,
  SocketError,
  SocketEvents,
  TlsSession,
} from "./host.ts";

/** Two hosts, and the little a story cannot do itself. */
export interface Harness {
  readonly server: Host;
  readonly client: Host;
  /** Where `server` may listen, with port 0. */
  readonly listenAt: Address;
  /** Where `server` may make a socket file. */
  readonly unixPath: string;
  readonly tls: TestCertificates;
  /** Waits until it is so; fails after a bounded time. */
  until(condition: () => boolean): Promise<void>;
  /** Lets packets under way arrive. */
  breathe(): Promise<void>;
  /** Blocks the event loop of `client` for so long, from the present callback on. */
  block(ms: number): void;
  /** Does `first`, lets the kernels work while `server`'s process is too busy to look, then does `second`. */
  whileServerIsBusy(first: () => void, second: () => void): Promise<void>;
  close(): Promise<void>;
}

/** Text for the TLS options of this kind of host. */
export interface TestCertificates {
  readonly ca: string;
  readonly otherCa: string;
  readonly server: { readonly cert: string; readonly key: string };
  readonly wrongName: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
  /** The name that `server` fits. */
  readonly serverName: string;
}

/** Remembers all that a socket said, in order. */
export class Recorder implements SocketEvents {
  socket: Socket | undefined;
  readonly order: string[] = [];
  session: TlsSession | undefined;
  isConnected = false;
  received = 0;
  text = "";
  ended = false;
  flushedBytes = 0;
  isClosed = false;
  error: SocketError | undefined;
  /** Hooks of a story; they run inside the event. */
  onData: (() => void) | undefined;
  onEnd: (() => void) | undefined;

  connected(session: TlsSession | undefined): void {
    this.order.push("connected");
    this.isConnected = true;
    this.session = session;
  }

  data(bytes: Uint8Array): void {
    this.order.push("data");
    this.received += bytes.length;
    // Borrowed bytes: turned into text before the call returns, and only while that is readable.
    if (this.received <= 1_000) this.text += new TextDecoder().decode(bytes);
    this.onData?.();
  }

  end(): void {
    this.order.push("end");
    this.ended = true;
    this.onEnd?.();
  }

  flushed(bytes: number): void {
    this.flushedBytes += bytes;
  }

  closed(error: SocketError | undefined): void {
    this.order.push("closed");
    this.isClosed = true;
    this.error = error;
  }

  get open(): Socket {
    if (this.socket === undefined) throw new Error("the story has no socket yet");
    return this.socket;
  }
}

/** A listener whose accepted sockets are recorded. */
export class RecordedListener implements ListenerEvents {
  address: Address | undefined;
  readonly accepts: Recorder[] = [];
  readonly errors: SocketError[] = [];
  isClosed = false;
  listener: Listener | undefined;
  /** What a story does to a connection the moment it is accepted. */
  onAccepted: ((accepted: Recorder) => void) | undefined;
  turnsAway = false;

  listening(address: Address): void {
    this.address = address;
  }

  accepted(socket: Socket, session: TlsSession | undefined): SocketEvents | undefined {
    if (this.turnsAway) return undefined;
    const recorder = new Recorder();
    recorder.socket = socket;
    recorder.session = session;
    this.accepts.push(recorder);
    this.onAccepted?.(recorder);
    return recorder;
  }

  failed(error: SocketError): void {
    this.errors.push(error);
  }

  closed(): void {
    this.isClosed = true;
  }

  get bound(): Address {
    if (this.address === undefined) throw new Error("not listening yet");
    return this.address;
  }

  get first(): Recorder {
    const first = this.accepts[0];
    if (first === undefined) throw new Error("nobody was accepted yet");
    return first;
  }
}

export async function listen(
  harness: Harness,
  tls?: ServerTls,
  address?: Address,
  more: Pick<ListenOptions, "handshakeMs"> = {},
): Promise<RecordedListener> {
  const recorded = new RecordedListener();
  const options = { address: address ?? harness.listenAt, ...(tls === undefined ? {} : { tls }), ...more };
  recorded.listener = harness.server.listen(options, recorded);
  await harness.until(() => recorded.address !== undefined || recorded.isClosed);
  return recorded;
}

export interface Pair {
  readonly client: Recorder;
  readonly server: Recorder;
  readonly listening: RecordedListener;
}

/** Two connected ends; `onAccepted` runs inside the accept. */
export async function pair(harness: Harness, onAccepted?: (accepted: Recorder) => void): Promise<Pair> {
  const listening = await listen(harness);
  listening.onAccepted = onAccepted;
  const client = new Recorder();
  client.socket = harness.client.connect({ address: listening.bound }, client);
  await harness.until(() => client.isConnected && listening.accepts.length === 1);
  return { client, server: listening.first, listening };
}

/** So many bytes of one letter. */
export function bytesOf(length: number, letter = "x"): Uint8Array {
  return new Uint8Array(length).fill(letter.charCodeAt(0));
}

export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
