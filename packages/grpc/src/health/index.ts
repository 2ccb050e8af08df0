/**
 * `@holdfast/grpc/health`: how a server says that it is well, and how others ask. `createHealth` for servers; `check` and
 * `watch` for clients.
 */
import type { Channel } from "../channel/channel.ts";
import type { Host } from "../host/host.ts";
import { nodeHttpListen } from "../host/node/http-listener.ts";
import { nodeHost } from "../host/node/node-host.ts";
import { checkNames } from "../rpc/check-options.ts";
import { Health } from "./health.ts";
import type { ServiceName } from "./service-name.ts";
import { type HealthWatch, type WatchOptions as OptionsWithoutHost, watchOn } from "./watch.ts";

export interface HealthOptions {
  /** The process to live in, as the server's. Default: this one. */
  readonly host?: Host;
}

/**
 * Makes the health of a server, SERVING as a whole; `addTo` a server to publish it.
 *
 * @throws TypeError for an option that is unknown.
 */
export function createHealth(options: HealthOptions = {}): Health {
  checkNames("health option", options, ["host"]);
  return new Health(options.host ?? nodeHost(), nodeHttpListen);
}

export type WatchOptions = OptionsWithoutHost & {
  /** The process to live in, as the channel's. Default: this one. */
  readonly host?: Host;
};

/** Follows how a service is; see `watchOn`. */
export function watch(channel: Channel, service: ServiceName = "", options: WatchOptions = {}): HealthWatch {
  const { host = nodeHost(), ...rest } = options;
  return watchOn(host, channel, service, rest);
}

export { check } from "./check.ts";
export type { Dependency, Monitor } from "./monitor.ts";
export type { Check } from "./monitored-check.ts";
export type { MonitorOptions } from "./monitor-options.ts";
export type { HealthChange } from "./health-change.ts";
export type { Health } from "./health.ts";
export { Health as HealthService } from "./health-pb.ts";
export type { ProbeListening } from "./listen-for-probes.ts";
export type { Readiness } from "./readiness.ts";
export type { ServiceName } from "./service-name.ts";
export type { ServingStatus, SettableStatus } from "./serving-status.ts";
export type { HealthUpdate, HealthWatch } from "./watch.ts";
