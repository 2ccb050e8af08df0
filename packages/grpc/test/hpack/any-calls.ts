/**
 * Made-up connections for differential tests: calls as HTTP allows them, so that programs of other people take them, with
 * few names and few values, so that fields, lists and blocks come again, and tables that shrink to nothing and grow back.
 */
import fc from "fast-check";
import { defaultTableSize, type Story, type Turn } from "./story.ts";

/** A name whose values the encoder is told never to index; give it to encoders as `neverIndexed`. */
export const secretName = "x-secret";

const largeTable = 16_384; // four times the default

const anyName = fc.constantFrom(
  "content-type",
  "date",
  "cookie",
  "grpc-timeout",
  "x-a",
  "x-b",
  secretName,
  "x-longer-name",
);

/** Values begin with the connection's `mark`: none of it may turn up on another. */
function anyValue(mark: string): fc.Arbitrary<string> {
  return fc.oneof(
    {
      arbitrary: fc.constantFrom("", "1", 'a/b;c="d"', "\u00ff\u00e9", "v".repeat(150)).map((value) => mark + value),
      weight: 60,
    },
    { arbitrary: fc.nat({ max: 999 }).map((value) => mark + value), weight: 12 },
    // Longer than a table of the default size, and than one frame of the default size.
    { arbitrary: fc.constantFrom(5_000, 20_000).map((length) => mark + "w".repeat(length)), weight: 1 },
    { arbitrary: fc.constant(""), weight: 5 },
  );
}

function anyFields(mark: string, maxLength: number): fc.Arbitrary<string[]> {
  return fc.array(fc.tuple(anyName, anyValue(mark)), { maxLength }).map((fields) => fields.flat());
}

const anyTableSizes: fc.Arbitrary<readonly number[]> = fc.oneof(
  { arbitrary: fc.constant([]), weight: 15 },
  {
    arbitrary: fc.oneof(
      fc.constantFrom([0], [0, defaultTableSize], [defaultTableSize], [60, 0, 300], [largeTable], [100, largeTable]),
      fc.array(fc.nat({ max: 600 }), { minLength: 1, maxLength: 3 }),
    ),
    weight: 1,
  },
);

function anyStory(
  name: string,
  mark: string,
  front: fc.Arbitrary<string[]>,
  trailers: fc.Arbitrary<string[]>,
): fc.Arbitrary<Story<Turn>> {
  const anyTemplates = fc.array(
    fc.tuple(front, anyFields(mark, 6)).map((parts) => parts.flat()),
    { minLength: 1, maxLength: 8 },
  );
  const anyStep = fc.record({
    template: fc.nat({ max: 7 }),
    more: fc.oneof({ arbitrary: fc.constant([]), weight: 6 }, { arbitrary: anyFields(mark, 2), weight: 1 }),
    tableSizes: anyTableSizes,
    trailers: fc.oneof({ arbitrary: fc.constant([]), weight: 1 }, { arbitrary: trailers, weight: 1 }),
  });
  return fc
    .record({
      templates: anyTemplates,
      steps: fc.array(anyStep, { maxLength: 100, size: "max" }),
      maxTableSize: fc.constantFrom(defaultTableSize, largeTable),
    })
    .map(({ templates, steps, maxTableSize }) => ({
      name,
      maxTableSize,
      cases: steps.flatMap(({ template, more, tableSizes, trailers }) => [
        { list: [...(templates[template % templates.length] ?? []), ...more], tableSizes },
        ...(trailers.length === 0 ? [] : [{ list: trailers, tableSizes: [] }]),
      ]),
    }));
}

function anyRequestFront(mark: string): fc.Arbitrary<string[]> {
  return fc
    .record({
      path: fc.oneof(fc.constantFrom("a", "b", "c"), fc.nat({ max: 99 })),
      method: fc.constantFrom("GET", "POST"),
    })
    .map(({ path, method }) => [
      ...[":method", method, ":scheme", "http", ":path", `/${mark}${path}`, ":authority", `${mark}host`],
      ...["te", "trailers"],
    ]);
}

const noTrailers = fc.constant<string[]>([]);

function anyTrailers(mark: string): fc.Arbitrary<string[]> {
  return fc
    .tuple(fc.constantFrom("0", "14"), anyFields(mark, 2))
    .map(([status, more]) => ["grpc-status", mark + status, ...more]);
}

const anyResponseFront = fc.constantFrom("200", "299", "404").map((status) => [":status", status]);

/** Two clients' requests, and the two answering sides: pairs of connections of the same kind to be told at once. */
export const anyRequests = fc.tuple(
  anyStory("red requests", "red-", anyRequestFront("red-"), noTrailers),
  anyStory("blue requests", "blue-", anyRequestFront("blue-"), noTrailers),
);
export const anyResponses = fc.tuple(
  anyStory("red responses", "red-", anyResponseFront, anyTrailers("red-")),
  anyStory("blue responses", "blue-", anyResponseFront, anyTrailers("blue-")),
);
