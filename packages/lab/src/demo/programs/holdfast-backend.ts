/** A program: serves the Shop with Holdfast; on SIGTERM it drains and then has nothing left to stay for. */

import { createServer } from "@holdfast/grpc";
import { Shop } from "../../shop/index.ts";
import { serve } from "./serve.ts";

await serve(async (order, execute) => {
  const server = createServer();
  server.add(Shop, {
    read: async ({ id }) => {
      await execute(id);
      return { id };
    },
    write: async ({ id }) => {
      await execute(id);
      return { id, items: 1 };
    },
  });
  const tls = order.tls === undefined ? {} : { tls: { cert: order.tls.certPem, key: order.tls.keyPem } };
  await server.listen(`127.0.0.1:${order.port}`, tls);
  server.drainOn("SIGTERM", { graceMs: order.drainGraceMs });
});
