/**
 * A world for stories about the channel: a client's process, servers by name, and a count of what is left open at the
 * end. Owns the putting up and the taking down; what happens in between is the test's.
 */
import { expect } from "vitest";
import { type Channel, type ChannelOptions, createChannel } from "../../src/channel/channel.ts";
import { createHttp2Client, type Http2Client, type Http2ClientOptions } from "../../src/channel/http2-client.ts";
import { receiveBudgetOf } from "../../src/channel/receive-budget-of.ts";
import { StatusError } from "../../src/report/status-error.ts";
import { createServer, type Server, type ServerOptions } from "../../src/server/index.ts";
import { createWorld, type SimHost, type World } from "../../src/sim/index.ts";
import { port, type Script, ScriptedServer } from "./scripted-server.ts";

const worlds: ChannelWorld[] = [];

/** For `afterEach`: closes everything that the test made, and finds what stays open all the same. */
export async function leaveNothingOpen(): Promise<void> {
  for (const made of worlds.splice(0)) await made.takeDown();
}

export class ChannelWorld {
  readonly world: World;
  readonly client: SimHost;
  readonly #closing: { close(): Promise<void> }[] = [];

  constructor({ seed = 1 } = {}) {
    this.world = createWorld({ seed });
    this.client = this.world.host("client");
    worlds.push(this);
  }

  get nowMs(): number {
    return this.world.nowMs;
  }

  /** A server of ours on the host `name`, listening when this resolves. */
  async serve(
    name: string,
    prepare: (server: Server, host: SimHost) => void,
    options: Omit<ServerOptions, "host"> = {},
  ): Promise<Server> {
    const host = this.world.host(name);
    const server = createServer({ ...options, host });
    prepare(server, host);
    this.#closing.push(server);
    await this.settled(server.listen({ host: host.address, port }));
    return server;
  }

  /** A server on the host `name` that a test writes frame by frame. */
  script(name: string, script: Script): ScriptedServer {
    const server = new ScriptedServer(this.world.host(name), script);
    this.#closing.push(server);
    return server;
  }

  /** A channel of the client's process to the hosts `name`, each at the customary port. */
  channel(name: string, options: ChannelOptions = {}): Channel {
    const channel = createChannel(this.client, `dns:///${name}:${port}`, options);
    this.#closing.push(channel);
    return channel;
  }

  http2Client(name: string, options: Http2ClientOptions = {}): Http2Client {
    const client = createHttp2Client(this.client, `http://${name}:${port}`, options);
    this.#closing.push(client);
    return client;
  }

  /** Lets time pass until `so`, at most `withinMs` of it. */
  async until(so: () => boolean, withinMs = 120_000): Promise<void> {
    if (!so()) await this.world.run({ until: so, limitMs: this.world.nowMs + withinMs });
  }

  async pass(ms: number): Promise<void> {
    await this.world.run(this.world.nowMs + ms);
  }

  /** For code of the story's own that takes its time, in the client's process unless said otherwise. */
  takes(ms: number, host: SimHost = this.client): Promise<void> {
    return new Promise((resolve) => host.timer(ms, () => host.defer(resolve)));
  }

  /** What a promise settles to, with time passing meanwhile. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    let over = false;
    promise.then(
      () => (over = true),
      () => (over = true),
    );
    await this.until(() => over);
    return promise;
  }

  /** The error that a promise is rejected with; a test that expects one fails without. */
  async errorOf(promise: Promise<unknown>): Promise<StatusError> {
    try {
      await this.settled(promise);
    } catch (error) {
      if (error instanceof StatusError) return error;
      throw error;
    }
    throw new Error("expected a failure, the call went well");
  }

  /** Everything that an iterable gives. */
  all<T>(messages: AsyncIterable<T>): Promise<T[]> {
    return this.settled(collect(messages));
  }

  async takeDown(): Promise<void> {
    await this.settled(Promise.all(this.#closing.map((one) => one.close())));
    // Sockets that nobody reads any more live on in kernels for a while.
    await this.pass(10_000);
    expect(this.world.open(), "open after everything was closed").toEqual({});
    expect(receiveBudgetOf(this.client).heldBytes, "octets held for calls that are over").toBe(0);
  }

  /** The process of this server is killed: nothing can be asked of it any more. */
  kill(name: string, server: Server): void {
    this.world.host(name).kill();
    const at = this.#closing.indexOf(server);
    if (at >= 0) this.#closing.splice(at, 1);
  }
}

export async function collect<T>(messages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const message of messages) all.push(message);
  return all;
}
