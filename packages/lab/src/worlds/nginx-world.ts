/** Owns the world of a real nginx before a scripted peer, with what an experiment adds to a plain configuration for gRPC. */

import type { Trial } from "../experiment/experiment.ts";
import type { World } from "../experiment/world.ts";
import type { Proxied } from "./proxied-world.ts";
import { proxiedWorld } from "./proxied-world.ts";
import type { ProxyPlace } from "./real-proxy.ts";

export interface NginxWorld extends Proxied {
  /** Directives of the main level. */
  readonly main?: string;
  /** Directives of the server. */
  readonly server?: string;
  /** Directives of its one location. */
  readonly location?: string;
  /** How often the server stands in the upstream group, as nginx counts servers. Default: 1. */
  readonly upstreams?: number;
}

export function nginxWorld(trial: Trial, nginx: NginxWorld): Promise<World> {
  return proxiedWorld(
    trial,
    (serverPort) => ({
      command: "nginx",
      args: ({ folder }) => ["-p", folder, "-e", `${folder}/error.log`, "-c"],
      config: (place) => configOf(place, serverPort, nginx),
    }),
    nginx,
  );
}

function configOf({ host, port, folder }: ProxyPlace, serverPort: number, nginx: NginxWorld): string {
  const { main = "", server = "", location = "", upstreams = 1 } = nginx;
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log; ${main}
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
  upstream shop { ${`server 127.0.0.1:${serverPort}; `.repeat(upstreams)}}
  server {
    listen ${host}:${port} http2;
    ${server}
    location / { grpc_pass grpc://shop; ${location} }
  }
}
`;
}
