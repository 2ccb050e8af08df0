import { describe, expect, it } from "vitest";
import { Pings } from "./pings.ts";

describe("our PINGs", () => {
  it("are told by their acknowledgement, once", () => {
    const pings = new Pings();
    const first = pings.start("liveness");
    const second = pings.start("going-away");
    const ack = pings.payload(second);
    expect(pings.acknowledged(ack, 0)).toEqual({ sequence: second, purpose: "going-away" });
    expect(pings.acknowledged(ack, 0)).toBeUndefined();
    expect(pings.acknowledged(pings.payload(first), 0)?.purpose).toBe("liveness");
  });

  it("are not mistaken for somebody else's octets", () => {
    expect(new Pings().acknowledged(new Uint8Array(8), 0)).toBeUndefined();
  });
});
