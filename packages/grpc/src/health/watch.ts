/**
 * Follows how a service is, over every reconnection. Owns when a watch is opened again: at once after one that lasted,
 * else with a growing wait (health.proto asks for exponential back-off).
 */
import { backoffMs, connectionBackoff } from "../channel/backoff.ts";
import type { Channel } from "../channel/channel.ts";
import type { Host } from "../host/host.ts";
import { StatusError } from "../report/status-error.ts";
import { checkNames, checkSignal } from "../rpc/check-options.ts";
import type { MetadataInit } from "../rpc/metadata.ts";
import { status } from "../rpc/status.ts";
import { Health } from "./health-pb.ts";
import { nameOf, type ServiceName } from "./service-name.ts";
import { type ServingStatus, statusName } from "./serving-status.ts";
import { withoutHealthService } from "./without-health-service.ts";

export interface WatchOptions {
  /** Ends the watch: the iterator is done, without an error. So do `break` and `return()`. */
  readonly signal?: AbortSignal;
  /** Sent with every attempt. */
  readonly metadata?: MetadataInit;
}

export interface HealthUpdate {
  /** UNKNOWN, too, while nobody can be asked. */
  readonly status: ServingStatus;
  /** Why nobody can be asked. The watch goes on by itself. */
  readonly error?: StatusError;
}

export interface HealthWatch extends AsyncIterableIterator<HealthUpdate, undefined> {
  /** Ends the watch, also while `next` waits. */
  return(): Promise<IteratorResult<HealthUpdate, undefined>>;
}

/**
 * `grpc.health.v1.Health/Watch` as an iterator of changes: the present state first. When the stream is lost it gives one
 * UNKNOWN with the error, and goes on with what the next connection says. It ends with an error when the server has no
 * such method (UNIMPLEMENTED) or the channel is closed.
 *
 * @throws TypeError at once for a name or option that is wrong.
 */
export function watchOn(
  host: Host,
  channel: Pick<Channel, "client" | "target">,
  service: ServiceName = "",
  options: WatchOptions = {},
): HealthWatch {
  checkNames("watch option", options, ["signal", "metadata"]);
  checkSignal(options.signal);
  const name = nameOf(service);
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  if (options.signal?.aborted === true) stop();
  else options.signal?.addEventListener("abort", stop);
  // A signal may outlive many watches.
  const over = (): void => options.signal?.removeEventListener("abort", stop);
  const updates = follow(host, channel, name, options.metadata, controller.signal, over);
  return {
    next: () => updates.next(),
    // A generator that waits for the next change hears of its end only through the signal.
    return: () => {
      stop();
      over();
      return updates.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* follow(
  host: Host,
  channel: Pick<Channel, "client" | "target">,
  service: string,
  metadata: MetadataInit | undefined,
  signal: AbortSignal,
  over: () => void,
): AsyncGenerator<HealthUpdate, undefined, undefined> {
  try {
    yield* attempts(host, channel, service, metadata, signal);
  } finally {
    over();
  }
  return undefined;
}

async function* attempts(
  host: Host,
  channel: Pick<Channel, "client" | "target">,
  service: string,
  metadata: MetadataInit | undefined,
  signal: AbortSignal,
): AsyncGenerator<HealthUpdate, void, undefined> {
  const client = channel.client(Health);
  let last: ServingStatus | "lost" | undefined;
  for (let failures = 0; !signal.aborted; failures++) {
    const begunMs = host.nowMs();
    // The first failure is told; later ones would say the same, so those attempts wait for a connection.
    const options = { signal, waitForReady: last === "lost", ...(metadata === undefined ? {} : { metadata }) };
    let lost: StatusError;
    try {
      for await (const answer of client.watch({ service }, options)) {
        const told = statusName(answer.status);
        if (told !== last) yield { status: (last = told) };
      }
      lost = new StatusError("UNAVAILABLE", "the server ended the watch", { reason: "PEER_STATUS" });
    } catch (thrown) {
      if (signal.aborted) return;
      lost = StatusError.from(thrown);
    }
    if (lost.code === status.UNIMPLEMENTED) throw withoutHealthService(channel.target, "Watch", lost);
    if (lost.reason === "CHANNEL_CLOSED") throw lost;
    if (last !== "lost") yield { status: "UNKNOWN", error: lost };
    last = "lost";
    // A stream that lasted was no failure; one that ends as soon as it begins must not be opened in a tight loop.
    if (host.nowMs() - begunMs >= connectionBackoff.initialMs) failures = -1;
    else await pause(host, backoffMs(failures, connectionBackoff, host.random()), signal);
  }
}

function pause(host: Host, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const over = (): void => {
      timer.cancel();
      signal.removeEventListener("abort", over);
      host.defer(resolve);
    };
    const timer = host.timer(delayMs, over);
    signal.addEventListener("abort", over);
  });
}
