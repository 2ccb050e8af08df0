import { describe, expect, it } from "vitest";
import type { ClientView } from "@holdfast/lab/demo";
import { sampleClient, sampleView } from "../../test/sample-view.ts";
import { explainOffer } from "./explain-offer.ts";
import { noPaint } from "./paint.ts";

function lostWith(text: string): ClientView {
  return { ...sampleClient, lastFailure: { id: "g-w-000001", atMs: 1, code: "UNAVAILABLE", text } };
}

const offer = (...clients: readonly ClientView[]): string => explainOffer(clients, 77, noPaint);

describe("the offer to explain", () => {
  it("takes a failure of the run, the first that fits into a line", () => {
    expect(explainOffer(sampleView.clients, 77, noPaint)).toBe(
      "npx holdfast explain '14 UNAVAILABLE: read ECONNRESET'  what that was",
    );
  });

  it("takes an example when nothing failed", () => {
    const { lastFailure: _, ...lossless } = sampleClient;
    expect(offer(lossless)).toMatch(/^npx holdfast explain '14 UNAVAILABLE: Connection dropped' {2}what it means$/);
  });

  it.each(["it's gone", "two\nlines", "\u001b[31mred", "x".repeat(60)])(
    "does not repeat what a shell would not: %j",
    (text) => {
      expect(offer(lostWith(text))).toContain("Connection dropped");
    },
  );

  it("never gets too long", () => {
    for (let length = 1; length < 90; length++) expect(offer(lostWith("x".repeat(length))).length).toBeLessThan(78);
  });
});
