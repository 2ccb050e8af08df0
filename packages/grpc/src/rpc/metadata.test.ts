import { Metadata as GrpcJsMetadata } from "@grpc/grpc-js";
import fc from "fast-check";
import { runInNewContext } from "node:vm";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  Metadata,
  metadataFromHeaders,
  type MetadataInit,
  metadataInitToHeaders,
  metadataToHeaders,
  type MetadataValue,
} from "./metadata.ts";

/** Counted in another way than the constructor does it. */
function pairsIn(init: MetadataInit): unknown[] {
  const pairs = Symbol.iterator in init ? [...init] : Object.entries(init);
  return pairs.flatMap(([name, value]) => [value].flat().map((each) => [name.toLowerCase(), each]));
}

describe("metadata", () => {
  it("is an ordered multimap with names in lower case", () => {
    const metadata = new Metadata({ "X-Trace": ["a", "b"], tenant: "t1" });
    metadata.append("x-trace", "c").set("Tenant", "t2");
    expect([...metadata]).toEqual([
      ["x-trace", "a"],
      ["x-trace", "b"],
      ["x-trace", "c"],
      ["tenant", "t2"],
    ]);
    expect(metadata.get("X-TRACE")).toBe("a");
    expect(metadata.getAll("x-trace")).toEqual(["a", "b", "c"]);
    expect([metadata.delete("x-trace"), metadata.delete("x-trace"), metadata.size]).toEqual([true, false, 1]);
    expect([metadata.has("tenant"), metadata.has("x-trace")]).toEqual([true, false]);
  });

  it("is made from entries, a record or another", () => {
    const first = new Metadata([
      ["a", "1"],
      ["k-bin", Uint8Array.of(1)],
    ]);
    expect([...new Metadata(first)]).toEqual([...first]);
    expect(JSON.stringify(first)).toBe('{"a":["1"],"k-bin":["AQ=="]}');
  });

  it("is made from whatever gives pairs", () => {
    const pairs = [["x-a", "b"]] as const;
    const givers = [new Map(pairs), new Set(pairs), new Headers({ "X-A": "b" }), pairs.values(), { "x-a": ["b"] }];
    for (const giver of givers) expect([...new Metadata(giver)]).toEqual(pairs);
    expect([...new Metadata(Object.assign(Object.create(null), { "x-a": "b" }) as Record<string, string>)]).toEqual(
      pairs,
    );
    expect([...new Metadata(runInNewContext(`({ "x-a": "b" })`) as Record<string, string>)]).toEqual(pairs);
    expect([...new Metadata({ "x-a": [] })]).toEqual([]);
  });

  it.each<[what: string, init: unknown, message: string]>([
    ["a number", 5, "metadata: expected a record or [name, value] entries, got number"],
    ["null", null, "metadata: expected a record or [name, value] entries, got null"],
    ["text", "ab", "metadata: expected a record or [name, value] entries, got string"],
    ["a function", () => [], "metadata: expected a record or [name, value] entries, got function"],
    ["a date", new Date(0), "metadata: expected a record or [name, value] entries, got Date"],
    ["a promise", Promise.resolve({ a: "b" }), "metadata: expected a record or [name, value] entries, got Promise"],
    [
      "an inherited record",
      Object.create({ a: "b" }),
      "metadata: expected a record or [name, value] entries, got Object",
    ],
    [
      "a nameless thing",
      Object.create({ constructor: { name: 5 } }),
      "metadata: expected a record or [name, value] entries, got object",
    ],
    ["what only seems to give pairs", { [Symbol.iterator]: 5 }, "metadata name: expected a string, got symbol"],
    ["a function among the values", { getMap: () => 1 }, 'metadata "getmap" takes a string, not function'],
    ["names alone", ["ab"], "metadata: each entry must be a [name, value] pair, got string"],
    ["a list of records", [{ a: "b" }], "metadata: each entry must be a [name, value] pair, got Object"],
    ["a hole", [,], "metadata: each entry must be a [name, value] pair, got undefined"],
    ["grpc-js's raw list", ["a", "b"], "metadata: each entry must be a [name, value] pair, got string"],
    ["three in a pair", [["a", "b", "c"]], "metadata: each entry must be a [name, value] pair, got an array of 3"],
    ["a name that is no text", [[5, "b"]], "metadata name: expected a string, got number"],
    ["a symbol for a name", { [Symbol("a")]: "b" }, "metadata name: expected a string, got symbol"],
    ["a hole among values", { a: ["b", , "c"] }, 'metadata "a" takes a string, not undefined'],
    ["no value", { a: undefined }, 'metadata "a" takes a string, not undefined'],
    ["a map of lists", new Map([["a", ["b"]]]), 'metadata "a" takes a string, not object'],
  ])("refuses %s", (_, init, message) => {
    expect(() => new Metadata(init as MetadataInit)).toThrow(new TypeError(message));
  });

  it("refuses the metadata of grpc-js, whose values it would not find", () => {
    const theirs = new GrpcJsMetadata();
    theirs.set("x-a", "b");
    expect(() => new Metadata(theirs as unknown as MetadataInit)).toThrow(
      new TypeError("metadata: a grpc-js Metadata: pass a record or entries instead"),
    );
  });

  it("does not take a record for grpc-js's because of its names", () => {
    for (const init of [{ internalRepr: "a" }, { getMap: "b" }, { internalRepr: "a", getMap: "b" }])
      expect([...new Metadata(init as MetadataInit)]).toEqual(pairsIn(init as MetadataInit));
  });

  it("takes everything that it is given, or refuses it", () => {
    const name = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("a", "A", "constructor", "__proto__") },
      fc.constant("k-bin"),
      fc.string(),
    );
    const value = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("b", "") },
      fc.string(),
      fc.uint8Array({ maxLength: 4 }),
      fc.anything(),
    );
    const entry = fc.oneof({ weight: 8, arbitrary: fc.tuple(name, value) }, fc.anything());
    const init = fc.oneof(
      fc.array(entry, { maxLength: 3 }),
      fc.array(fc.tuple(name, value), { maxLength: 3 }).map((pairs) => new Map(pairs)),
      fc.dictionary(name, fc.oneof(value, fc.array(value, { maxLength: 3 })), { maxKeys: 3 }),
      fc.anything({ withMap: true, withSet: true, withDate: true, withTypedArray: true, withNullPrototype: true }),
    );
    fc.assert(
      fc.property(init, (given) => {
        let metadata: Metadata;
        try {
          metadata = new Metadata(given as MetadataInit);
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError);
          expect((error as TypeError).message).toMatch(/^metadata/);
          return;
        }
        expect([...metadata]).toEqual(given === undefined ? [] : pairsIn(given as MetadataInit));
        expect(Object.values(metadata.toJSON()).flat()).toHaveLength(metadata.size);
      }),
      { numRuns: 1_000 }, // 1000: most of what is made is refused, a quarter goes in.
    );
  });

  it("is written as JSON whatever its names are", () => {
    const names = ["constructor", "__proto__", "tostring"];
    const metadata = metadataFromHeaders(names.flatMap((name) => [name, "x"]));
    expect(JSON.stringify(metadata)).toBe('{"constructor":["x"],"__proto__":["x"],"tostring":["x"]}');
  });

  it("knows from the name what it holds", () => {
    const metadata = new Metadata();
    expectTypeOf(metadata.get("a")).toEqualTypeOf<string | undefined>();
    expectTypeOf(metadata.get("a-bin")).toEqualTypeOf<Uint8Array | undefined>();
    expectTypeOf(metadata.get("a" as string)).toEqualTypeOf<MetadataValue | undefined>();
  });

  it("refuses at once what cannot travel, and names it", () => {
    const metadata = new Metadata();
    const refused = (name: string, value: unknown): string => {
      try {
        metadata.append(name, value as string);
      } catch (error) {
        return error instanceof TypeError ? error.message : "not a TypeError";
      }
      return "accepted";
    };
    expect(refused("a b", "x")).toBe('metadata name "a b": allowed are letters, digits, "_", "-" and "."');
    expect(refused("", "x")).toContain('metadata name ""');
    expect(refused(":path", "/x")).toContain('metadata name ":path"');
    expect(refused("grpc-status", "0")).toBe('metadata name "grpc-status" belongs to the protocol and cannot be set');
    expect(refused("TE", "x")).toContain('"te" belongs to the protocol');
    expect(refused("k-bin", "x")).toBe('metadata "k-bin" ends in -bin and takes a Uint8Array, not string');
    expect(refused("k", Uint8Array.of(1))).toContain('bytes need a name ending in "-bin"');
    expect(refused("k", 5)).toBe('metadata "k" takes a string, not number');
    for (const value of ["ü", "a\nb", " a", "a ", "\u007f"])
      expect(refused("k", value), value).toMatch(/printable ASCII.*anything else needs a name ending in "-bin"$/);
    for (const value of ["", "a", "a b", "~!"]) expect(refused("k", value), value).toBe("accepted");
    expect(refused("grpc-trace-bin", Uint8Array.of(1))).toBe("accepted");
  });
});

