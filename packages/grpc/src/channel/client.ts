import { type MethodKind, type MethodTypes, type MethodTypesOf, methodsOf, type Service } from "../rpc/service.ts";
import { bidiStreaming, type CallTemplate, clientStreaming, serverStreaming, unary } from "./calls.ts";
import type { CallOptions } from "./call-options.ts";

/** A typed client: one function for each method of the service, under its local name. */
export type Client<S> = { readonly [Name in keyof MethodTypesOf<S>]: ClientMethod<MethodTypesOf<S>[Name]> };

type ClientMethod<M> = M extends MethodTypes
  ? {
      unary: (request: M["requestInit"], options?: CallOptions) => Promise<M["response"]>;
      "server-streaming": (request: M["requestInit"], options?: CallOptions) => AsyncIterableIterator<M["response"]>;
      "client-streaming": (requests: AsyncIterable<M["requestInit"]>, options?: CallOptions) => Promise<M["response"]>;
      "bidi-streaming": (
        requests: AsyncIterable<M["requestInit"]>,
        options?: CallOptions,
      ) => AsyncIterableIterator<M["response"]>;
    }[M["kind"]]
  : never;

type AnyMethod = (request: unknown, options?: CallOptions) => unknown;

type TemplateOf = (
  path: string,
  encode: (message: unknown) => Uint8Array,
  decode: (bytes: Uint8Array) => unknown,
) => CallTemplate;

/** Builds the client of a service from templates that the channel makes for its methods. */
export function createClient<S extends Service>(service: S, templateOf: TemplateOf): Client<S> {
  const client: Record<string, AnyMethod> = {};
  for (const method of methodsOf(service)) {
    const template = templateOf(
      method.path,
      (message) => method.encodeRequest(message),
      (bytes) => method.decodeResponse(bytes),
    );
    const call = methodOf(method.kind, template);
    client[method.localName] = call;
    if (method.alias !== undefined) client[method.alias] = call;
  }
  return client as Client<S>;
}

function methodOf(kind: MethodKind, template: CallTemplate): AnyMethod {
  switch (kind) {
    case "unary":
      return (request, options) => unary(template, request, options);
    case "server-streaming":
      return (request, options) => serverStreaming(template, request, options);
    case "client-streaming":
      return (requests, options) => clientStreaming(template, requests as AsyncIterable<unknown>, options);
    case "bidi-streaming":
      return (requests, options) => bidiStreaming(template, requests as AsyncIterable<unknown>, options);
  }
}
