/** grpc-js with callbacks made into promises, as its users do. */
import grpc from "@grpc/grpc-js";
import { definition, sample } from "../message.mjs";
import { nextMetadata, timeoutMs } from "../metadata.mjs";
import { ca, serverName } from "../tls.mjs";

export function open({ port, codec, headers, tls, textBytes, gzip }) {
  const Client = grpc.makeGenericClientConstructor(definition(codec), "T");
  const credentials = tls ? grpc.credentials.createSsl(Buffer.from(ca)) : grpc.credentials.createInsecure();
  const client = new Client(`127.0.0.1:${port}`, credentials, {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    ...(gzip ? { "grpc.default_compression_algorithm": grpc.compressionAlgorithms.gzip } : {}),
    ...(tls ? { "grpc.ssl_target_name_override": serverName } : {}),
  });
  const message = sample(codec, textBytes);
  const options = () => ({ deadline: Date.now() + timeoutMs });
  const call = (method, request, metadata) =>
    new Promise((resolve, reject) => {
      client[method](request, metadata, options(), (error, answer) => (error ? reject(error) : resolve(answer)));
    });
  return {
    unary() {
      const metadata = new grpc.Metadata();
      const record = nextMetadata(headers);
      for (const name in record) metadata.set(name, record[name]);
      return call("say", message, metadata);
    },
    stream: () =>
      new Promise((resolve, reject) => {
        let count = 0;
        const messages = client.watch(message, new grpc.Metadata(), options());
        messages.on("data", () => count++);
        messages.on("error", reject);
        messages.on("end", () => resolve(count));
      }),
    fetch: (length) => call("fetch", Buffer.from(String(length)), new grpc.Metadata()),
    push: (bytes) => call("push", bytes, new grpc.Metadata()),
    close: () => client.close(),
  };
}