describe("metadata in header lists", () => {
  it.each(["connection", "content-length", "content-type", "host", "keep-alive", "proxy-connection", "te"])(
    "leaves %s to HTTP",
    (name) => {
      expect(() => new Metadata({ [`${name}`]: "x" })).toThrow("belongs to the protocol");
      expect([...metadataFromHeaders([name, "x"])]).toEqual([]);
    },
  );

  it.each(["transfer-encoding", "upgrade", ":path", "grpc-status", "grpc-timeout", "grpc-anything"])(
    "leaves %s to HTTP and gRPC",
    (name) => {
      expect(() => new Metadata({ [`${name}`]: "x" })).toThrow(TypeError);
      expect([...metadataFromHeaders([name, "x"])]).toEqual([]);
    },
  );

  it.each(["user-agent", "grpc-previous-rpc-attempts"])("shows %s of a request, and never sends it on", (name) => {
    const heard = metadataFromHeaders([name, "x", "a", "1"]);
    expect([...heard]).toEqual([
      [name, "x"],
      ["a", "1"],
    ]);
    expect(metadataToHeaders(heard)).toEqual(["a", "1"]);
    const headers: string[] = [];
    metadataInitToHeaders({ [`${name}`]: "x", a: "1" }, headers);
    expect(headers).toEqual(["a", "1"]);
  });

  it("is the same from what a caller passes as from a Metadata of it, and refused alike", () => {
    const init: MetadataInit = { "X-A": ["1", "2"], "k-bin": Uint8Array.of(1) };
    for (const given of [init, new Metadata(init)]) {
      const headers = ["te", "trailers"];
      metadataInitToHeaders(given, headers);
      expect(headers).toEqual(["te", "trailers", "x-a", "1", "x-a", "2", "k-bin", "AQ"]);
    }
    for (const wrong of [{ "a b": "x" }, { a: "\n" }, { "k-bin": "x" }, 5]) {
      expect(() => metadataInitToHeaders(wrong as MetadataInit, [])).toThrow(TypeError);
    }
  });

  it("comes out as it went in", () => {
    const text = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
    const entry = fc.oneof(
      fc.tuple(fc.constantFrom("a", "x-b", "c.d_e"), text),
      fc.tuple(fc.constantFrom("k-bin", "x-bin"), fc.uint8Array({ maxLength: 40 })),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const headers = metadataToHeaders(new Metadata(entries));
        for (let i = 0; i < headers.length; i += 2)
          if (headers[i]?.endsWith("-bin")) expect(headers[i + 1]).not.toContain("=");
        const plain = (each: Iterable<readonly [string, MetadataValue]>): unknown[] =>
          [...each].map(([name, value]) => [name, typeof value === "string" ? value : [...value]]);
        expect(plain(metadataFromHeaders(headers))).toEqual(plain(entries));
      }),
    );
  });

  it("leaves the protocol's own headers out", () => {
    const headers = [":status", "200", "content-type", "application/grpc", "te", "trailers", "grpc-status", "0"];
    const own = ["grpc-encoding", "gzip", "grpc-retry-pushback-ms", "5", "user-agent", "x/1", "a", "1"];
    expect([...metadataFromHeaders([...headers, ...own])]).toEqual([
      ["grpc-retry-pushback-ms", "5"],
      ["user-agent", "x/1"],
      ["a", "1"],
    ]);
    expect(metadataToHeaders(metadataFromHeaders(own), ["te", "trailers"])).toEqual([
      "te",
      "trailers",
      "grpc-retry-pushback-ms",
      "5",
      "a",
      "1",
    ]);
  });

  it("goes on as it came from a peer, though nobody here may set such values", () => {
    const headers: string[] = [];
    metadataInitToHeaders(metadataFromHeaders(["x-a", "\u00e9"]), headers);
    expect(headers).toEqual(["x-a", "\u00e9"]);
    expect(() => metadataInitToHeaders({ "x-a": "\u00e9" }, [])).toThrow(TypeError);
  });

  it("reads bytes with and without padding, and values that a hop joined", () => {
    const values = metadataFromHeaders(["k-bin", "AQ==,AQ, AgM", "k-bin", ""]).getAll("k-bin");
    expect(values.map((value) => [...value])).toEqual([[1], [1], [2, 3], []]);
  });

  it("takes whatever a peer sends", () => {
    expect(metadataFromHeaders(["Ü", "\u00ff ", "odd"]).size).toBe(1);
    fc.assert(fc.property(fc.array(fc.string()), (headers) => void metadataFromHeaders(headers)));
  });
});
