/** Who is on trial, in which roles. `ours` must pass; what the others do is printed. */
import { startHoldfastServer } from "./holdfast-server.mjs";
import { connectHoldfastClient } from "./holdfast-client.mjs";
import { connectNodeClient } from "./node-client.mjs";
import { startNodeServer } from "./node-server.mjs";
import { hasNghttpd, startNghttpd } from "./nghttpd.mjs";

export const subjects = [
  {
    name: "holdfast",
    ours: true,
    startServer: startHoldfastServer,
    connectClient: connectHoldfastClient,
    h2spec: true,
  },
  { name: "node:http2", ours: false, startServer: startNodeServer, connectClient: connectNodeClient, h2spec: true },
  { name: "nghttpd", ours: false, startServer: startNghttpd, isThere: hasNghttpd },
];
