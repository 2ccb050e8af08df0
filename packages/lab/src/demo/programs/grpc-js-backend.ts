/** A program: serves the Shop with @grpc/grpc-js; on SIGTERM it stops as the library's documentation says. */

import { create } from "@bufbuild/protobuf";
import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { Item, ReadRequest, Receipt, WriteRequest } from "../../shop/index.ts";
import { ItemSchema, ReceiptSchema } from "../../shop/index.ts";
import { grpcJsShop } from "./grpc-js-shop.ts";
import type { BackendOrder, Execute } from "./serve.ts";
import { serve } from "./serve.ts";

await serve(listen);

async function listen(order: BackendOrder, execute: Execute): Promise<void> {
  const server = new Server();
  server.addService(grpcJsShop, {
    read: ({ request: { id } }: ServerUnaryCall<ReadRequest, Item>, answer: sendUnaryData<Item>) => {
      void execute(id).then(() => answer(null, create(ItemSchema, { id })));
    },
    write: ({ request: { id } }: ServerUnaryCall<WriteRequest, Receipt>, answer: sendUnaryData<Receipt>) => {
      void execute(id).then(() => answer(null, create(ReceiptSchema, { id, items: 1 })));
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${order.port}`, credentials(order), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  process.once("SIGTERM", () => {
    server.tryShutdown(() => process.exit());
    setTimeout(() => {
      server.forceShutdown();
      process.exit();
    }, order.drainGraceMs);
  });
}

function credentials({ tls }: BackendOrder): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  return ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(tls.certPem), private_key: Buffer.from(tls.keyPem) },
  ]);
}
