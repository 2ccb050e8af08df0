/** The options of a server, checked when it is made. */

import { checkLimits } from "../rpc/check-limits.ts";
import { checkCompression } from "../rpc/compression.ts";
import { checkNames, checkNumber } from "../rpc/check-options.ts";
import { checkConnectionOptions } from "./connection-options.ts";
import { checkDrainOptions } from "./check-drain-options.ts";
import type { ServerOptions } from "./server.ts";

const names = Object.keys({
  host: true,
  maxReceiveMessageBytes: true,
  compression: true,
  maxConcurrentStreams: true,
  limits: true,
  receiveBudgetBytes: true,
  maxConnectionIdleMs: true,
  maxConnectionAgeMs: true,
  maxConnectionAgeGraceMs: true,
  keepalive: true,
  pingPolicy: true,
  onError: true,
  onReport: true,
  drain: true,
} satisfies Record<keyof ServerOptions, true>);

/** What users of grpc-js and others call the same things. */
const habits = {
  maxReceiveMessageLength: "maxReceiveMessageBytes",
  "grpc.max_receive_message_length": "maxReceiveMessageBytes",
  "grpc.default_compression_algorithm": "compression",
  "grpc.max_concurrent_streams": "maxConcurrentStreams",
  "grpc.max_connection_idle_ms": "maxConnectionIdleMs",
  "grpc.max_connection_age_ms": "maxConnectionAgeMs",
  "grpc.max_connection_age_grace_ms": "maxConnectionAgeGraceMs",
  "grpc.keepalive_time_ms": "keepalive",
  "grpc.keepalive_timeout_ms": "keepalive",
  "grpc.http2.min_ping_interval_without_data_ms": "pingPolicy",
  "grpc.http2.max_ping_strikes": "pingPolicy",
  "grpc.keepalive_permit_without_calls": "pingPolicy",
  keepaliveTimeMs: "keepalive",
  keepAlive: "keepalive",
  enforcementPolicy: "pingPolicy",
  grace: "drain",
  graceMs: "drain",
};

/** @throws TypeError for an option that is unknown, or of the wrong kind. */
export function checkServerOptions(options: ServerOptions): void {
  checkNames("server option", options, names, habits);
  const { limits, maxConcurrentStreams, drain } = options;
  checkNumber("server option maxReceiveMessageBytes", options.maxReceiveMessageBytes);
  checkNumber("server option receiveBudgetBytes", options.receiveBudgetBytes);
  checkCompression("server option compression", options.compression);
  if (limits !== undefined) checkLimits(limits);
  if (maxConcurrentStreams !== undefined) checkLimits({ maxConcurrentStreams });
  checkConnectionOptions(options);
  if (drain !== undefined) checkDrainOptions(drain);
  for (const name of ["onError", "onReport"] as const) {
    const callback: unknown = options[name];
    if (callback !== undefined && typeof callback !== "function")
      throw new TypeError(`server option ${name}: expected a function, got ${typeof callback}`);
  }
}
