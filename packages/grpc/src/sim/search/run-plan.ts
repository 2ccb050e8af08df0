/**
 * Runs one plan from its first call until nothing moves any more, then closes everything and looks what is left. Owns the
 * order of that and its bounds; rules are `../invariants.ts`.
 */

import type { MethodKind } from "../../rpc/service.ts";
import { Invariants, type Finding, type Situation } from "../invariants.ts";
import { createWorld, type World } from "../world.ts";
import { actDeed, healAll } from "./act-deed.ts";
import type { Coverage } from "./coverage.ts";
import type { ProcessHost } from "./process-host.ts";
import { Onlooker } from "./onlooker.ts";
import { type Run, serviceName } from "./run.ts";
import { ShopClient } from "./shop-client.ts";
import { ShopServer } from "./shop-server.ts";
import { Stalled } from "./stalled.ts";
import { Story } from "./story.ts";
import { struckBy } from "./struck.ts";
import { Triggers } from "./triggers.ts";
import type { WireEnd } from "./wire-end.ts";
import { type CallPlan, type Deed, describeDeed, isShortOfMemory, type WorldPlan } from "./world-plan.ts";

export interface RunResult {
  readonly findings: readonly Finding[];
  /** How many calls were made; a client that dies makes no more. */
  readonly calls: number;
  readonly failed: number;
  readonly story: readonly string[];
  /** Of the world: packets, callbacks, timers. */
  readonly steps: number;
  readonly virtualMs: number;
  /** How often somebody was asked how it stands. */
  readonly looks: number;
}

/**
 * 40 min in which no call settles and no handler ends: a call without a deadline may meet one dead connection after another,
 * and the engine finds out about each in 5 min 15 s. Where a link forgets whatever is quiet, a hundred calls that one server
 * takes by turns may need days of such waits, and each of them still moves.
 */
const patienceMs = 2_400_000;
/** Ten times what the busiest world of a thousand needs. */
const maxSteps = 3_000_000;
/** Acknowledgements and credits still on their way. */
const quietMs = 5_000;
/** Lingering closes take up to 1 s, each of both ends; a FIN that was lost is sent again. */
const closingMs = 60_000;

export interface RunOptions {
  /** Keep a line for each event, frame and fault. Default false. */
  readonly story?: boolean;
  /** Where to count what was hit. */
  readonly coverage?: Coverage;
  /** Ask clients and servers how they stand, at random moments. Default true; it must change nothing. */
  readonly inspect?: boolean;
}

export async function runPlan(plan: WorldPlan, options: RunOptions = {}): Promise<RunResult> {
  const play = new Play(plan, options);
  await play.perform();
  return play.result();
}

class Play implements Situation {
  readonly rough: boolean;
  readonly hadOutage: boolean;
  readonly shortOfMemory: boolean;
  readonly #world: World;
  readonly #run: Run;
  readonly #stalled = new Stalled();
  readonly #clients = new Map<string, ShopClient>();
  readonly #servers = new Map<string, ShopServer>();
  readonly #coverage: Coverage | undefined;
  readonly #triggers: Triggers;
  readonly #onlooker: Onlooker | undefined;
  #tooMany = false;

  constructor(plan: WorldPlan, { story = false, coverage, inspect = true }: RunOptions) {
    this.#coverage = coverage;
    this.rough = plan.climate === "rough";
    this.shortOfMemory = plan.servers.some(isShortOfMemory);
    this.hadOutage = plan.deeds.some((deed) => outages.has(deed.kind));
    const world = (this.#world = createWorld({ seed: plan.seed, permuteEqualTimes: true, log: false }));
    this.#triggers = new Triggers(world, plan, (deed) => this.#act(deed));
    this.#run = {
      plan,
      world,
      book: new Invariants(this),
      story: new Story(story, () => world.nowMs),
      changed: (wire) => this.#triggers.changed(wire),
      calls: new Map(plan.calls.map((call) => [call.id, call])),
      certificate: plan.tls ? world.certificate({ names: [serviceName] }) : undefined,
    };
    this.#onlooker = inspect ? new Onlooker(plan.seed, this.#run.book) : undefined;
  }

