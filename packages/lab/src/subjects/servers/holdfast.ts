/** A program: serves the lab's calls with Holdfast. */

import type { CallContext } from "@holdfast/grpc";
import { createServer } from "@holdfast/grpc";
import { labMethods } from "../../drivers/lab-method.ts";
import { pinnedVersion } from "../../drivers/pinned-version.ts";
import type { Answer } from "../serve-lab.ts";
import { serveLab } from "../serve-lab.ts";
import type { ServerSettings } from "../server-order.ts";

await serveLab({
  versions: { "@holdfast/grpc": pinnedVersion("@holdfast/grpc") },
  cannot: {},
  listen: async ({ port, tls, settings }, answer) => {
    const server = createServer(serverOptions(settings));
    server.addMethod(labMethods.unary, "unary", (request, call) => first(answer("unary", one(request), fieldOf(call))));
    server.addMethod(labMethods["server-streaming"], "server-streaming", (request, call) =>
      answer("server-streaming", one(request), fieldOf(call)),
    );
    server.addMethod(labMethods["client-streaming"], "client-streaming", (requests, call) =>
      first(answer("client-streaming", requests, fieldOf(call))),
    );
    server.addMethod(labMethods["bidi-streaming"], "bidi-streaming", (requests, call) =>
      answer("bidi-streaming", requests, fieldOf(call)),
    );
    const secure = tls === undefined ? {} : { tls: { cert: tls.certPem, key: tls.keyPem } };
    const bound = await server.listen(`127.0.0.1:${port}`, secure);
    return {
      port: bound.port,
      stop: async () => void (await server.drain({ graceMs: settings.graceMs ?? Infinity })),
      stopAtOnce: () => server.close(),
    };
  },
});

function serverOptions(settings: ServerSettings): NonNullable<Parameters<typeof createServer>[0]> {
  const { maxConnectionAgeMs, maxConnectionAgeGraceMs, maxConnectionIdleMs, maxConcurrentStreams, pings } = settings;
  return {
    ...(maxConnectionAgeMs !== undefined && { maxConnectionAgeMs }),
    ...(maxConnectionAgeGraceMs !== undefined && { maxConnectionAgeGraceMs }),
    ...(maxConnectionIdleMs !== undefined && { maxConnectionIdleMs }),
    ...(maxConcurrentStreams !== undefined && { maxConcurrentStreams }),
    ...(pings !== undefined && { pingPolicy: pings }),
    ...settings.options,
  };
}

function fieldOf(call: CallContext): Parameters<Answer>[2] {
  return (name) => call.metadata.get(name)?.toString();
}

async function* one(request: Uint8Array): AsyncGenerator<Uint8Array> {
  yield request;
}

async function first(answers: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  for await (const bytes of answers) return bytes;
  return new Uint8Array();
}
