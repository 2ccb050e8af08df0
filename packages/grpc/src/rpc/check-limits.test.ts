import { expect, it } from "vitest";
import { defaultLimits } from "../http2/limits.ts";
import { checkLimits } from "./check-limits.ts";

it("takes the defaults, some of them, none of them, and no limit at all", () => {
  for (const fine of [{}, defaultLimits, { maxContinuations: 0 }, { handshakeMs: Infinity }, { noProgressMs: 0.5 }]) {
    expect(() => checkLimits(fine)).not.toThrow();
  }
});

it("takes every number that a SETTINGS parameter can carry", () => {
  for (const fine of [0, 4_294_967_295]) expect(() => checkLimits({ maxConcurrentStreams: fine })).not.toThrow(); // 2^32 - 1
});

const { buckets } = defaultLimits;

it.each([
  [null, "limits: expected an object, got null"],
  [{ maxFoo: 3 }, 'limit "maxFoo" is unknown; expected one of maxHeaderListBytes, '],
  [{ maxContinuation: 3 }, 'limit "maxContinuation" is unknown; did you mean maxContinuations?'],
  [{ noProgressMs: NaN }, "limit noProgressMs: NaN, expected a number of 0 or more"],
  [{ handshakeMs: "20" }, 'limit handshakeMs: "20", expected a number of 0 or more'],
  [{ handshakeMs: -1 }, "limit handshakeMs: -1, expected a number of 0 or more"],
  [{ maxControlBytes: undefined }, "limit maxControlBytes: undefined, expected a number of 0 or more"],
  [
    { maxConcurrentStreams: Infinity },
    "limit maxConcurrentStreams: Infinity, expected a whole number of 0 to 4294967295",
  ],
  [{ maxHeaderListBytes: 0.5 }, "limit maxHeaderListBytes: 0.5, expected a whole number of 0 to 4294967295"],
  [{ maxHeaderListBytes: -1 }, "limit maxHeaderListBytes: -1, expected a whole number of 0 to 4294967295"],
  [{ maxHeaderListBytes: 2 ** 32 }, "limit maxHeaderListBytes: 4294967296, expected a whole number of 0 to 4294967295"],
  [{ maxHeaderListBytes: "64" }, 'limit maxHeaderListBytes: "64", expected a whole number of 0 to 4294967295'],
  [{ buckets: 5 }, "buckets: expected an object, got 5"],
  [
    { buckets: { ...buckets, "limit-pong": buckets["limit-ping"] } },
    'bucket "limit-pong" is unknown; did you mean limit-ping?',
  ],
  [
    { buckets: { "limit-ping": buckets["limit-ping"] } },
    "buckets: limit-rapid-reset is missing; start from those of defaultLimits",
  ],
  [
    { buckets: { ...buckets, "limit-ping": { burst: 1, perSecond: NaN } } },
    "bucket limit-ping perSecond: NaN, expected a number of 0 or more",
  ],
  [
    { buckets: { ...buckets, "limit-ping": { burst: -1, perSecond: 1 } } },
    "bucket limit-ping burst: -1, expected a number of 0 or more",
  ],
  [
    { buckets: { ...buckets, "limit-ping": { burst: 1 } } },
    "bucket limit-ping perSecond: undefined, expected a number of 0 or more",
  ],
  [
    { buckets: { ...buckets, "limit-ping": { burst: 1, perSecond: 1, perMinute: 1 } } },
    'bucket limit-ping option "perMinute" is unknown',
  ],
])("says what is wrong with %j", (limits, message) => {
  expect(() => checkLimits(limits as object)).toThrow(TypeError);
  expect(() => checkLimits(limits as object)).toThrow(message);
});
