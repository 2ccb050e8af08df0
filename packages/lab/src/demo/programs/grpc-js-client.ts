/** A program: the demo's client on @grpc/grpc-js. */

import { create } from "@bufbuild/protobuf";
import type { MethodDefinition, ServiceError } from "@grpc/grpc-js";
import { Client, credentials, status } from "@grpc/grpc-js";
import { ReadRequestSchema, WriteRequestSchema } from "../../shop/index.ts";
import { serviceConfig } from "../demo-plan.ts";
import { grpcJsShop } from "./grpc-js-shop.ts";
import { runLoad } from "./load.ts";

await runLoad(({ target, caPem }) => {
  const security = caPem === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(caPem));
  const client = new Client(target, security, { "grpc.service_config": JSON.stringify(serviceConfig) });
  return {
    call: (method, id, timeoutMs) =>
      method === "Read"
        ? unary(client, grpcJsShop.read, create(ReadRequestSchema, { id }), timeoutMs)
        : unary(client, grpcJsShop.write, create(WriteRequestSchema, { id, item: { id } }), timeoutMs),
    failureOf: (error) => {
      const { code, message } = error as ServiceError;
      return { code: status[code] ?? "UNKNOWN", text: message };
    },
  };
});

function unary<I, O extends { readonly id: string }>(
  client: Client,
  method: MethodDefinition<I, O>,
  request: I,
  timeoutMs: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      { deadline: Date.now() + timeoutMs },
      (error, answer) => {
        if (error === null && answer !== undefined) resolve(answer.id);
        else reject(error ?? new Error("neither an error nor an answer"));
      },
    );
  });
}
