import { describe, expect, it } from "vitest";
import { addresses, fakeSubchannels } from "../../../test/channel/fake-subchannels.ts";
import { RoundRobin } from "./round-robin.ts";

function roundRobin(copies: number, ...names: string[]) {
  const fakes = fakeSubchannels((make) => new RoundRobin(make, copies));
  fakes.balancer.update(addresses(...names));
  fakes.balancer.wake();
  return fakes;
}

describe("round_robin", () => {
  it("connects to every address, and takes the ready ones in turn", () => {
    const { become, picks, states } = roundRobin(1, "a", "b", "c");
    expect([states(), picks(1)]).toEqual([["a connecting", "b connecting", "c connecting"], ["queue"]]);
    become("a", "ready");
    become("c", "ready");
    expect(picks(4)).toEqual(["a", "c", "a", "c"]);
  });

  it("passes over a connection at its limit, and queues when all are", () => {
    const { become, picks, made } = roundRobin(1, "a", "b");
    become("a", "ready");
    become("b", "ready");
    (made[0] as { openable: number }).openable = 0;
    expect(picks(2)).toEqual(["b", "b"]);
    (made[1] as { openable: number }).openable = 0;
    expect(picks(1)).toEqual(["queue"]);
  });

  it("fails only when every address has failed", () => {
    const { become, picks } = roundRobin(1, "a", "b");
    become("a", "backoff");
    expect(picks(1)).toEqual(["queue"]);
    become("b", "backoff");
    expect(picks(1)).toEqual(["fail"]);
    become("b", "ready");
    expect(picks(1)).toEqual(["b"]);
    become("b", "connecting");
    expect(picks(1)).toEqual(["queue"]);
  });

  it("holds as many connections to an address as it is told", () => {
    const { balancer, made } = roundRobin(3, "a");
    expect(made.map((one) => one.kind)).toEqual(["connecting", "connecting", "connecting"]);
    balancer.update(addresses("a"));
    expect(made).toHaveLength(3);
  });

  it("lets go of addresses that went, and keeps the others", () => {
    const { balancer, become, made, picks } = roundRobin(1, "a", "b");
    become("a", "ready");
    become("b", "ready");
    balancer.update(addresses("b", "c"));
    expect(made.map((one) => one.closed)).toEqual([true, false, false]);
    expect(picks(2)).toEqual(["b", "b"]);
  });
});
