/** Whom a deed strikes: the name of the fault, and the links between clients and servers that feel it. */

import type { Fault } from "./coverage.ts";
import type { Deed, WorldPlan } from "./world-plan.ts";

export interface Struck {
  readonly fault: Fault;
  readonly links: readonly { readonly client: string; readonly server: string }[];
}

export function struckBy(deed: Deed, { clients, servers }: Pick<WorldPlan, "clients" | "servers">): Struck {
  const link = (client: string, server: string): Struck["links"] => [{ client, server }];
  const ofClient = (client: string): Struck["links"] => servers.map(({ name }) => ({ client, server: name }));
  const ofServer = (server: string): Struck["links"] => clients.map(({ name }) => ({ client: name, server }));
  const isClient = (host: string): boolean => clients.some(({ name }) => name === host);
  switch (deed.kind) {
    case "weather":
    case "reset":
    case "partition":
    case "forget-idle":
      return { fault: deed.kind, links: link(deed.client, deed.server) };
    case "black-hole":
      return isClient(deed.from)
        ? { fault: "black-hole-requests", links: link(deed.from, deed.to) }
        : { fault: "black-hole-answers", links: link(deed.to, deed.from) };
    case "half-open":
      return isClient(deed.forgetful)
        ? { fault: "half-open-client", links: link(deed.forgetful, deed.other) }
        : { fault: "half-open-server", links: link(deed.other, deed.forgetful) };
    case "stall":
      return isClient(deed.host)
        ? { fault: "stall-client", links: ofClient(deed.host) }
        : { fault: "stall-server", links: ofServer(deed.host) };
    case "kill":
      return { fault: deed.machine ? "power-off" : "kill-server", links: ofServer(deed.server) };
    case "deploy":
      return { fault: deed.kind, links: ofServer(deed.server) };
    case "kill-client":
      return { fault: deed.kind, links: ofClient(deed.client) };
  }
}
