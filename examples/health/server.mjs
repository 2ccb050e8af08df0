/**
 * A server whose health follows a SQLite file and a Redis: `node examples/health/server.mjs --help`. The shop needs the
 * file; sessions, which would be kept in Redis, need Redis; nothing but the file is needed by all.
 */
import { parseArgs } from "node:util";
import { createServer, StatusError } from "@holdfast/grpc";
import { createHealth } from "@holdfast/grpc/health";
import { createReflection } from "@holdfast/grpc/reflection";
import { Shop } from "@holdfast/lab/shop";
import { pingCache } from "./cache.mjs";
import { makeDatabase, pingDatabase, readItem } from "./database.mjs";

const { values } = parseArgs({
  options: {
    listen: { type: "string", default: "127.0.0.1:50051" },
    probes: { type: "string", default: "127.0.0.1:8080" },
    database: { type: "string", default: "shop.sqlite" },
    redis: { type: "string", default: "6379" },
    interval: { type: "string", default: "10000" },
    "lame-duck": { type: "string", default: "5000" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log("--listen HOST:PORT  --probes HOST:PORT  --database FILE  --redis PORT  --interval MS  --lame-duck MS");
} else {
  await serve();
}

async function serve() {
  await makeDatabase(values.database);
  const server = createServer({ drain: { lameDuckMs: Number(values["lame-duck"]), graceMs: 20_000 } });
  server.add(Shop, {
    read: ({ id }) => {
      const text = readItem(values.database, id);
      if (text === undefined) throw new StatusError("NOT_FOUND", `no item ${JSON.stringify(id)}`);
      return { id, text };
    },
  });

  const health = createHealth().addTo(server);
  health.monitor(
    {
      database: () => pingDatabase(values.database),
      cache: (signal) => pingCache("127.0.0.1", Number(values.redis), signal),
    },
    {
      intervalMs: Number(values.interval),
      services: { "holdfast.shop.v1.Shop": ["database"], "shop.v1.Sessions": ["cache"] },
      critical: ["database"],
    },
  );
  createReflection().addTo(server);

  const { address } = await server.listen(values.listen);
  const probes = await health.listenForProbes(values.probes);
  server.drainOn("SIGTERM");
  console.log(`serving ${address}, /healthz and /readyz on ${probes.address}`);
}
