import grpc from "@grpc/grpc-js";
import { definition, sample, streamedMessages } from "../message.mjs";
import { cert, key } from "../tls.mjs";

export function serve({ codec, tls, textBytes, gzip }) {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    ...(gzip ? { "grpc.default_compression_algorithm": grpc.compressionAlgorithms.gzip } : {}),
  });
  const message = sample(codec, textBytes);
  const made = new Map();
  server.addService(definition(codec), {
    say: (_, answer) => answer(null, message),
    watch(call) {
      let sent = 0;
      const send = () => {
        while (sent < streamedMessages) {
          sent++;
          if (!call.write(message)) return void call.once("drain", send);
        }
        call.end();
      };
      send();
    },
    fetch({ request }, answer) {
      const length = Number(request);
      if (!made.has(length)) made.set(length, Buffer.alloc(length, 0x61));
      answer(null, made.get(length));
    },
    push: (_, answer) => answer(null, Buffer.from("ok")),
  });
  const credentials = tls
    ? grpc.ServerCredentials.createSsl(null, [{ cert_chain: Buffer.from(cert), private_key: Buffer.from(key) }])
    : grpc.ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
}
