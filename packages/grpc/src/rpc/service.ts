/**
 * What a service consists of, whoever generated it: protobuf-es descriptors and the definition objects of grpc-js become
 * one list of methods. Channel and server know only this list; grpc-js itself is never imported, its objects are known
 * by their shape.
 */

import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";

export type MethodKind = "unary" | "server-streaming" | "client-streaming" | "bidi-streaming";

/** One method. The codecs throw what the generated code throws; bytes given to them may be kept by the result. */
export interface MethodInfo {
  /** As the schema and the path have it: `Read`. */
  readonly name: string;
  /** As the generated code has it, and so the key of handlers and client methods: `read`. */
  readonly localName: string;
  /** A second key under which it is known: grpc-js's `originalName`. */
  readonly alias?: string;
  /** `/shop.v1.Shop/Read` */
  readonly path: string;
  readonly kind: MethodKind;
  /** The schema says `NO_SIDE_EFFECTS` or `IDEMPOTENT`. False where it says nothing, and for grpc-js, which does not tell. */
  readonly idempotent: boolean;
  encodeRequest(message: unknown): Uint8Array;
  decodeRequest(bytes: Uint8Array): unknown;
  encodeResponse(message: unknown): Uint8Array;
  decodeResponse(bytes: Uint8Array): unknown;
}

/** A service as generated code gives it: protobuf-es's `DescService`, or grpc-js's `ServiceDefinition`. */
export type Service = DescribedService | GrpcJsService;

/** The part of protobuf-es's `DescService` (and of `GenService`, which knows the messages' types) that is read. */
export interface DescribedService {
  readonly kind: "service";
  readonly typeName: string;
  readonly methods: readonly DescMethod[];
  readonly method: Readonly<Record<string, Pick<DescMethod, "methodKind" | "input" | "output">>>;
}

export type GrpcJsService = Readonly<Record<string, GrpcJsMethod>>;

/** grpc-js's `MethodDefinition`. Methods, not properties: their parameters then compare loosely, `Buffer` with its base. */
export interface GrpcJsMethod {
  readonly path: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly originalName?: string | undefined;
  requestSerialize(value: never): Uint8Array;
  requestDeserialize(bytes: Uint8Array): unknown;
  responseSerialize(value: never): Uint8Array;
  responseDeserialize(bytes: Uint8Array): unknown;
}

/** What the types tell of one method; the `Init` sides are what may be passed in where a message goes out. */
export interface MethodTypes {
  readonly kind: MethodKind;
  readonly request: unknown;
  readonly requestInit: unknown;
  readonly response: unknown;
  readonly responseInit: unknown;
}

/** The methods of a service by their local names. */
export type MethodTypesOf<S> = S extends { readonly methods: readonly DescMethod[]; readonly method: infer M }
  ? { readonly [Name in keyof M]: DescribedTypes<M[Name]> }
  : { readonly [Name in keyof S]: GrpcJsTypes<S[Name]> };

type DescribedTypes<M> = M extends {
  readonly methodKind: infer Kind extends DescMethod["methodKind"];
  readonly input: infer Input extends DescMessage;
  readonly output: infer Output extends DescMessage;
}
  ? {
      readonly kind: (typeof kinds)[Kind];
      readonly request: MessageShape<Input>;
      readonly requestInit: MessageInitShape<Input>;
      readonly response: MessageShape<Output>;
      readonly responseInit: MessageInitShape<Output>;
    }
  : never;

type GrpcJsTypes<M> = M extends {
  readonly requestStream: infer RequestStream extends boolean;
  readonly responseStream: infer ResponseStream extends boolean;
  requestSerialize(value: infer RequestInit): Uint8Array;
  requestDeserialize(bytes: never): infer Request;
  responseSerialize(value: infer ResponseInit): Uint8Array;
  responseDeserialize(bytes: never): infer Response;
}
  ? {
      readonly kind: KindOfFlags<RequestStream, ResponseStream>;
      readonly request: Request;
      readonly requestInit: RequestInit;
      readonly response: Response;
      readonly responseInit: ResponseInit;
    }
  : never;

