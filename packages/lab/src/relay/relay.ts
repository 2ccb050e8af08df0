/**
 * Owns the relay: it listens on 127.0.0.1, joins each connection with one to the server, and puts faults on it. What comes goes
 * on as it came, octet by octet and end by end, except for what a fault does. Does not own the faults (`../fault`).
 */

import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { seededRandom } from "../demo/seeded-random.ts";
import type { RecordedFrame } from "../experiment/recorded-frame.ts";
import { WireRecording } from "../experiment/wire-recording.ts";
import type { Fault, Handshake } from "../fault/fault.ts";
import { type Certificate, createFlawedCertificate } from "../peer/certificate.ts";
import { clientEnd, serverEnd, type UpstreamPlace } from "./link-ends.ts";
import { RelayLink } from "./relay-link.ts";
import { type Doing, Told } from "./told.ts";

/** The same on every connection, or by the connection's ordinal, from 1. */
export type RelayFaults = readonly Fault[] | ((ordinal: number) => readonly Fault[]);

export interface RelayOptions {
  readonly to: UpstreamPlace;
  /** Default: a free port of 127.0.0.1. */
  readonly listen?: { readonly host: string; readonly port: number };
  /** Serve TLS with this certificate. Default: plain TCP. */
  readonly certificate?: Certificate;
  /** Default: none. */
  readonly faults?: RelayFaults;
  /** Of all chance on this relay. Default: 1. */
  readonly seed?: number;
  /** Whether `frames` are kept, as the clients see them: what a fault held back is not among them. Default: false. */
  readonly record?: boolean;
  /** Connections at once; further ones are reset. Default: 1,000. */
  readonly maxConnections?: number;
  readonly onDoing?: (doing: Doing) => void;
  /** A connection was accepted, or is over. */
  readonly onConnections?: (open: number) => void;
}

const defaultMaxConnections = 1_000;

export class Relay implements AsyncDisposable {
  readonly told: Told;
  readonly #options: RelayOptions;
  readonly #server: Server;
  readonly #links = new Map<number, RelayLink>();
  readonly #recording: WireRecording | undefined;
  readonly #startedMs = performance.now();
  readonly #hanging = new Set<Socket>();
  readonly #flawed = new Map<Handshake, Certificate>();
  #faults: RelayFaults;
  #change = 0;
  #accepted = 0;

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#faults = options.faults ?? [];
    this.told = new Told(options.onDoing);
    this.#recording = options.record === true ? new WireRecording() : undefined;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: false }, (tcp) => {
      this.#accept(tcp);
    });
  }

  /** Listens; throws where it cannot. */
  start(): Promise<void> {
    const { host, port } = this.#options.listen ?? { host: "127.0.0.1", port: 0 };
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.off("error", reject);
        // A process may run out of descriptors; the listener outlives that.
        this.#server.on("error", (error) => this.#tell(0, "relay", `the listener says ${error.message}`));
        resolve();
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections were accepted. */
  get accepted(): number {
    return this.#accepted;
  }

  /** How many are open. */
  get open(): number {
    return this.#links.size;
  }

  /** What clients and relay said, oldest first; empty unless `record` is set. */
  get frames(): readonly RecordedFrame[] {
    return this.#recording?.frames ?? [];
  }

  /** Other faults from now on, on open connections as on new ones. What a fault held back by silence then goes on. */
  set(faults: RelayFaults): void {
    this.#faults = faults;
    this.#change++;
    for (const [ordinal, link] of this.#links) this.#put(link, ordinal);
  }

  /** Ends every connection at once, and listens no more. */
  close(): Promise<void> {
    for (const link of [...this.#links.values()]) link.close();
    for (const tcp of this.#hanging) tcp.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #accept(tcp: Socket): void {
    const ordinal = ++this.#accepted;
    const { maxConnections = defaultMaxConnections, certificate, to, onConnections } = this.#options;
    tcp.on("error", () => {});
    if (this.#links.size + this.#hanging.size >= maxConnections) {
      this.#tell(ordinal, "relay", `turned away: ${maxConnections} connections are open, and no more may be`);
      tcp.resetAndDestroy();
      return;
    }
    const handshake = certificate === undefined ? undefined : this.#handshakeOf(ordinal);
    if (handshake === "hangs") return this.#leaveHanging(tcp);
    const client = clientEnd(tcp, this.#certificateFor(handshake), handshake === "no-alpn" ? [] : ["h2"]);
    const server = serverEnd(to, (why) => this.#tell(ordinal, "relay", `the server cannot be reached: ${why}`));
    const watch = this.#recording?.watch(ordinal);
    const link = new RelayLink(ordinal, client, server, {
      tell: (fault, what) => this.#tell(ordinal, fault, what),
      onClientBytes: (from, bytes) => watch?.bytes(from, bytes),
      onClientEnd: (from, how) => watch?.ended(from, how),
      onOver: () => {
        this.#links.delete(ordinal);
        onConnections?.(this.#links.size);
      },
    });
    this.#links.set(ordinal, link);
    onConnections?.(this.#links.size);
    this.#put(link, ordinal);
    link.start();
  }

  /** The first fault that has a say. */
  #handshakeOf(ordinal: number): Handshake | undefined {
    for (const [index, fault] of this.#faultsOf(ordinal).entries()) {
      const handshake = fault.handshakeOf?.(ordinal, this.#randomOf(ordinal, index));
      if (handshake === undefined) continue;
      this.#tell(ordinal, fault.id, handshake);
      return handshake;
    }
    return undefined;
  }

  #certificateFor(handshake: Handshake | undefined): Certificate | undefined {
    const { certificate } = this.#options;
    if (certificate === undefined || handshake === "plaintext") return undefined;
    if (handshake !== "expired" && handshake !== "wrong-name") return certificate;
    const flawed = this.#flawed.get(handshake) ?? createFlawedCertificate({ flaw: handshake, authority: certificate });
    this.#flawed.set(handshake, flawed);
    return flawed;
  }

  /** TCP, and nothing above it. */
  #leaveHanging(tcp: Socket): void {
    this.#hanging.add(tcp);
    tcp.once("close", () => this.#hanging.delete(tcp));
    tcp.once("end", () => tcp.destroy());
    tcp.resume();
  }

  /** Chance is drawn by connection, change and place, so that what one fault draws changes no other's. */
  #put(link: RelayLink, ordinal: number): void {
    link.use(this.#faultsOf(ordinal), (index) => this.#randomOf(ordinal, index));
  }

  #randomOf(ordinal: number, index: number): () => number {
    return seededRandom(mixed(this.#options.seed ?? 1, ordinal, this.#change, index));
  }

  #faultsOf(ordinal: number): readonly Fault[] {
    return typeof this.#faults === "function" ? this.#faults(ordinal) : this.#faults;
  }

  #tell(connection: number, fault: string, what: string): void {
    this.told.add({ atMs: Math.round(this.#sinceMs()), connection, fault, what });
  }

  #sinceMs(): number {
    return performance.now() - this.#startedMs;
  }
}

/** One number of several, by FNV-1a over them: near ones give far ones. */
function mixed(...numbers: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const number of numbers) hash = Math.imul(hash ^ (number >>> 0), 0x01000193) >>> 0;
  return hash;
}
