/** Rules about servers and hops that leave: who waits for whom, and who kills whom. */

import { durationText as time } from "../facts/duration.ts";
import { recyclingRule } from "./age-rules-table.ts";
import { atMost, below, ends, type Rule } from "./rule.ts";

/** Between the end of a drain and SIGKILL, for what a process does after its last call. */
const lastStepsMs = 5_000; // 5 s

export const drainRules: readonly Rule[] = [
  {
    id: "dr-01",
    severity: "error",
    concerns: ["platform", "receiver"],
    says: "A pod's grace must hold the preStop hook, the drain and 5 s more.",
    seen: "SIGKILL in the middle of a drain: UNAVAILABLE (Connection dropped, Socket closed, transport is closing).",
    fix: "terminationGracePeriodSeconds above preStop and drain together.",
    sources: ["kubernetes", "measured"],
    *find({ platform = {}, server }) {
      const { graceMs, preStopMs = 0 } = platform;
      const drainMs = server.receiver?.drainMs;
      if (!ends(drainMs) || !below(graceMs, preStopMs + drainMs + lastStepsMs)) return;
      const says = `pods are killed after ${time(graceMs ?? 0)}, but wait ${time(preStopMs)} and then drain ${time(drainMs)}`;
      yield { hops: [server], settings: ["platform.graceMs", "platform.preStopMs", "receiver.drainMs"], says };
    },
  },
  {
    id: "dr-02",
    severity: "warning",
    concerns: ["platform", "calls"],
    says: "A pod must go on accepting until nobody sends it new connections.",
    seen: "connection refused during deploys: the endpoint's removal runs beside the pod's end, not before it.",
    fix: "A preStop sleep of 5 to 15 s, more behind a cloud's balancer.",
    sources: ["kubernetes", "linkerd"],
    needs: ["propagateMs"],
    *find({ platform, server, workload: { propagateMs } }) {
      if (platform === undefined || !below(platform.preStopMs ?? 0, propagateMs)) return;
      const says = `pods close their listener ${time(platform.preStopMs ?? 0)} after the order, and new connections come for ${time(propagateMs ?? 0)}`;
      yield { hops: [server], settings: ["platform.preStopMs"], says };
    },
  },
  {
    id: "dr-03",
    severity: "warning",
    concerns: ["receiver"],
    says: "A graceful stop needs a deadline.",
    seen: "GracefulStop, tryShutdown and shutdown wait for endless streams until SIGKILL.",
    fix: "A timer, then Stop, forceShutdown or shutdownNow.",
    sources: ["go", "js", "java", "measured"],
    *find({ server }) {
      if (server.receiver?.drainMs === Infinity)
        yield {
          hops: [server],
          settings: ["receiver.drainMs"],
          says: `${server.name} waits for its calls without a limit`,
        };
    },
  },
  {
    id: "dr-04",
    severity: "error",
    concerns: ["grpc-core", "receiver"],
    says: "stop(None) and stop(0) end every call at once.",
    seen: "UNAVAILABLE or CANCELLED for all that runs.",
    fix: "server.stop(grace), and wait for what it returns.",
    sources: ["core"],
    *find({ server }) {
      if (server.receiver?.drainMs === 0)
        yield { hops: [server], settings: ["receiver.drainMs"], says: `${server.name} stops without a grace` };
    },
  },
  {
    id: "dr-05",
    severity: "error",
    concerns: ["node-http2", "receiver"],
    says: "Node's http2 server.close() must close its sessions, too; before Node 24 it does not.",
    seen: "No GOAWAY; idle clients keep the process until SIGKILL.",
    fix: "Keep the sessions and close each.",
    sources: ["node", "measured"],
    *find({ server }) {
      if (server.receiver?.stopsWithoutGoaway === true)
        yield {
          hops: [server],
          settings: ["receiver.stopsWithoutGoaway"],
          says: `${server.name} closes its listener and leaves its sessions open`,
        };
    },
  },
  {
    id: "dr-06",
    severity: "warning",
    concerns: ["platform", "calls"],
    says: "Istio's sidecar must not leave before the application.",
    seen: "Calls cut after terminationDrainDuration, 5 s unless set, while the server still works.",
    fix: "Raise it, or EXIT_ON_ZERO_ACTIVE_CONNECTIONS with a pod grace above the longest call.",
    sources: ["istio"],
    needs: ["longestCallMs"],
    *find({ platform, server, workload: { longestCallMs } }) {
      const { sidecar, graceMs } = platform ?? {};
      if (sidecar?.kind !== "istio") return;
      const neededMs = Math.min(longestCallMs ?? 0, server.receiver?.drainMs ?? Infinity);
      if (sidecar.waitsForConnections === true) {
        if (atMost(graceMs, sidecar.waitBeforeExitMs ?? 5_000))
          yield {
            hops: [server],
            settings: ["platform.graceMs"],
            says: `the sidecar waits at least ${time(sidecar.waitBeforeExitMs ?? 5_000)}, and the pod has ${time(graceMs ?? 0)}`,
          };
      } else if (below(sidecar.drainMs, neededMs))
        yield {
          hops: [server],
          settings: ["platform.sidecar"],
          says: `the sidecar leaves after ${time(sidecar.drainMs)}, and calls may need ${time(neededMs)}`,
        };
    },
  },
  {
    id: "dr-07",
    severity: "warning",
    concerns: ["platform", "calls"],
    says: "Linkerd's sidecar must fit into the pod's grace, and outlive what the application calls while it stops.",
    seen: "The sidecar is killed in its drain of 120 s; the application's own calls fail while it drains.",
    fix: "shutdown-grace-period below the pod's grace; wait-before-exit-seconds for calls at shutdown.",
    sources: ["linkerd"],
    *find({ platform, server, workload: { callsInShutdown } }) {
      const { sidecar, graceMs } = platform ?? {};
      if (sidecar?.kind !== "linkerd") return;
      if (below(graceMs, sidecar.drainMs))
        yield {
          hops: [server],
          settings: ["platform.sidecar", "platform.graceMs"],
          says: `the sidecar drains for up to ${time(sidecar.drainMs)}, and the pod has ${time(graceMs ?? 0)}`,
        };
      if (callsInShutdown === true && sidecar.waitBeforeExitMs === undefined)
        yield {
          hops: [server],
          settings: ["platform.sidecar"],
          says: "the application calls others while it stops, and the sidecar refuses new calls by then",
        };
    },
  },
  {
    id: "dr-08",
    severity: "warning",
    concerns: ["aws-alb", "aws-nlb", "relay", "platform"],
    says: "A balancer must be through with a target before its pod is gone.",
    seen: "Connections to an address that nobody has, until the deregistration delay (300 s unless set) is over.",
    fix: "Deregistration delay at most preStop and drain together.",
    sources: ["alb-target", "kubernetes"],
    *find({ platform, hops, server }) {
      const drainMs = server.receiver?.drainMs;
      if (platform === undefined || !ends(drainMs)) return;
      const lifeMs = (platform.preStopMs ?? 0) + drainMs;
      for (const hop of hops)
        if (below(lifeMs, hop.relay?.deregistrationMs))
          yield {
            hops: [hop, server],
            settings: ["relay.deregistrationMs", "platform.preStopMs"],
            says: `${hop.name} lets go of a target over ${time(hop.relay?.deregistrationMs ?? 0)}, and its pod lives ${time(lifeMs)}`,
          };
    },
  },
  {
    id: "dr-09",
    severity: "error",
    concerns: ["nginx", "relay", "calls"],
    says: "nginx's worker_shutdown_timeout must outlast the longest call, and be set where streams are endless.",
    seen: "Cut 3.0 s after a reload with 3 s: Connection dropped. Unset, each reload leaves a worker behind.",
    fix: "Above the longest call.",
    sources: ["nginx-main", "measured"],
    needs: ["longestCallMs"],
    *find({ relays, workload: { longestCallMs } }) {
      for (const { hop, relay } of relays.filter((each) => each.hop.kind === "nginx")) {
        const isLeft = relay.drainMs === Infinity && longestCallMs === Infinity;
        if (!isLeft && !below(relay.drainMs, longestCallMs)) continue;
        const says = isLeft
          ? `${hop.name} keeps an old worker for each reload, for streams that never end`
          : `${hop.name} ends old workers after ${time(relay.drainMs ?? 0)}, and calls take up to ${time(longestCallMs ?? 0)}`;
        yield { hops: [hop], settings: ["relay.drainMs", "calls.longestCallMs"], says };
      }
    },
  },
  {
    id: "dr-10",
    severity: "error",
    concerns: ["haproxy", "relay", "calls"],
    says: "HAProxy's hard-stop-after must outlast the longest call, and close-spread-time must end before it.",
    seen: "INTERNAL, not UNAVAILABLE: no retry fires.",
    fix: "hard-stop-after above the longest call.",
    sources: ["haproxy", "measured"],
    needs: ["longestCallMs"],
    *find({ relays, workload: { longestCallMs } }) {
      for (const { hop, relay } of relays.filter((each) => each.hop.kind === "haproxy")) {
        if (below(relay.drainMs, longestCallMs))
          yield {
            hops: [hop],
            settings: ["relay.drainMs", "calls.longestCallMs"],
            says: `${hop.name} exits ${time(relay.drainMs ?? 0)} after a soft stop, and calls take up to ${time(longestCallMs ?? 0)}`,
          };
        if (atMost(relay.drainMs, relay.closeSpreadMs))
          yield {
            hops: [hop],
            settings: ["relay.closeSpreadMs", "relay.drainMs"],
            says: `${hop.name} spreads its GOAWAYs over ${time(relay.closeSpreadMs ?? 0)}, and exits after ${time(relay.drainMs ?? 0)}`,
          };
      }
    },
  },
  {
    id: "dr-11",
    severity: "warning",
    concerns: ["envoy", "relay", "platform"],
    says: "Envoy must drain before its successor ends it, and before its pod is killed.",
    seen: "Calls cut in a drain that its settings promised.",
    fix: "--drain-time-s below --parent-shutdown-time-s, and the pod's grace above both drains.",
    sources: ["envoy-cli", "envoy"],
    *find({ relays, platform }) {
      for (const { hop, relay } of relays.filter((each) => each.hop.kind === "envoy")) {
        if (atMost(relay.parentShutdownMs, relay.drainMs))
          yield {
            hops: [hop],
            settings: ["relay.drainMs", "relay.parentShutdownMs"],
            says: `${hop.name} drains for ${time(relay.drainMs ?? 0)}, and is ended after ${time(relay.parentShutdownMs ?? 0)}`,
          };
        if (below(platform?.graceMs, relay.drainMs))
          yield {
            hops: [hop],
            settings: ["relay.drainMs", "platform.graceMs"],
            says: `${hop.name} drains for ${time(relay.drainMs ?? 0)}, and pods are killed after ${time(platform?.graceMs ?? 0)}`,
          };
      }
    },
  },
  recyclingRule,
  {
    id: "dr-13",
    severity: "warning",
    concerns: ["receiver", "platform"],
    says: "Health must say NOT_SERVING before the listener closes.",
    seen: "Refused connections between the close and the next probe.",
    fix: "NOT_SERVING, then wait, then GOAWAY, then wait for calls, then close.",
    sources: ["a17", "grpc-health"],
    *find({ server }) {
      if (server.receiver?.failsHealthFirst === false)
        yield {
          hops: [server],
          settings: ["receiver.failsHealthFirst"],
          says: `${server.name} closes its listener while its health still says SERVING`,
        };
    },
  },
  {
    id: "dr-14",
    severity: "note",
    concerns: ["sender", "platform", "calls"],
    says: "With one replica, all attempts of a retry must not fall into its restart.",
    seen: "Every attempt fails; Go says: max retries exhausted.",
    fix: "A second replica, or backoffs that add up to more than a restart.",
    sources: ["a6", "go"],
    needs: ["restartMs"],
    *find({ client, platform, server, workload: { restartMs } }) {
      const { maxAttempts, initialBackoffMs, multiplier, maxBackoffMs } = client.sender?.retry ?? {};
      if (platform?.replicas !== 1 || maxAttempts === undefined) return;
      let sumMs = 0;
      for (let i = 0; i < maxAttempts - 1; i++)
        sumMs += Math.min((initialBackoffMs ?? 0) * (multiplier ?? 1) ** i, maxBackoffMs ?? Infinity);
      if (!below(sumMs, restartMs)) return;
      const says = `${client.name} gives up ${time(sumMs)} after the first attempt, and the one replica needs ${time(restartMs ?? 0)} to restart`;
      yield { hops: [client, server], settings: ["sender.retry", "platform.replicas"], says };
    },
  },
];
