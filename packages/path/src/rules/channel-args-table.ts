/** The channel arguments that C-core and grpc-js read: both ignore every other one without a word. */

import type { HopKind } from "../hops/hop-kind.ts";

const shared = [
  "grpc.keepalive_time_ms",
  "grpc.keepalive_timeout_ms",
  "grpc.keepalive_permit_without_calls",
  "grpc.max_connection_age_ms",
  "grpc.max_connection_age_grace_ms",
  "grpc.max_connection_idle_ms",
  "grpc.client_idle_timeout_ms",
  "grpc.max_concurrent_streams",
  "grpc.max_receive_message_length",
  "grpc.max_send_message_length",
  "grpc.initial_reconnect_backoff_ms",
  "grpc.max_reconnect_backoff_ms",
  "grpc.dns_min_time_between_resolutions_ms",
  "grpc.enable_retries",
  "grpc.per_rpc_retry_buffer_size",
  "grpc.service_config",
  "grpc.service_config_disable_resolution",
  "grpc.default_authority",
  "grpc.primary_user_agent",
  "grpc.secondary_user_agent",
  "grpc.ssl_target_name_override",
  "grpc.use_local_subchannel_pool",
  "grpc.default_compression_algorithm",
  "grpc.enable_channelz",
  "grpc.enable_http_proxy",
  "grpc.so_reuseport",
] as const;

const core = [
  ...shared,
  "grpc.http2.ping_timeout_ms",
  "grpc.http2.max_pings_without_data",
  "grpc.http2.min_ping_interval_without_data_ms",
  "grpc.http2.min_time_between_pings_ms",
  "grpc.http2.max_ping_strikes",
  "grpc.http2.lookahead_bytes",
  "grpc.http2.bdp_probe",
  "grpc.http2.max_frame_size",
  "grpc.http2.hpack_table_size.decoder",
  "grpc.http2.hpack_table_size.encoder",
  "grpc.http2.write_buffer_size",
  "grpc.max_metadata_size",
  "grpc.absolute_max_metadata_size",
  "grpc.min_reconnect_backoff_ms",
  "grpc.server_handshake_timeout_ms",
  "grpc.http.overload_protection",
  "grpc.lb_policy_name",
  "grpc.max_message_length",
] as const;

const js = [
  ...shared,
  "grpc.http_connect_target",
  "grpc.http_connect_creds",
  "grpc-node.flow_control_window",
  "grpc-node.max_session_memory",
  "grpc-node.retry_max_attempts_limit",
  "grpc-node.tls_enable_trace",
  "grpc.retry_buffer_size",
] as const;

const read: Partial<Record<HopKind, readonly string[]>> = { "grpc-core": core, "grpc-js": js };

/** Read by newer C-core and of no effect. */
const withoutEffect: Partial<Record<HopKind, readonly string[]>> = {
  "grpc-core": ["grpc.http2.min_time_between_pings_ms"],
};

/**
 * `undefined` for an argument that the kind reads (and for what is no channel argument); else the name that was probably
 * meant, `""` when none is near.
 */
export function nearestChannelArg(kind: HopKind, name: string): string | undefined {
  const known = read[kind];
  if (known === undefined || !/^grpc(-node)?\./.test(name)) return undefined;
  const useless = withoutEffect[kind] ?? [];
  if (known.includes(name) && !useless.includes(name)) return undefined;
  const words = (arg: string): readonly string[] => arg.split(/[._]/);
  const asked = new Set(words(name));
  const near = known
    .filter((each) => !useless.includes(each))
    .map((each) => ({
      each,
      same: words(each).filter((word) => asked.has(word)).length / Math.max(asked.size, words(each).length),
    }))
    .sort((a, b) => b.same - a.same)[0];
  return near !== undefined && near.same >= 0.6 ? near.each : "";
}
