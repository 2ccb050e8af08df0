/** A program: serves the lab's calls with @grpc/grpc-js. */

import type { MethodDefinition, ServerDuplexStream, ServerReadableStream } from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall, ServerWritableStream, UntypedHandleCall } from "@grpc/grpc-js";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { labMethods } from "../../drivers/lab-method.ts";
import { pinnedVersion } from "../../drivers/pinned-version.ts";
import type { DrivenCall } from "../../drivers/trial-client.ts";
import type { Answer } from "../serve-lab.ts";
import { serveLab } from "../serve-lab.ts";
import type { ServerOrder, ServerSettings } from "../server-order.ts";

type Kind = DrivenCall["kind"];

await serveLab({
  versions: { "@grpc/grpc-js": pinnedVersion("@grpc/grpc-js") },
  cannot: { pings: "the server of grpc-js does not count PINGs" },
  listen: async (order, answer) => {
    const server = new Server(serverOptions(order.settings));
    for (const kind of Object.keys(labMethods) as Kind[]) {
      server.addService({ [kind]: definition(kind) }, { [kind]: handler(kind, answer) });
    }
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${order.port}`, credentials(order), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    return {
      port,
      stop: () => new Promise((resolve) => server.tryShutdown(() => resolve())),
      stopAtOnce: () => server.forceShutdown(),
    };
  },
});

function serverOptions(settings: ServerSettings): Record<string, string | number | boolean> {
  const { maxConnectionAgeMs, maxConnectionAgeGraceMs, maxConnectionIdleMs, maxConcurrentStreams } = settings;
  return {
    ...(maxConnectionAgeMs !== undefined && { "grpc.max_connection_age_ms": maxConnectionAgeMs }),
    ...(maxConnectionAgeGraceMs !== undefined && { "grpc.max_connection_age_grace_ms": maxConnectionAgeGraceMs }),
    ...(maxConnectionIdleMs !== undefined && { "grpc.max_connection_idle_ms": maxConnectionIdleMs }),
    ...(maxConcurrentStreams !== undefined && { "grpc.max_concurrent_streams": maxConcurrentStreams }),
    ...settings.options,
  };
}

function credentials({ tls }: ServerOrder): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const pair = { cert_chain: Buffer.from(tls.certPem), private_key: Buffer.from(tls.keyPem) };
  return ServerCredentials.createSsl(null, [pair]);
}

function definition(kind: Kind): MethodDefinition<Buffer, Buffer> {
  const same = (bytes: Buffer): Buffer => bytes;
  return {
    path: labMethods[kind],
    requestStream: kind === "client-streaming" || kind === "bidi-streaming",
    responseStream: kind === "server-streaming" || kind === "bidi-streaming",
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
}

function handler(kind: Kind, answer: Answer): UntypedHandleCall {
  const one = (call: ServerUnaryCall<Buffer, Buffer> | ServerWritableStream<Buffer, Buffer>): AsyncIterable<Buffer> =>
    (async function* () {
      yield call.request;
    })();
  switch (kind) {
    case "unary":
      return (call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) =>
        void answerOne(answer(kind, one(call), fieldOf(call)), done);
    case "client-streaming":
      return (call: ServerReadableStream<Buffer, Buffer>, done: sendUnaryData<Buffer>) =>
        void answerOne(answer(kind, requestsOf(call), fieldOf(call)), done);
    case "server-streaming":
      return (call: ServerWritableStream<Buffer, Buffer>) =>
        void answerMany(answer(kind, one(call), fieldOf(call)), call);
    case "bidi-streaming":
      return (call: ServerDuplexStream<Buffer, Buffer>) =>
        void answerMany(answer(kind, requestsOf(call), fieldOf(call)), call);
  }
}

/** At its end the usual iteration would destroy the stream, with what is still to be answered on it. */
function requestsOf(call: ServerReadableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>) {
  return call.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
}

function fieldOf({
  metadata,
}: Pick<ServerUnaryCall<Buffer, Buffer>, "metadata">): (name: string) => string | undefined {
  return (name) => metadata.get(name)[0]?.toString();
}

/** A call that was cancelled breaks off its requests; nobody waits for the answer. */
async function answerOne(answers: AsyncGenerator<Uint8Array>, done: sendUnaryData<Buffer>): Promise<void> {
  try {
    for await (const bytes of answers) done(null, Buffer.from(bytes));
  } catch {
    return;
  }
}

async function answerMany(
  answers: AsyncGenerator<Uint8Array>,
  call: ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>,
): Promise<void> {
  try {
    for await (const bytes of answers) {
      if (call.cancelled) return;
      call.write(Buffer.from(bytes));
    }
    call.end();
  } catch {
    return;
  }
}
