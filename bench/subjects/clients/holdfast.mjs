/** Our client by its public face: the promise API. */
import { createChannel } from "@holdfast/grpc";
import { definition, described, sample } from "../message.mjs";
import { nextMetadata, timeoutMs } from "../metadata.mjs";
import { ca, serverName } from "../tls.mjs";

export function open({ port, codec, headers, tls, maxBytes, textBytes, gzip }) {
  const channel = createChannel(`127.0.0.1:${port}`, {
    ...(tls ? { tls: { ca, serverName } } : {}),
    ...(gzip ? { compression: "gzip" } : {}),
    ...(maxBytes === undefined ? {} : { maxReceiveMessageBytes: maxBytes }),
  });
  const message = sample(codec, textBytes);
  const client = channel.client(codec === "bytes" ? definition("bytes") : described);
  return {
    unary: () => client.say(message, { timeoutMs, metadata: nextMetadata(headers) }),
    async stream() {
      let count = 0;
      for await (const _ of client.watch(message, { timeoutMs })) count++;
      return count;
    },
    fetch: (length) => channel.unary("/t.T/Fetch", Buffer.from(String(length)), { timeoutMs }),
    push: (bytes) => channel.unary("/t.T/Push", bytes, { timeoutMs }),
    close: () => channel.close(),
  };
}
