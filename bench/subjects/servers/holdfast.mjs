/** Our server by its public face. */
import { createServer } from "@holdfast/grpc";
import { definition, described, sample, streamedMessages } from "../message.mjs";
import { cert, key } from "../tls.mjs";

export async function serve({ codec, tls, maxBytes, textBytes, gzip }) {
  const server = createServer({
    ...(gzip ? { compression: "gzip" } : {}),
    ...(maxBytes === undefined ? {} : { maxReceiveMessageBytes: maxBytes }),
  });
  const answer = sample(codec, textBytes);
  const handlers = {
    say: () => answer,
    async *watch() {
      for (let i = 0; i < streamedMessages; i++) yield answer;
    },
  };
  const bytes = definition("bytes");
  const { fetch, push, ...small } = bytes;
  server.add(codec === "bytes" ? small : described, handlers);
  const made = new Map();
  server.add({ fetch, push }, { fetch: (request) => large(made, request), push: () => Buffer.from("ok") });
  const { port } = await server.listen("127.0.0.1:0", tls ? { tls: { cert, key } } : {});
  return port;
}

function large(made, request) {
  const length = Number(request);
  if (!made.has(length)) made.set(length, Buffer.alloc(length, 0x61));
  return made.get(length);
}