  nowMs(): number {
    return this.#world.nowMs;
  }

  blockedMs(host: string, sinceMs: number): number {
    return this.#stalled.total(host, sinceMs, this.#world.nowMs);
  }

  async perform(): Promise<void> {
    const { book } = this.#run;
    try {
      this.#raiseCurtain();
      await this.#until("every call settled and every server back", patienceMs, () => this.#allSettled());
      await this.#until("every handler over", patienceMs, () => book.openHandlers === 0);
      await this.#world.run(this.#world.nowMs + quietMs);
      // What a kernel sent again after a long break came only now, and whoever made the call has left.
      await this.#until("every late handler over", patienceMs, () => book.openHandlers === 0);
      book.sweep();
      this.#judgeWires();
      this.#judgeMemory();
      await this.#close();
    } catch (error) {
      book.found("threw", error instanceof Error ? (error.stack ?? String(error)) : String(error));
    }
  }

  result(): RunResult {
    const { book, story } = this.#run;
    const calls = [...book.calls.values()];
    return {
      findings: book.findings,
      calls: calls.length,
      failed: calls.filter(({ end }) => end?.kind === "failed").length,
      story: story.lines,
      steps: this.#world.steps,
      virtualMs: this.#world.nowMs,
      looks: this.#onlooker?.looks ?? 0,
    };
  }

