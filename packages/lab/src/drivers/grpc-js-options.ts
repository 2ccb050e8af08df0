/** Owns how the settings of an order are said to @grpc/grpc-js, which nice-grpc sits on as well. */

import type { ChannelOptions } from "@grpc/grpc-js";
import type { ClientSetup } from "../experiment/client-setup.ts";
import { serviceConfigOf } from "./service-config.ts";

/** Channel options by their own names come last: they hold over what the shared settings say. */
export function grpcJsOptions(setup: ClientSetup, serverName: string | undefined): ChannelOptions {
  const { keepalive, retry, channels = 1, options } = setup;
  const serviceConfig = serviceConfigOf(setup);
  return {
    ...(serviceConfig !== undefined && { "grpc.service_config": serviceConfig }),
    ...(retry === "off" && { "grpc.enable_retries": 0 }),
    ...(keepalive !== undefined && {
      "grpc.keepalive_time_ms": keepalive.timeMs,
      "grpc.keepalive_timeout_ms": keepalive.timeoutMs,
      "grpc.keepalive_permit_without_calls": keepalive.permitWithoutCalls ? 1 : 0,
    }),
    // Without it channels to one address share one connection, and a pool is none.
    ...(channels > 1 && { "grpc.use_local_subchannel_pool": 1 }),
    ...(serverName !== undefined && { "grpc.ssl_target_name_override": serverName }),
    ...(options as ChannelOptions | undefined),
  };
}
