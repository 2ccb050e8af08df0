/** Writes HAProxy: a whole haproxy.cfg, for 2.4 and later. */

import { relaySheet, shortTime, tcpProbes } from "./relay-sheet.ts";
import type { WriteJob } from "./sheet.ts";

export function writeHaproxy(job: WriteJob): string {
  const { sheet, sender, receiver, relay, upstream } = relaySheet(job, "#", "Test it with: haproxy -c -f FILE");
  sheet.add("global");
  sheet.set(`    hard-stop-after ${shortTime(relay.drainMs)}`, "relay.drainMs");
  sheet.set(`    close-spread-time ${shortTime(relay.closeSpreadMs)}`, "relay.closeSpreadMs");
  sheet.set(`    tune.h2.max-concurrent-streams ${receiver.maxStreams ?? 0}`, "receiver.maxStreams");
  sheet.set(
    `    tune.bufsize ${Math.max(16_384, (receiver.maxMetadataBytes ?? 0) + 1_024)}`,
    "receiver.maxMetadataBytes",
  );
  sheet.add("", "defaults", "    mode http");
  sheet.why(
    "    timeout connect 5s",
    "a server that is not there is known in a round trip; the next one is tried",
    "haproxy",
  );
  sheet.set(`    timeout client ${shortTime(relay.silenceUpMs)}`, "relay.silenceUpMs");
  sheet.set(`    timeout server ${shortTime(relay.silenceDownMs)}`, "relay.silenceDownMs");
  sheet.set(`    timeout http-keep-alive ${shortTime(receiver.idleAfterMs)}`, "receiver.idleAfterMs");
  sheet.why("    timeout http-request 10s", "a client that begins a request sends all of its headers", "haproxy");
  sheet.set(`    retries ${(relay.attempts ?? 1) - 1}`, "relay.attempts");
  if (relay.attempts !== 1)
    sheet.why("    retry-on conn-failure", "nothing was sent then; what was sent may have run", "haproxy", "lm-07");
  sheet.add("", "frontend grpc");
  sheet.set(
    receiver.tls === true ? "    bind :443 ssl crt /etc/haproxy/tls.pem alpn h2" : "    bind :50051 proto h2",
    "receiver.tls",
  );
  if (receiver.tcpKeepaliveMs !== undefined) {
    sheet.reason("    ", "receiver.tcpKeepaliveMs");
    sheet.add("    option clitcpka", `    clitcpka-idle ${shortTime(receiver.tcpKeepaliveMs)}`);
    sheet.add(`    clitcpka-intvl ${shortTime(tcpProbes.everyMs)}`, `    clitcpka-cnt ${tcpProbes.count}`);
  }
  sheet.add("    default_backend shop", "", "backend shop", "    balance roundrobin");
  sheet.set(
    `    default-server ${sender.tls === true ? "ssl verify required ca-file /etc/ssl/certs/ca-certificates.crt alpn h2" : "proto h2"} pool-purge-delay ${shortTime(sender.idleAfterMs)} check inter 5s fall 2 rise 2`,
    "sender.idleAfterMs",
  );
  sheet.comment("    ", "One line for each server.");
  sheet.add(`    server shop-1 ${upstream}:50051 init-addr last,libc,none`);
  return sheet.text();
}
