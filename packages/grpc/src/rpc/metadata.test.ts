import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { Metadata, metadataFromHeaders, metadataToHeaders, type MetadataValue } from "./metadata.ts";

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
      expect(refused("k", value), value).toContain("printable ASCII");
    for (const value of ["", "a", "a b", "~!"]) expect(refused("k", value), value).toBe("accepted");
    expect(refused("grpc-trace-bin", Uint8Array.of(1))).toBe("accepted");
  });
});

describe("metadata in header lists", () => {
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

  it("reads bytes with and without padding, and values that a hop joined", () => {
    const values = metadataFromHeaders(["k-bin", "AQ==,AQ, AgM", "k-bin", ""]).getAll("k-bin");
    expect(values.map((value) => [...value])).toEqual([[1], [1], [2, 3], []]);
  });

  it("takes whatever a peer sends", () => {
    expect(metadataFromHeaders(["Ü", "\u00ff ", "odd"]).size).toBe(1);
    fc.assert(fc.property(fc.array(fc.string()), (headers) => void metadataFromHeaders(headers)));
  });
});
