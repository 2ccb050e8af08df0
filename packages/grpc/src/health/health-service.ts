/** The handlers of grpc.health.v1. Owns what a client is answered; how services are is the board's. */
import type { Host } from "../host/host.ts";
import { printable } from "../report/printable.ts";
import { StatusError } from "../report/status-error.ts";
import type { CallContext } from "../server/call-context.ts";
import type { Handlers } from "../server/handlers.ts";
import type { Health as HealthDescriptor } from "./health-pb.ts";
import { fits } from "./service-name.ts";
import { statusNumber, type StatusNumber } from "./serving-status.ts";
import type { StatusBoard } from "./status-board.ts";
import { WatchFeed } from "./watch-feed.ts";

/** gRFC A90: a list of more services than this is RESOURCE_EXHAUSTED. */
export const maxListed = 100;

export class HealthService implements Handlers<typeof HealthDescriptor> {
  readonly #host: Host;
  readonly #board: StatusBoard;
  readonly #feeds = new Set<WatchFeed>();
  #left = false;

  constructor(host: Host, board: StatusBoard) {
    this.#host = host;
    this.#board = board;
  }

  /** Ends the watches, which have no end of their own: a drain would wait for them. */
  leave(): void {
    this.#left = true;
    for (const feed of this.#feeds) feed.fail(leaving());
  }

  check({ service }: { readonly service: string }): { readonly status: StatusNumber } {
    const status = this.#board.shown(service);
    if (status !== undefined) return { status: statusNumber(status) };
    throw new StatusError("NOT_FOUND", `this server says nothing of a service ${shortened(service)}`);
  }

  list(): { readonly statuses: Record<string, { readonly status: StatusNumber }> } {
    const { size, names } = this.#board;
    if (size > maxListed)
      throw new StatusError("RESOURCE_EXHAUSTED", `${size} services are more than the ${maxListed} that List may tell`);
    const statuses = [...names].map((name) => [name, { status: statusNumber(this.#board.told(name)) }] as const);
    return { statuses: Object.fromEntries(statuses) };
  }

  watch({ service }: { readonly service: string }, call: CallContext): WatchFeed {
    if (!fits(service))
      throw new StatusError("INVALID_ARGUMENT", `no service has a name of ${service.length} characters`);
    const defer = (task: () => void): void => this.#host.defer(task);
    const feed: WatchFeed = new WatchFeed(this.#board, service, defer, () => this.#feeds.delete(feed));
    this.#feeds.add(feed);
    // A feed that waits for a change hears of the call's end from here alone.
    call.signal.addEventListener("abort", () => feed.stop());
    if (this.#left) feed.fail(leaving());
    return feed;
  }
}

function leaving(): StatusError {
  return new StatusError("UNAVAILABLE", "the server is going away; watch the next one");
}

/** Peers send names of any length and kind, and this one goes back in a header. */
function shortened(name: string): string {
  const text = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  return `"${printable(text)}"`;
}
