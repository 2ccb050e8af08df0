/** The catalog itself: the failures that it must know are there, and its own gate finds nothing in it. */

import path from "node:path";
import { describe, expect, it } from "vitest";
import { compileCatalog } from "../../src/build/compile-catalog.ts";
import { experimentFiles } from "../../src/build/gate/experiment-files.ts";
import { gateRules } from "../../src/build/gate/gate-rules.ts";
import { libraryIds } from "../../src/build/gate/library-ids.ts";
import { projectTexts } from "../../src/build/gate/project-texts.ts";
import { saidOf } from "../../src/build/judge/said-of.ts";
import { readSources } from "../../src/build/read-sources.ts";
import { sourceFiles } from "../../src/build/source-files.ts";

const packageFolder = path.resolve(import.meta.dirname, "../..");
const sources = readSources(sourceFiles(packageFolder));
const input = {
  sources,
  compiled: compileCatalog(sources),
  libraryIds: libraryIds(),
  experiments: experimentFiles(path.resolve(packageFolder, "../lab/experiments")),
  said: saidOf,
  texts: projectTexts(path.resolve(packageFolder, "../..")),
};

/** Domain → slugs. An id that was published once stays. */
const failureModes = {
  ccore: "cancelling-all-calls keepalive-timeout-ineffective",
  client: "cancel-or-deadline-seen-by-server channel-closed-locally stale-addresses-no-re-resolution",
  communication: "http2-goaway-frame-received",
  config: "ignored-option service-config-key-case",
  connect:
    "closed-before-settings connection-drop-mislabelled http1-peer promise-never-settles refused-stream-reported-internal refused settings-hang uncaught-after-session-abort",
  dotnet: "http2-connection-closed",
  envoy:
    "connection-duration-drain no-usable-upstream remote-reset route-timeout stream-idle-timeout upstream-connection-termination",
  grpc: "connection-close-during-stream goaway-inflight-continues goaway-then-connection-closed goaway-unprocessed-stream stream-interrupted-by-shutdown",
  grpcjs: "force-shutdown-cancelled goaway-then-tcp-reset-internal-0 keepalive-kills-draining-call",
  h2: "reset-limiter-goaway",
  haproxy: "refused-stream-after-forwarding soft-stop-goaway timeouts-and-termination-states",
  http2:
    "enhance-your-calm-too-many-pings goaway-error-code goaway-http11-required max-concurrent-streams-stall missing-trailers rst-cancel-from-server rst-enhance-your-calm rst-internal-error rst-no-error-without-status rst-protocol-error rst-refused-stream stream-ids-exhausted",
  httpclient: "goaway",
  java: "goaway-nonzero-defects",
  k8s: "rolling-restart-endpoint-race",
  keepalive: "disabled-half-open ping-timeout-dead-peer",
  lb: "alb-464 alb-client-keepalive-duration alb-idle-60s azure-silent-drop gfe-goaway-and-timeouts ipvs-idle-900s nlb-idle-350s",
  linkerd: "fail-fast",
  nginx: "graceful-goaway grpc-read-timeout upstream-failed-after-headers upstream-failed-before-headers",
  node: "new-stream-after-goaway rapid-reset-session-closed",
  proxy: "flood-limiter html-instead-of-grpc ping-is-hop-by-hop",
  retry: "ambiguous-unavailable-duplicate committed-stream",
  server:
    "abrupt-stop graceful-stop-hangs-on-streams max-connection-age-grace-kill max-connection-age max-connection-idle resource-exhausted",
  tcp: "fin-inflight reset-inflight reset-on-stale-idle-connection",
  tls: "alpn-missing",
  tonic: "transport-error-unknown-or-cancelled",
  traefik: "read-timeout-60s",
};

describe("the catalog", () => {
  it("knows the 83 failures that it began with", () => {
    const ids = Object.entries(failureModes).flatMap(([domain, slugs]) =>
      slugs.split(" ").map((slug) => `${domain}/${slug}`),
    );
    expect(ids).toHaveLength(83);
    const known = new Set(sources.entries.map(({ id }) => id));
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(gateRules.map((rule) => [rule.id, rule] as const))("passes its gate: %s", (_, rule) => {
    expect([...rule.check(input)]).toEqual([]);
  });
});
