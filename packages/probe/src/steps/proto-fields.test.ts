import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { healthRequest, healthStatus } from "./health-message.ts";
import { protoField, protoFields } from "./proto-fields.ts";
import { methodsOf, readReflection } from "./reflection-message.ts";

const anyBytes = fc.uint8Array({ maxLength: 60 });

describe("fields of Protocol Buffers", () => {
  it("come back as they went", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), anyBytes, (number, bytes) => {
        expect(protoFields(protoField(number, bytes))).toEqual([{ number, value: bytes }]);
      }),
    );
  });

  it("never throw, whatever comes", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        protoFields(bytes);
        healthStatus(bytes);
        readReflection(bytes);
        methodsOf("a.B", [bytes]);
      }),
    );
  });

  it.each([
    [[8], "a varint without its end"],
    [[8, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1], "a varint of eleven octets"],
    [[10, 5, 1], "less than its length"],
    [[9, 1, 2], "less than eight octets"],
    [[0, 1], "field 0"],
    [[11], "a group"],
  ])("%j is refused: %s", (bytes) => expect(protoFields(Uint8Array.from(bytes))).toBeUndefined());

  it("passes over fixed widths", () => {
    expect(protoFields(Uint8Array.of(9, 1, 2, 3, 4, 5, 6, 7, 8, 21, 1, 2, 3, 4, 24, 3))).toEqual([
      { number: 3, value: 3 },
    ]);
  });
});

describe("health", () => {
  it("asks for the server by an empty message, for a service by its name", () => {
    expect([...healthRequest("")]).toEqual([]);
    expect([...healthRequest("ab")]).toEqual([10, 2, 97, 98]);
  });

  it("reads a status; an empty answer is UNKNOWN", () => {
    expect(healthStatus(Uint8Array.of(8, 1))).toBe(1);
    expect(healthStatus(new Uint8Array())).toBe(0);
    expect(healthStatus(Uint8Array.of(10, 0))).toBeUndefined();
  });
});

describe("reflection", () => {
  const file = toBinary(
    FileDescriptorProtoSchema,
    create(FileDescriptorProtoSchema, {
      name: "shop.proto",
      package: "shop.v1",
      service: [
        { name: "Other", method: [] },
        {
          name: "Shop",
          method: [
            { name: "Read" },
            { name: "Watch", serverStreaming: true },
            { name: "Upload", clientStreaming: true },
            { name: "Chat", clientStreaming: true, serverStreaming: true },
          ],
        },
      ],
    }),
  );

  it("lists services", () => {
    const list = protoField(
      6,
      Uint8Array.from([...protoField(1, protoField(1, "a.B")), ...protoField(1, protoField(1, "c.D"))]),
    );
    expect(readReflection(list)).toEqual({ kind: "services", names: ["a.B", "c.D"] });
    expect(readReflection(protoField(7, Uint8Array.of(8, 5, 18, 2, 110, 111)))).toEqual({
      kind: "error",
      code: 5,
      message: "no",
    });
    expect(readReflection(new Uint8Array())).toEqual({ kind: "unreadable" });
  });

  it("names methods and how they stream", () => {
    const methods = ["Read", "Watch (server streams)", "Upload (client streams)", "Chat (both stream)"];
    expect(methodsOf("shop.v1.Shop", [file])).toEqual(methods);
    expect(methodsOf("shop.v1.Other", [file])).toEqual([]);
    expect(methodsOf("shop.v1.None", [file])).toBeUndefined();
  });
});
