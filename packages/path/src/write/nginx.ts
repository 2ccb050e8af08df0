/** Writes nginx: a whole nginx.conf. Whoever has older versions gets `listen … http2`, which 1.25.1 replaced. */

import { relaySheet, type RelaySheet, shortTime, tcpProbes } from "./relay-sheet.ts";
import type { WriteJob } from "./sheet.ts";

const http2Since = [1, 25, 1] as const;

export function writeNginx(job: WriteJob): string {
  const parts = relaySheet(job, "#", "Test it with: nginx -t -c FILE");
  const { sheet, sender, receiver, relay, upstream } = parts;
  sheet.add("worker_processes auto;");
  sheet.set(`worker_shutdown_timeout ${shortTime(relay.drainMs)};`, "relay.drainMs");
  sheet.add("events {", "    worker_connections 4096;", "}", "", "http {", "    upstream shop {");
  sheet.why(
    `        server ${upstream}:50051 max_fails=0;`,
    "one failed attempt must not take a server out for 10s; list every server here",
    "nginx-502",
  );
  sheet.why(
    "        keepalive 32;",
    "connections to servers are kept; nginx sends one call at a time on each",
    "nginx-upstream",
  );
  sheet.set(`        keepalive_timeout ${shortTime(sender.idleAfterMs)};`, "sender.idleAfterMs");
  sheet.why(
    `        keepalive_requests ${receiver.maxRequests ?? 0};`,
    "connections to servers end by idleness, not by count",
    "nginx-upstream",
    "ag-06",
  );
  writeServer(parts);
  writeLocations(parts);
  return sheet.text();
}

function writeServer({ sheet, hop, receiver, relay }: RelaySheet): void {
  const tls = receiver.tls === true;
  sheet.add("    }", "", "    server {");
  const asks =
    receiver.tcpKeepaliveMs === undefined
      ? ""
      : ` so_keepalive=${shortTime(receiver.tcpKeepaliveMs)}:${shortTime(tcpProbes.everyMs)}:${tcpProbes.count}`;
  if (asks !== "") sheet.reason("        ", "receiver.tcpKeepaliveMs");
  if (isOlder(hop.version)) sheet.set(`        listen ${tls ? "443 ssl" : "50051"} http2${asks};`, "receiver.tls");
  else {
    sheet.set(`        listen ${tls ? "443 ssl" : "50051"}${asks};`, "receiver.tls");
    sheet.why("        http2 on;", "gRPC is HTTP/2; since 1.25.1 this is the word for it", "nginx-http2", "cs-05");
  }
  if (tls) sheet.add("        ssl_certificate /etc/nginx/tls.crt;", "        ssl_certificate_key /etc/nginx/tls.key;");
  sheet.set(`        keepalive_timeout ${shortTime(receiver.idleAfterMs)};`, "receiver.idleAfterMs");
  sheet.set(`        keepalive_requests ${receiver.maxRequests ?? 0};`, "receiver.maxRequests");
  if (receiver.ageMs !== undefined) sheet.set(`        keepalive_time ${shortTime(receiver.ageMs)};`, "receiver.ageMs");
  sheet.set(`        http2_max_concurrent_streams ${receiver.maxStreams ?? 0};`, "receiver.maxStreams");
  sheet.set(
    `        large_client_header_buffers 4 ${Math.ceil((receiver.maxMetadataBytes ?? 0) / 4_096)}k;`,
    "receiver.maxMetadataBytes",
  );
  sheet.set("        client_max_body_size 0;", "relay.maxBodyBytes");
  sheet.set(`        client_body_timeout ${shortTime(relay.silenceUpMs)};`, "relay.silenceUpMs");
  sheet.why(
    `        send_timeout ${shortTime(relay.silenceDownMs)};`,
    "a client that reads slowly gets as long as a server that sends slowly",
    "nginx-core",
    "st-01",
  );
}

function writeLocations({ sheet, sender, relay }: RelaySheet): void {
  const scheme = sender.tls === true ? "grpcs" : "grpc";
  sheet.add("", "        location / {", `            grpc_pass ${scheme}://shop;`);
  sheet.why(
    "            grpc_connect_timeout 5s;",
    "a server that is not there is known in a round trip; the next one is tried",
    "nginx",
  );
  sheet.set(`            grpc_read_timeout ${shortTime(relay.silenceDownMs)};`, "relay.silenceDownMs");
  sheet.why(
    `            grpc_send_timeout ${shortTime(relay.silenceUpMs)};`,
    "as client_body_timeout",
    "nginx",
    "st-02",
  );
  sheet.set(
    `            grpc_buffer_size ${Math.ceil((relay.headerBufferBytes ?? 0) / 1_024)}k;`,
    "relay.headerBufferBytes",
  );
  sheet.set(
    relay.attempts === 1 ? "            grpc_next_upstream off;" : "            grpc_next_upstream error;",
    "relay.attempts",
  );
  if (relay.attempts !== 1) sheet.add(`            grpc_next_upstream_tries ${relay.attempts ?? 1};`);
  sheet.why(
    "            error_page 502 503 504 = @grpc_unavailable;",
    "what nginx says itself is an HTML page, which no gRPC client can read",
    "nginx-502",
  );
  sheet.add(`        }

        location @grpc_unavailable {
            internal;
            default_type application/grpc;`);
  sheet.why(
    "            add_header grpc-status 14 always;",
    "UNAVAILABLE, as headers and trailers in one: grpc-js, grpcio, Go and Java read it, and may retry it",
    "nginx-502",
  );
  sheet.add('            add_header grpc-message "upstream unavailable" always;');
  sheet.why(
    "            return 200;",
    "not 204: it drops the content type, and Go and Java then report UNKNOWN",
    "nginx-502",
  );
  sheet.add("        }", "    }", "}");
}

function isOlder(version: readonly number[] | undefined): boolean {
  if (version === undefined) return false;
  const [major = 0, minor = http2Since[1], patch = http2Since[2]] = version;
  return major < 1 || (major === 1 && (minor < http2Since[1] || (minor === http2Since[1] && patch < http2Since[2])));
}