  #raiseCurtain(): void {
    const { plan, world, story } = this.#run;
    for (const deed of plan.deeds.filter(({ atMs }) => atMs === 0)) this.#act(deed);
    for (const each of plan.servers) this.#servers.set(each.name, new ShopServer(this.#run, each));
    for (const server of this.#servers.values()) server.start();
    world.dns.set(
      serviceName,
      plan.servers.map(({ name }) => world.host(name).address),
    );
    for (const each of plan.clients) this.#clients.set(each.name, new ShopClient(this.#run, each));
    for (const call of plan.calls) this.#clients.get(call.client)?.schedule(call);
    for (const deed of plan.deeds.filter(({ atMs }) => atMs > 0)) world.at(deed.atMs, () => this.#triggers.arm(deed));
    world.at(plan.healedAtMs, () => {
      story.tell("world", "whatever is cut is joined again");
      healAll(this.#run);
    });
  }

  #act(deed: Deed): void {
    this.#run.story.tell("world", describeDeed(deed));
    if (this.#coverage !== undefined) this.#count(deed, this.#coverage);
    const stalled = (host: string, fromMs: number, untilMs: number): void => this.#stalled.note(host, fromMs, untilMs);
    actDeed(this.#run, { clients: this.#clients, servers: this.#servers, stalled }, deed);
  }

  #count(deed: Deed, coverage: Coverage): void {
    const { plan, world, book, calls } = this.#run;
    if (!this.#isFelt(deed)) return;
    const { fault, links } = struckBy(deed, plan);
    for (const { client, server } of links) {
      const kinds = new Set<MethodKind>();
      for (const { id, client: caller, end } of book.calls.values()) {
        if (end === undefined && caller === client) kinds.add((calls.get(id) as CallPlan).kind);
      }
      const ends = [
        ...wiresTo(world.host(server).address, this.#clients.get(client)?.host),
        ...wiresTo(world.host(client).address, this.#servers.get(server)?.host),
      ];
      for (const { state, role: side } of ends) for (const kind of kinds) coverage.hit({ fault, state, kind, side });
    }
  }

  /** What happens to a process that is down happens to nobody. */
  #isFelt(deed: Deed): boolean {
    const struck =
      "host" in deed ? deed.host : deed.kind === "kill" || deed.kind === "deploy" ? deed.server : undefined;
    const name = deed.kind === "kill-client" ? deed.client : struck;
    return name === undefined || (this.#clients.get(name) ?? this.#servers.get(name))?.host?.alive === true;
  }

  #allSettled(): boolean {
    const { plan, book } = this.#run;
    if (book.openCalls > 0 || this.#world.nowMs < plan.healedAtMs) return false;
    for (const server of this.#servers.values()) if (!server.settled) return false;
    return true;
  }

  /** What does not come to pass, and does not come nearer for `withinMs`, is a finding, and the rest goes on. */
  async #until(what: string, withinMs: number, done: () => boolean): Promise<void> {
    const { book } = this.#run;
    let limitMs = Math.max(this.#world.nowMs, this.#run.plan.healedAtMs) + withinMs;
    let ended = book.ended;
    const stop = (): boolean => {
      this.#tooMany ||= this.#world.steps > maxSteps;
      this.#onlooker?.stepped(() => [...this.#clients.values(), ...this.#servers.values()]);
      if (book.ended !== ended) {
        ended = book.ended;
        limitMs = Math.max(limitMs, this.#world.nowMs + withinMs);
      }
      return done() || this.#tooMany || this.#world.nowMs >= limitMs;
    };
    let triedMs: number;
    do {
      const untilMs = (triedMs = limitMs);
      // The world throws when nothing is left to do before `untilMs`, and only then is its time beyond ours.
      await this.#world.run({ until: stop, limitMs: untilMs + 1 }).catch((error: unknown) => {
        if (this.#world.nowMs <= untilMs) throw error;
      });
    } while (!done() && !this.#tooMany && limitMs > triedMs);
    if (!done())
      book.found("never-quiet", `waited for ${what} until ${this.#world.nowMs} ms, ${this.#world.steps} steps`);
  }

  #judgeWires(): void {
    const clients = [...this.#clients.values()].flatMap(({ host }) => host.wires).filter(({ closed }) => !closed);
    const servers = [...this.#servers.values()]
      .flatMap(({ host }) => host?.wires ?? [])
      .filter(({ closed }) => !closed);
    const byConnection = new Map(servers.map((wire): [string, WireEnd] => [wire.connection, wire]));
    for (const wire of [...clients, ...servers]) {
      wire.judgeCredit();
      wire.judgeSilence();
    }
    for (const wire of clients) {
      const peer = byConnection.get(wire.connection);
      if (peer !== undefined) wire.judgeAgainst(peer);
    }
  }

  /** Who has a connection whose other end is gone, or says what does not arrive, may wait for the rest of a message. */
  #judgeMemory(): void {
    const { book } = this.#run;
    const ends = [...this.#clients.values(), ...this.#servers.values()].flatMap(({ host }) => host?.wires ?? []);
    const open = ends.filter(({ closed }) => !closed);
    for (const [name, { heldBytes }] of [...this.#clients, ...this.#servers]) {
      const waits = open.some((end) => {
        const other = open.find(({ connection, role }) => connection === end.connection && role !== end.role);
        return end.host === name && other?.writtenBytes !== end.readBytes;
      });
      if (heldBytes > 0 && !waits) book.found("memory-kept", `${name} holds ${heldBytes} octets`);
    }
  }

  async #close(): Promise<void> {
    const { book, story } = this.#run;
    story.tell("world", "everybody closes");
    let open = this.#clients.size + this.#servers.size;
    // From a deferred task, as code of a process does.
    for (const one of [...this.#clients.values(), ...this.#servers.values()]) {
      one.host?.defer(() => void one.close().then(() => open--));
      if (one.host?.alive !== true) open--;
    }
    await this.#until("everybody closed", closingMs, () => open === 0);
    await this.#world.run(this.#world.nowMs + quietMs);
    for (const [host, things] of Object.entries(this.#world.open())) {
      book.found("left-open", `${host} still has: ${things.join("; ")}`);
    }
  }
}

/** The ends of connections to an address that a process has. */
function wiresTo(address: string, host: ProcessHost | undefined): WireEnd[] {
  return (host?.wires ?? []).filter(({ gone, socket }) => {
    return !gone && socket?.remote.kind === "tcp" && socket.remote.host === address;
  });
}

const outages = new Set<Deed["kind"]>([
  "deploy",
  "kill",
  "partition",
  "black-hole",
  "reset",
  "half-open",
  "forget-idle",
]);
