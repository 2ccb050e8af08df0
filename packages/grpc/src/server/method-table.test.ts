import { Shop } from "@holdfast/lab/shop";
import { describe, expect, it } from "vitest";
import { MethodTable } from "./method-table.ts";

const context = undefined as never;

describe("a table of methods", () => {
  it("finds what has a handler, and says why it has no other", () => {
    const table = new MethodTable();
    table.addService(Shop, { read: () => "read" });
    table.addMethod("/p.S/Raw", "bidi-streaming", () => "raw");
    expect(table.find("/holdfast.shop.v1.Shop/Read")?.handle(undefined, context)).toBe("read");
    expect(table.find("/p.S/Raw")).toMatchObject({ requestStream: true, responseStream: true });
    expect(table.find("/holdfast.shop.v1.Shop/Write")).toBeUndefined();
    expect(table.whyNot("/holdfast.shop.v1.Shop/Write")).toMatch(/does not implement it/);
    expect(table.whyNot("/other.Shop/Read")).toMatch(/unknown service/);
    expect(table.whyNot("nonsense")).toMatch(/"nonsense" is not the path of a method/);
  });

  it("takes an instance of a class, with its `this` and its private members", () => {
    class Handlers {
      readonly stock = 7;
      read(): number {
        return this.stock;
      }
    }
    const table = new MethodTable();
    table.addService(Shop, new Handlers());
    expect(table.find("/holdfast.shop.v1.Shop/Read")?.handle(undefined, context)).toBe(7);
  });

  it("knows grpc-js's second name of a method", () => {
    const codec = {
      requestSerialize: (value: string) => Buffer.from(value),
      requestDeserialize: String,
      responseSerialize: (value: string) => Buffer.from(value),
      responseDeserialize: String,
    };
    const service = {
      Read: { path: "/p.S/Read", requestStream: false, responseStream: false, originalName: "read", ...codec },
    };
    const table = new MethodTable();
    table.addService(service, { read: () => "by its second name" });
    const entry = table.find("/p.S/Read");
    expect(entry?.handle(undefined, context)).toBe("by its second name");
    expect(entry?.encode("text")).toEqual(Buffer.from("text"));
  });

  it("refuses mistakes when they are made", () => {
    const table = new MethodTable();
    expect(() => table.addService(Shop, { raed: () => "" })).toThrow(/no method "raed"; it has: read, write/);
    expect(() => table.addService(Shop, { read: 7 })).toThrow(/handler "read" is not a function/);
    expect(() => table.addService(Shop, null as never)).toThrow(/expected an object with handlers/);
    expect(() => table.addMethod("p.S/Raw", "unary", () => "")).toThrow(/is not the path of a method/);
    table.addMethod("/p.S/Raw", "unary", () => "");
    expect(() => table.addMethod("/p.S/Raw", "unary", () => "")).toThrow(/has a handler already/);
  });
});
