/** connect-node speaking gRPC. It has no face for bytes. */
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { described, message } from "../message.mjs";
import { nextMetadata, timeoutMs } from "../metadata.mjs";
import { ca, serverName } from "../tls.mjs";

export function open({ port, headers, tls }) {
  const transport = createGrpcTransport({
    baseUrl: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    ...(tls ? { nodeOptions: { ca, servername: serverName } } : {}),
  });
  const client = createClient(described, transport);
  return {
    unary: () => client.say(message, { timeoutMs, headers: nextMetadata(headers) }),
    async stream() {
      let count = 0;
      for await (const _ of client.watch(message, { timeoutMs })) count++;
      return count;
    },
    close: () => undefined,
  };
}