type KindOfFlags<RequestStream extends boolean, ResponseStream extends boolean> = RequestStream extends true
  ? ResponseStream extends true
    ? "bidi-streaming"
    : "client-streaming"
  : ResponseStream extends true
    ? "server-streaming"
    : "unary";

const kinds = {
  unary: "unary",
  server_streaming: "server-streaming",
  client_streaming: "client-streaming",
  bidi_streaming: "bidi-streaming",
} as const satisfies Record<DescMethod["methodKind"], MethodKind>;

/** Every method of `service`. Something that is no service is a `TypeError` that says what was expected. */
export function methodsOf(service: Service): readonly MethodInfo[] {
  if (isDescribed(service)) return service.methods.map((method) => describedMethod(service.typeName, method));
  return grpcJsMethods(service);
}

/** Whether it is a descriptor of protobuf-es. */
export function isDescribed(service: Service): service is DescribedService {
  return (
    service !== null && typeof service === "object" && service.kind === "service" && Array.isArray(service.methods)
  );
}

function describedMethod(typeName: string, method: DescMethod): MethodInfo {
  const { input, output } = method;
  return {
    name: method.name,
    localName: method.localName,
    path: `/${typeName}/${method.name}`,
    kind: kinds[method.methodKind],
    // 0 is IDEMPOTENCY_UNKNOWN; descriptor.proto, MethodOptions.IdempotencyLevel.
    idempotent: method.idempotency !== 0,
    encodeRequest: (message) => encode(input, message),
    decodeRequest: (bytes) => fromBinary(input, bytes),
    encodeResponse: (message) => encode(output, message),
    decodeResponse: (bytes) => fromBinary(output, bytes),
  };
}

/**
 * `create` hands a message back as it is, so only plain objects pay for it. It would make an empty message of anything
 * else, and a handler that forgot its `return` would answer OK; an empty message is said as `{}`.
 */
function encode(schema: DescMessage, message: unknown): Uint8Array {
  if (typeof message !== "object" || message === null || Array.isArray(message)) {
    const got = message === null ? "null" : Array.isArray(message) ? "array" : typeof message;
    throw new TypeError(`expected a message of type ${schema.typeName} (a message or a plain object), got ${got}`);
  }
  return toBinary(schema, create(schema, message as MessageInitShape<DescMessage>));
}

function grpcJsMethods(service: GrpcJsService): MethodInfo[] {
  if (typeof service === "function" && "service" in service) {
    throw new TypeError("expected a service definition, got the client class: pass its `service` property");
  }
  if (typeof service !== "object" || service === null) {
    throw new TypeError("expected a DescService of protobuf-es or a ServiceDefinition of grpc-js");
  }
  return Object.entries(service).map(([name, method]) => grpcJsMethod(name, method));
}

function grpcJsMethod(localName: string, method: GrpcJsMethod): MethodInfo {
  const missing = missingPart(method);
  if (missing !== undefined) {
    throw new TypeError(
      `service definition: method ${JSON.stringify(localName)} has no ${missing}; ` +
        "expected a DescService of protobuf-es or a ServiceDefinition of grpc-js",
    );
  }
  return {
    name: method.path.slice(method.path.lastIndexOf("/") + 1),
    localName,
    ...(method.originalName === undefined ? {} : { alias: method.originalName }),
    path: method.path,
    kind: kindOfFlags(method.requestStream, method.responseStream),
    idempotent: false,
    encodeRequest: (message) => method.requestSerialize(message as never),
    decodeRequest: (bytes) => method.requestDeserialize(bytes),
    encodeResponse: (message) => method.responseSerialize(message as never),
    decodeResponse: (bytes) => method.responseDeserialize(bytes),
  };
}

const codecs = ["requestSerialize", "requestDeserialize", "responseSerialize", "responseDeserialize"] as const;

function missingPart(method: Partial<GrpcJsMethod> | null): string | undefined {
  if (typeof method?.path !== "string" || !method.path.startsWith("/")) return "path";
  return codecs.find((name) => typeof method[name] !== "function");
}

function kindOfFlags(requestStream: boolean, responseStream: boolean): MethodKind {
  if (requestStream) return responseStream ? "bidi-streaming" : "client-streaming";
  return responseStream ? "server-streaming" : "unary";
}
