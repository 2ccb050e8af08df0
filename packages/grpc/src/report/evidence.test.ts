import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { processedBy, strongest, type Evidence, type Processed } from "./evidence.ts";

const aboveLastId: Evidence = { kind: "goaway-above-last-id", streamId: 43, lastStreamId: 41 };
const refused: Evidence = { kind: "refused-stream", trusted: true };
const sent: Evidence = { kind: "request-sent" };
const headers: Evidence = { kind: "headers-seen" };
const reset: Evidence = { kind: "reset-by-us", code: 8 };

const cases: readonly (readonly [expected: Processed, story: string, evidence: readonly Evidence[]])[] = [
  ["maybe", "nothing is known", []],
  ["no", "not a byte left", [{ kind: "never-sent" }]],
  ["no", "the connection never came up", [{ kind: "never-ready" }]],
  ["maybe", "it was said not to have left, but it had", [{ kind: "never-sent" }, sent]],
  ["maybe", "the connection came up after all", [sent, { kind: "never-ready" }]],
  ["no", "GOAWAY's arithmetic", [sent, aboveLastId]],
  ["no", "GOAWAY's arithmetic, after we had given up", [sent, reset, aboveLastId]],
  ["no", "the peer's word", [sent, refused]],
  ["maybe", "the word of a hop that is known to forward first", [sent, { kind: "refused-stream", trusted: false }]],
  ["maybe", "refused after headers: the peer contradicts itself", [sent, headers, refused]],
  ["maybe", "above the last id, but headers had come", [sent, headers, aboveLastId]],
  ["maybe", "above the last id, but a proxy had answered", [sent, { kind: "http-error", status: 502 }, aboveLastId]],
  ["maybe", "it left and no answer came", [sent]],
  ["maybe", "we gave up on it", [sent, reset]],
  ["maybe", "the peer reset it", [sent, { kind: "stream-reset", code: 8 }]],
  ["maybe", "a proxy answered", [sent, { kind: "http-error", status: 502 }]],
  ["maybe", "a status alone", [sent, { kind: "trailers-seen", code: 14, trailersOnly: true }]],
  [
    "maybe",
    "headers and a status, no message",
    [sent, headers, { kind: "trailers-seen", code: 13, trailersOnly: false }],
  ],
  ["yes", "OK alone", [sent, { kind: "trailers-seen", code: 0, trailersOnly: true }]],
  ["yes", "a message, then the connection died", [sent, headers, { kind: "message-seen" }]],
  [
    "yes",
    "a message, then a status",
    [{ kind: "message-seen" }, { kind: "trailers-seen", code: 13, trailersOnly: false }],
  ],
  ["yes", "a message, whatever was claimed later", [headers, { kind: "message-seen" }, refused, aboveLastId]],
];

describe("whether the peer can have processed a call", () => {
  it.each(cases)("is %s: %s", (expected, _story, evidence) => {
    expect(processedBy(evidence)).toBe(expected);
  });

  it("does not hang on the order of the facts", () => {
    const lists = fc.constantFrom(...cases.map(([, , evidence]) => evidence));
    fc.assert(
      fc.property(
        lists.chain((list) =>
          fc.shuffledSubarray([...list], { minLength: list.length }).map((shuffled) => [list, shuffled]),
        ),
        ([list = [], shuffled = []]) => {
          expect(processedBy(shuffled)).toBe(processedBy(list));
        },
      ),
    );
  });
});

describe("several attempts together", () => {
  it("are as strong as the strongest", () => {
    expect(strongest([])).toBe("no");
    expect(strongest(["no", "no"])).toBe("no");
    expect(strongest(["maybe", "no"])).toBe("maybe");
    expect(strongest(["no", "yes", "maybe"])).toBe("yes");
  });
});
