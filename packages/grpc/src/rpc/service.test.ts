import { create } from "@bufbuild/protobuf";
import { ItemSchema, ReadRequestSchema, Shop } from "@holdfast/lab/shop";
import { describe, expect, it } from "vitest";
import { fromLatin1, latin1 } from "../http2/bytes.ts";
import { type GrpcJsService, type MethodInfo, methodsOf, type MethodTypesOf, type Service } from "./service.ts";

const text = {
  requestSerialize: (value: string) => fromLatin1(value),
  requestDeserialize: (bytes: Uint8Array) => latin1(bytes, 0, bytes.length),
  responseSerialize: (value: number) => fromLatin1(String(value)),
  responseDeserialize: (bytes: Uint8Array) => Number(latin1(bytes, 0, bytes.length)),
};

describe("a protobuf-es service", () => {
  const methods = methodsOf(Shop);

  it("gives its methods with paths, kinds and idempotency", () => {
    expect(methods.map(({ localName, path, kind, idempotent }) => [localName, path, kind, idempotent])).toEqual([
      ["read", "/holdfast.shop.v1.Shop/Read", "unary", true],
      ["write", "/holdfast.shop.v1.Shop/Write", "unary", false],
      ["watch", "/holdfast.shop.v1.Shop/Watch", "server-streaming", false],
      ["upload", "/holdfast.shop.v1.Shop/Upload", "client-streaming", false],
      ["chat", "/holdfast.shop.v1.Shop/Chat", "bidi-streaming", false],
    ]);
  });

  it("carries messages and plain objects both ways", () => {
    const read = methods[0] as MethodInfo;
    expect(read.decodeRequest(read.encodeRequest({ id: "a" }))).toEqual(create(ReadRequestSchema, { id: "a" }));
    const item = create(ItemSchema, { id: "b", payload: Uint8Array.of(1, 2) });
    expect(read.decodeResponse(read.encodeResponse(item))).toEqual(item);
  });

  it("refuses to make an empty message of what is none", () => {
    const read = methods[0] as MethodInfo;
    const nothing: [unknown, string][] = [
      [undefined, "undefined"],
      [null, "null"],
      [5, "number"],
      [0n, "bigint"],
      [false, "boolean"],
      ["text", "string"],
      [Symbol("s"), "symbol"],
      [() => ({}), "function"],
      [[{ id: "a" }], "array"],
    ];
    for (const [message, got] of nothing) {
      const expected = (type: string) =>
        new TypeError(`expected a message of type holdfast.shop.v1.${type} (a message or a plain object), got ${got}`);
      expect(() => read.encodeRequest(message), got).toThrow(expected("ReadRequest"));
      expect(() => read.encodeResponse(message), got).toThrow(expected("Item"));
    }
    expect(read.encodeResponse({})).toHaveLength(0);
    expect(read.encodeResponse(Object.create(null))).toHaveLength(0);
  });
});

describe("a grpc-js service", () => {
  const service = {
    Read: { path: "/p.S/Read", requestStream: false, responseStream: false, originalName: "read", ...text },
    Chat: { path: "/p.S/Chat", requestStream: true, responseStream: true, ...text },
    Upload: { path: "/p.S/Upload", requestStream: true, responseStream: false, ...text },
    Watch: { path: "/p.S/Watch", requestStream: false, responseStream: true, ...text },
  } as const satisfies GrpcJsService;
  const methods = methodsOf(service);

  it("gives its methods with paths and kinds", () => {
    expect(methods.map(({ name, localName, alias, path, kind }) => [name, localName, alias, path, kind])).toEqual([
      ["Read", "Read", "read", "/p.S/Read", "unary"],
      ["Chat", "Chat", undefined, "/p.S/Chat", "bidi-streaming"],
      ["Upload", "Upload", undefined, "/p.S/Upload", "client-streaming"],
      ["Watch", "Watch", undefined, "/p.S/Watch", "server-streaming"],
    ]);
  });

  it("has the name of a method from its path, whatever the generated code calls it", () => {
    expect(methodsOf({ readIt: { ...service.Read, path: "/p.S/Read" } })[0]?.name).toBe("Read");
  });

  it("is never idempotent, for it does not say so", () => {
    expect(methods.map(({ idempotent }) => idempotent)).toEqual([false, false, false, false]);
  });

  it("uses the definition's own codecs", () => {
    const read = methods[0] as MethodInfo;
    expect(read.decodeRequest(read.encodeRequest("seven"))).toBe("seven");
    expect(read.decodeResponse(read.encodeResponse(7))).toBe(7);
  });

  it("is known to the types, as protobuf-es is", () => {
    const kinds: [MethodTypesOf<typeof service>["Read"]["kind"], MethodTypesOf<typeof Shop>["watch"]["kind"]] = [
      "unary",
      "server-streaming",
    ];
    const request: MethodTypesOf<typeof service>["Read"]["request"] = "text";
    const item: MethodTypesOf<typeof Shop>["read"]["responseInit"] = { id: "x" };
    expect([kinds.length, request, item.id]).toEqual([2, "text", "x"]);
  });
});

describe("what is no service", () => {
  const refused = (what: unknown) => () => methodsOf(what as Service);

  it("is refused with what was expected", () => {
    expect(refused(undefined)).toThrow(/expected a DescService of protobuf-es or a ServiceDefinition of grpc-js/);
    expect(refused(null)).toThrow(/expected a DescService of protobuf-es or a ServiceDefinition of grpc-js/);
    expect(refused({ Read: {} })).toThrow(/method "Read" has no path; expected a DescService of protobuf-es or a Serv/);
    expect(refused({ Read: null })).toThrow(/method "Read" has no path/);
    expect(refused({ Read: { path: "a/b", ...text } })).toThrow(/method "Read" has no path/);
    expect(refused({ methods: [] })).toThrow(/method "methods" has no path/);
    expect(refused({ Read: { path: "/a/b", ...text, responseSerialize: 1 } })).toThrow(/has no responseSerialize/);
    expect(refused(Object.assign(() => {}, { service: {} }))).toThrow(/pass its `service` property/);
  });
});
