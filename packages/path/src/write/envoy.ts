/** Writes Envoy: a whole bootstrap. What the command line has to say stands at its head. */

import { relaySheet, type RelaySheet } from "./relay-sheet.ts";
import type { Sheet, WriteJob } from "./sheet.ts";

const types = "type.googleapis.com/envoy.extensions";

export function writeEnvoy(job: WriteJob): string {
  const relay = relaySheet(job, "#", "Test it with: envoy --mode validate -c FILE");
  const { sheet } = relay;
  const { drainMs = 0, parentShutdownMs = 0 } = relay.relay;
  sheet.comment("", "Two of its settings are options of the command line.");
  sheet.reason("", "relay.drainMs");
  sheet.set(
    `# envoy -c FILE --drain-time-s ${Math.ceil(drainMs / 1_000)} --parent-shutdown-time-s ${Math.ceil(parentShutdownMs / 1_000)}`,
    "relay.parentShutdownMs",
  );
  sheet.add(`static_resources:
  listeners:
    - name: grpc
      address:
        socket_address: { address: 0.0.0.0, port_value: ${relay.receiver.tls === true ? 443 : 50051} }
      filter_chains:`);
  if (relay.receiver.tls === true) writeTls(sheet);
  sheet.add(relay.receiver.tls === true ? "          filters:" : "        - filters:");
  writeManager(relay);
  writeRoute(relay);
  writeCluster(relay);
  return sheet.text();
}

function seconds(ms = 0): string {
  return ms === Infinity ? "0s" : `${ms / 1_000}s`;
}

function writeTls(sheet: Sheet): void {
  sheet.add(`        - transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": ${types}.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:`);
  sheet.set("                alpn_protocols: [h2]", "receiver.tls");
  sheet.add(`                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/tls.crt }
                    private_key: { filename: /etc/envoy/tls.key }`);
}

function writeManager({ sheet, receiver, relay }: RelaySheet): void {
  const pad = "                ";
  sheet.add(`            - name: envoy.filters.network.http_connection_manager
              typed_config:
${pad}"@type": ${types}.filters.network.http_connection_manager.v3.HttpConnectionManager
${pad}stat_prefix: grpc`);
  sheet.why(`${pad}codec_type: HTTP2`, "gRPC is nothing else; AUTO would take HTTP/1.1, too", "grpc-http2");
  sheet.add(`${pad}common_http_protocol_options:`);
  sheet.set(`${pad}  idle_timeout: ${seconds(receiver.idleAfterMs)}`, "receiver.idleAfterMs");
  if (receiver.ageMs !== undefined)
    sheet.set(`${pad}  max_connection_duration: ${seconds(receiver.ageMs)}`, "receiver.ageMs");
  sheet.add(`${pad}http2_protocol_options:`);
  sheet.set(`${pad}  max_concurrent_streams: ${receiver.maxStreams ?? 0}`, "receiver.maxStreams");
  sheet.why(
    `${pad}  initial_stream_window_size: 1048576`,
    "1 MiB is 80 Mbit/s for a stream at 100ms; a proxy holds it for every stream that is read slowly",
    "rfc-flow",
    "lm-06",
  );
  sheet.why(
    `${pad}  initial_connection_window_size: 8388608`,
    "above a stream's, so that one slow reader does not stop the others",
    "rfc-flow",
    "lm-06",
  );
  sheet.add(`${pad}  connection_keepalive:`);
  sheet.set(`${pad}    interval: ${seconds(receiver.pingEveryMs)}`, "receiver.pingEveryMs");
  sheet.set(`${pad}    timeout: ${seconds(receiver.pingTimeoutMs)}`, "receiver.pingTimeoutMs");
  sheet.why(`${pad}drain_timeout: 5s`, "between the two GOAWAYs: for what is on its way", "envoy");
  sheet.set(
    `${pad}max_request_headers_kb: ${Math.ceil((receiver.maxMetadataBytes ?? 0) / 1_024)}`,
    "receiver.maxMetadataBytes",
  );
  sheet.set(`${pad}stream_idle_timeout: ${seconds(relay.streamIdleMs)}`, "relay.streamIdleMs");
}

