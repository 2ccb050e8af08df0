/** Owns the world of a real HAProxy before a scripted peer, with what an experiment adds to a plain configuration for gRPC. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import type { Proxied } from "./proxied-world.ts";
import { proxiedWorld } from "./proxied-world.ts";
import type { ProxyPlace } from "./real-proxy.ts";

export interface HaproxyWorld extends Proxied {
  /** Lines of the section `global`. */
  readonly global?: readonly string[];
  /** Lines of the section `backend`. */
  readonly backend?: readonly string[];
  /** Default: 30,000. */
  readonly timeoutServerMs?: number;
}

export function haproxyWorld(trial: Trial, haproxy: HaproxyWorld): Promise<World> {
  return proxiedWorld(
    trial,
    (serverPort) => ({
      command: "haproxy",
      args: () => ["-db", "-q", "-f"],
      config: (place) => configOf(place, serverPort, haproxy),
    }),
    haproxy,
  );
}

function configOf({ host, port }: ProxyPlace, serverPort: number, haproxy: HaproxyWorld): string {
  const { global = [], backend = [], timeoutServerMs = 30_000 } = haproxy;
  const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join("");
  return `global
  nbthread 1
${indented(global)}defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server ${timeoutServerMs}ms
frontend front
  bind ${host}:${port} proto h2
  default_backend back
backend back
${indented(backend)}  server one 127.0.0.1:${serverPort} proto h2
`;
}
