/**
 * A server of the search through all its lives: serves the calls of the plan as the plan says, is killed, drained,
 * started again. Owns the process; what a handler does is `shop-handler.ts`.
 */

import type { MethodKind } from "../../rpc/service.ts";
import type { CallContext } from "../../server/call-context.ts";
import type { HandlerOfKind } from "../../server/handlers.ts";
import { createServer, type Server } from "../../server/server.ts";
import type { ServerInspection } from "../../watch/inspection.ts";
import { ProcessHost } from "./process-host.ts";
import { port, type Run } from "./run.ts";
import { ShopHandler } from "./shop-handler.ts";
import { longestSilenceMs } from "./wire-end.ts";
import { isShortOfMemory, pathOf, type ServerPlan } from "./world-plan.ts";

export class ShopServer {
  readonly plan: ServerPlan;
  readonly #run: Run;
  #life: Life | undefined = undefined;
  /** Times of coming back that are still to come. */
  #returns = 0;

  constructor(run: Run, plan: ServerPlan) {
    this.#run = run;
    this.plan = plan;
  }

  /** Serves, and nothing is about to change that. */
  get settled(): boolean {
    return this.#returns === 0 && this.#life !== undefined && !this.#life.leaving;
  }

  get host(): ProcessHost | undefined {
    return this.#life?.host;
  }

  get heldBytes(): number {
    return this.#life?.server.heldBytes ?? 0;
  }

  /** What the server says of itself; undefined while there is none. */
  inspect(): ServerInspection | undefined {
    return this.#life?.server.inspect();
  }

  start(): void {
    const { plan, world, book, story, certificate } = this.#run;
    const sim = world.host(this.plan.name);
    const { maxConcurrentStreams, receiveBudgetBytes, connections } = this.plan;
    const host = new ProcessHost(sim, this.#run, {
      mayPolice: plan.polices,
      mayReclaim: isShortOfMemory(this.plan),
      mayTire: plan.climate === "rough",
      silenceMs: connections.keepalive === undefined ? Infinity : longestSilenceMs(connections.keepalive),
    });
    const server = createServer({
      host,
      maxConcurrentStreams,
      receiveBudgetBytes,
      ...connections,
      onError: (error) => book.found("threw", `a handler on ${sim.name} failed: ${String(error)}`),
    });
    const graceMs = connections.maxConnectionAgeGraceMs ?? Infinity;
    const life: Life = { host, server, handlers: new Set(), leaving: false, graceMs };
    const enter: Enter = (context, request) => new ShopHandler(this.#run, life, sim.name, context, request);
    for (const safe of [true, false]) addMethods(server, safe, enter);
    const tls = certificate === undefined ? {} : { tls: { cert: certificate.cert, key: certificate.key } };
    server.listen({ host: sim.address, port }, tls).catch((error: unknown) => {
      if (host.alive) book.found("threw", `${sim.name} cannot listen: ${String(error)} (seed ${plan.seed})`);
    });
    this.#life = life;
    story.tell(sim.name, "starts");
  }

  /** Dies at once, and comes back after a while. */
  kill(machine: boolean, downMs: number): void {
    this.#end(machine);
    this.#comeBack(downMs);
  }

  /** Leaves gracefully, and comes back after a while. */
  deploy(graceMs: number, downMs: number): void {
    const life = this.#life;
    if (life === undefined) return;
    const { story } = this.#run;
    if (life.leaving) {
      // Somebody is impatient: the first drain has another grace now.
      void life.server.drain({ graceMs });
      return;
    }
    life.leaving = true;
    void life.server.drain({ graceMs }).then(({ finished, warned, cut }) => {
      // A kill may have come first.
      if (this.#life !== life) return;
      story.tell(this.plan.name, `has drained: ${warned} warned, ${finished} finished, ${cut} cut`);
      this.#end(false);
      this.#comeBack(downMs);
    });
  }

  /** Ends everything; resolves when every connection is closed. */
  async close(): Promise<void> {
    await this.#life?.server.close();
  }

  #end(machine: boolean): void {
    const life = this.#life;
    this.#life = undefined;
    this.#run.world.host(this.plan.name).kill({ machine });
    if (life === undefined) return;
    for (const handler of life.handlers) handler.killed();
    life.host.end();
  }

  #comeBack(downMs: number): void {
    const { world } = this.#run;
    this.#returns++;
    world.at(world.nowMs + downMs, () => {
      this.#returns--;
      if (this.#returns > 0) return;
      world.host(this.plan.name).restart();
      this.start();
    });
  }
}

/** From a start to an end. */
export interface Life {
  readonly host: ProcessHost;
  readonly server: Server;
  /** Those who work. */
  readonly handlers: Set<ShopHandler>;
  leaving: boolean;
  /** Of connections that are idle or old. */
  readonly graceMs: number;
}

/** The request where it is one message. */
type Enter = (context: CallContext, request?: Uint8Array) => ShopHandler;

function addMethods(server: Server, safe: boolean, enter: Enter): void {
  const add = <Kind extends MethodKind>(kind: Kind, handle: HandlerOfKind<Kind, Uint8Array, Uint8Array>): void => {
    server.addMethod(pathOf({ kind, safe }), kind, handle);
  };
  add("unary", (request, context) => enter(context, request).unary(request));
  add("client-streaming", (requests, context) => enter(context).collect(requests));
  add("server-streaming", (request, context) => enter(context).produce(request));
  add("bidi-streaming", (requests, context) => enter(context).converse(requests));
}