function writeRoute({ sheet, relay }: RelaySheet): void {
  const pad = "                ";
  sheet.add(`${pad}route_config:
${pad}  virtual_hosts:
${pad}    - name: shop
${pad}      domains: ["*"]
${pad}      routes:
${pad}        - match: { prefix: "/", grpc: {} }
${pad}          route:
${pad}            cluster: shop`);
  sheet.set(`${pad}            timeout: ${seconds(relay.responseMs)}`, "relay.responseMs");
  sheet.why(
    `${pad}            idle_timeout: ${seconds(relay.streamIdleMs)}`,
    "as stream_idle_timeout, which a route may shorten",
    "envoy-timeouts",
    "st-04",
  );
  sheet.add(`${pad}            max_stream_duration:`);
  sheet.set(`${pad}              max_stream_duration: ${seconds(relay.maxCallMs)}`, "relay.maxCallMs");
  sheet.set(`${pad}              grpc_timeout_header_max: 0s`, "relay.honoursDeadline");
  if (relay.attempts === 1) sheet.set(`${pad}            # No retry_policy here.`, "relay.attempts");
  else {
    sheet.add(`${pad}            retry_policy:`);
    sheet.set(`${pad}              retry_on: connect-failure,refused-stream`, "relay.attempts");
    sheet.add(`${pad}              num_retries: ${(relay.attempts ?? 1) - 1}`);
  }
  sheet.add(`${pad}http_filters:
${pad}  - name: envoy.filters.http.router
${pad}    typed_config:
${pad}      "@type": ${types}.filters.http.router.v3.Router`);
}

function writeCluster({ sheet, sender, relay, upstream }: RelaySheet): void {
  sheet.add("  clusters:", "    - name: shop");
  sheet.why(
    "      connect_timeout: 5s",
    "a server that is not there is known in a round trip; the next one is tried",
    "envoy",
  );
  sheet.why(
    "      type: STRICT_DNS",
    "a headless Service has an address for each server, and all are used",
    "envoy",
    "hl-02",
  );
  sheet.add(`      lb_policy: LEAST_REQUEST
      load_assignment:
        cluster_name: shop
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address: { socket_address: { address: ${upstream}, port_value: 50051 } }`);
  if (sender.tls === true) {
    sheet.add(`      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": ${types}.transport_sockets.tls.v3.UpstreamTlsContext
          sni: ${upstream}
          common_tls_context:`);
    sheet.set("            alpn_protocols: [h2]", "sender.tls");
  }
  sheet.add(`      typed_extension_protocol_options:
        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
          "@type": ${types}.upstreams.http.v3.HttpProtocolOptions
          common_http_protocol_options:`);
  sheet.set(`            idle_timeout: ${seconds(sender.idleAfterMs)}`, "sender.idleAfterMs");
  sheet.add("          explicit_http_config:");
  sheet.set("            http2_protocol_options:", "sender.speaksHttp2");
  sheet.add("              connection_keepalive:");
  sheet.set(`                interval: ${seconds(sender.pingEveryMs)}`, "sender.pingEveryMs");
  sheet.set(`                timeout: ${seconds(sender.pingTimeoutMs)}`, "sender.pingTimeoutMs");
  sheet.add("      circuit_breakers:", "        thresholds:");
  sheet.set(`          - max_requests: ${relay.maxInFlight ?? 0}`, "relay.maxInFlight");
  sheet.add(`            max_connections: ${relay.maxInFlight ?? 0}
            max_pending_requests: ${relay.maxInFlight ?? 0}`);
  sheet.why("            max_retries: 3", "a storm of retries ends here", "envoy", "lm-07");
  sheet.add("      health_checks:");
  sheet.set(`        - interval: ${seconds(relay.healthEveryMs)}`, "relay.healthEveryMs");
  sheet.set(`          unhealthy_threshold: ${relay.healthThreshold ?? 1}`, "relay.healthThreshold");
  sheet.add("          healthy_threshold: 1", "          timeout: 2s", "          grpc_health_check: {}");
}
