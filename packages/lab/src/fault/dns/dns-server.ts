/**
 * Owns a small DNS server on 127.0.0.1, over UDP and TCP on one port: it knows a few names with IPv4 addresses, and answers as
 * a fault says. A client is given it as an authority: `dns://127.0.0.1:PORT/shop.test:50051`, which grpc-go and C-core take, and
 * grpc-js only with GRPC_NODE_USE_ALTERNATIVE_RESOLVER=true in its environment. Does not own the bytes (`dns-message.ts`).
 */

import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import { seededRandom } from "../../demo/seeded-random.ts";
import type { DnsAnswer, DnsFault } from "./dns-fault.ts";
import { readQuestion, writeAnswer } from "./dns-message.ts";

export interface DnsServerOptions {
  /** IPv4 addresses by name. Other names get NXDOMAIN. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly fault?: DnsFault;
  /** Default: 1. */
  readonly seed?: number;
  /** Seconds that an answer may be kept. Default: 0. */
  readonly ttlSeconds?: number;
}

/** A port that UDP got may be taken on TCP: then another is tried. */
const attempts = 20;
const addressType = 1;

export class DnsServer implements AsyncDisposable {
  /** Questions so far. */
  asked = 0;
  readonly #options: DnsServerOptions;
  readonly #random: () => number;
  readonly #ordinals = new Map<string, number>();
  readonly #connections = new Set<Socket>();
  #names: Readonly<Record<string, readonly string[]>>;
  #fault: DnsFault | undefined;
  #faultSinceMs = performance.now();
  #udp: UdpSocket | undefined;
  #tcp: Server | undefined;

  constructor(options: DnsServerOptions) {
    this.#options = options;
    this.#names = options.names;
    this.#fault = options.fault;
    this.#random = seededRandom(options.seed ?? 1);
  }

  get port(): number {
    return this.#udp?.address().port ?? 0;
  }

  /** `dns://127.0.0.1:5353/shop.test:50051` */
  target(name: string, port: number): string {
    return `dns://127.0.0.1:${this.port}/${name}:${port}`;
  }

  async start(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const udp = await boundUdp((message, reply) => this.#answer(message, reply));
      try {
        this.#tcp = await this.#listenTcp(udp.address().port);
        this.#udp = udp;
        return;
      } catch (error) {
        udp.close();
        if (attempt === attempts) throw error;
      }
    }
  }

  /** Another fault from now on; undefined: the truth. */
  set(fault: DnsFault | undefined): void {
    this.#fault = fault;
    this.#faultSinceMs = performance.now();
    this.#ordinals.clear();
  }

  /** Other addresses from now on. */
  move(names: Readonly<Record<string, readonly string[]>>): void {
    this.#names = names;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.destroy();
    await Promise.all([
      new Promise<void>((resolve) => (this.#udp === undefined ? resolve() : this.#udp.close(resolve))),
      new Promise<void>((resolve) => (this.#tcp === undefined ? resolve() : this.#tcp.close(() => resolve()))),
    ]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #answer(message: Buffer, reply: (answer: Buffer) => void): void {
    const question = readQuestion(message);
    if (question === undefined) return;
    this.asked++;
    const answer = this.#decide(question.name, question.type);
    if (answer.kind !== "silence") reply(writeAnswer(question, answer, this.#options.ttlSeconds ?? 0));
  }

  #decide(name: string, type: number): DnsAnswer {
    const known = Object.hasOwn(this.#names, name) ? this.#names[name] : undefined;
    const truth: DnsAnswer =
      known === undefined
        ? { kind: "error", rcode: 3 }
        : { kind: "addresses", addresses: type === addressType ? known : [] };
    const fault = this.#fault;
    if (fault === undefined || this.#random() >= (fault.probability ?? 1)) return truth;
    const key = `${name} ${type}`;
    const ordinal = (this.#ordinals.get(key) ?? 0) + 1;
    this.#ordinals.set(key, ordinal);
    const answer = fault.answer({ name, type, ordinal, atMs: performance.now() - this.#faultSinceMs }, known ?? []);
    // Only IPv4 addresses are known here: a question for others is answered without any.
    return answer.kind === "addresses" && type !== addressType ? { kind: "addresses", addresses: [] } : answer;
  }

  /** RFC 1035 §4.2.2: each message behind two octets of its length. */
  #listenTcp(port: number): Promise<Server> {
    const server = createServer((connection) => {
      this.#connections.add(connection);
      connection.on("error", () => {});
      connection.once("close", () => this.#connections.delete(connection));
      let rest = Buffer.alloc(0);
      connection.on("data", (chunk: Buffer) => {
        rest = Buffer.concat([rest, chunk]);
        while (rest.byteLength >= 2 && rest.byteLength >= 2 + rest.readUInt16BE(0)) {
          const end = 2 + rest.readUInt16BE(0);
          this.#answer(rest.subarray(2, end), (answer) => {
            const length = Buffer.alloc(2);
            length.writeUInt16BE(answer.byteLength);
            connection.write(Buffer.concat([length, answer]));
          });
          rest = rest.subarray(end);
        }
      });
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => resolve(server));
    });
  }
}

function boundUdp(onMessage: (message: Buffer, reply: (answer: Buffer) => void) => void): Promise<UdpSocket> {
  const socket = createSocket("udp4");
  // An ICMP of a client that is gone; nothing depends on it.
  socket.on("error", () => {});
  socket.on("message", (message, from) => onMessage(message, (answer) => socket.send(answer, from.port, from.address)));
  return new Promise((resolve) => socket.bind(0, "127.0.0.1", () => resolve(socket)));
}
