/**
 * The memories of encoder and decoder must not be seen from outside: a wrong one would put the headers of one call into
 * another. Each run plays one connection: lists that come again, tables that shrink and grow, blocks that are replayed,
 * damaged or made up. With and without memory, and in a decoder that only follows the RFC, all must come out alike.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter } from "../../src/http2/bytes.ts";
import type { HeaderList } from "../../src/http2/header-list.ts";
import { HpackDecoder } from "../../src/http2/hpack/decoder.ts";
import { HpackEncoder } from "../../src/http2/hpack/encoder.ts";
import type { Violation } from "../../src/http2/violation.ts";
import { ReferenceDecoder } from "./reference-decoder.ts";

const defaultTableSize = 4_096; // RFC 9113 §6.5.2
const decoderOptions = { maxTableSize: defaultTableSize, maxHeaderListBytes: 1_000_000 }; // over any list in here

function decoders(): { remembering: HpackDecoder; forgetful: HpackDecoder; reference: ReferenceDecoder } {
  return {
    remembering: new HpackDecoder(decoderOptions),
    forgetful: new HpackDecoder({ ...decoderOptions, memory: false }),
    reference: new ReferenceDecoder(defaultTableSize),
  };
}

function blockOf(encoder: HpackEncoder, list: HeaderList): Uint8Array {
  const writer = new ByteWriter();
  encoder.encode(list, writer);
  return writer.detach();
}

// Few names and few values, so that fields, lists and blocks come again and again.
const names = ["content-type", "grpc-timeout", "te", "date", "cookie", "x-a", "x-b", "x-bin", "x-longer-name"];
const anyValue = fc.oneof(
  { arbitrary: fc.constantFrom("", "1", "a", "application/grpc", "\u00ff\u0001", "v".repeat(150)), weight: 9 },
  { arbitrary: fc.nat({ max: 999 }).map(String), weight: 1 },
);
const anyField = fc.tuple(fc.constantFrom(...names), anyValue);
const anyFront = fc.oneof(
  fc.constantFrom("/a", "/b", "/c").map((path) => [":method", "POST", ":scheme", "http", ":path", path]),
  fc.constantFrom("200", "299").map((status) => [":status", status]),
  fc.constant([]),
);
const anyTemplate = fc
  .tuple(anyFront, fc.array(anyField, { maxLength: 6 }))
  .map(([front, fields]) => [...front, ...fields.flat()]);

interface Connection {
  readonly templates: readonly (readonly string[])[];
  readonly steps: readonly (
    | { readonly kind: "list"; readonly template: number; readonly more: readonly string[] }
    | { readonly kind: "resize"; readonly bytes: number }
  )[];
}

const anyStep: fc.Arbitrary<Connection["steps"][number]> = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant("list" as const),
      template: fc.nat({ max: 7 }),
      more: fc.oneof(
        { arbitrary: fc.constant([]), weight: 6 },
        { arbitrary: fc.array(anyField, { maxLength: 2 }).map((fields) => fields.flat()), weight: 1 },
      ),
    }),
    weight: 15,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant("resize" as const),
      bytes: fc.oneof(fc.constantFrom(0, 60, defaultTableSize), fc.nat({ max: 600 })),
    }),
    weight: 1,
  },
);

const anyConnection: fc.Arbitrary<Connection> = fc.record({
  templates: fc.array(anyTemplate, { minLength: 1, maxLength: 8 }),
  steps: fc.array(anyStep, { maxLength: 150, size: "max" }),
});

describe("memory is not to be seen", () => {
  it("in what is encoded, nor in what is decoded", () => {
    let remembered = 0;
    fc.assert(
      fc.property(anyConnection, ({ templates, steps }) => {
        const encoder = new HpackEncoder({ neverIndexed: ["x-b"] });
        const forgetfulEncoder = new HpackEncoder({ neverIndexed: ["x-b"], memory: false });
        const { remembering, forgetful, reference } = decoders();
        const seen = new Set<unknown>();
        for (const step of steps) {
          if (step.kind === "resize") {
            for (const each of [encoder, forgetfulEncoder]) each.setPeerMaxTableSize(step.bytes);
            for (const each of [remembering, forgetful, reference]) each.setMaxTableSize(step.bytes);
            continue;
          }
          const list = [...(templates[step.template % templates.length] ?? []), ...step.more];
          const block = blockOf(encoder, list);
          expect(blockOf(forgetfulEncoder, list)).toEqual(block);
          const decoded = remembering.decode(block);
          expect(decoded).toEqual(list);
          expect(forgetful.decode(block)).toEqual(list);
          expect(reference.decode(block)).toEqual(list);
          if (seen.has(decoded)) remembered++;
          seen.add(decoded);
        }
      }),
      { numRuns: 150 },
    );
    expect(remembered).toBeGreaterThan(500); // or the runs prove nothing
  });

  it("in blocks that are replayed, damaged or made up", () => {
    // A block's octets: any at all; or sound pieces, of which some insert, refer, resize, or are cut short.
    const pieces = [
      "82",
      "86",
      "be",
      "bf",
      "c0",
      "400161013141",
      "4001610132",
      "0001610133",
      "1001620134",
      "5f0161",
      "7e0135",
    ];
    const strange = ["20", "3fe11f", "3f21", "408365b64101ff", "40", "ff80", "8f", "00811f811f", "00811f8118"];
    const anyBlock = fc.oneof(
      { arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map(fromHex), weight: 12 },
      { arbitrary: fc.array(fc.constantFrom(...pieces, ...strange), { maxLength: 4 }).map(fromHex), weight: 4 },
      { arbitrary: fc.uint8Array({ maxLength: 12 }), weight: 1 },
    );
    let outcomes = { same: 0, broken: 0 };
    fc.assert(
      fc.property(
        fc.array(anyBlock, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat({ max: 5 }), { maxLength: 100, size: "max" }),
        (blocks, order) => {
          const { remembering, forgetful, reference } = decoders();
          const seen = new Set<unknown>();
          for (const i of order) {
            const block = blocks[i % blocks.length] as Uint8Array;
            const decoded = remembering.decode(block);
            expect(decoded).toEqual(forgetful.decode(block));
            if (isViolation(decoded)) {
              outcomes.broken++;
              expect(() => reference.decode(block)).toThrow();
              return;
            }
            expect(decoded).toEqual(reference.decode(block));
            if (seen.has(decoded)) outcomes.same++;
            seen.add(decoded);
          }
        },
      ),
      { numRuns: 1_500 }, // a second's work
    );
    expect(outcomes.same).toBeGreaterThan(500);
    expect(outcomes.broken).toBeGreaterThan(100);
  });
});

function fromHex(parts: readonly string[]): Uint8Array {
  return Buffer.from(parts.join(""), "hex");
}

function isViolation(result: HeaderList | Violation): result is Violation {
  return "scope" in result;
}
