import { describe, expect, it } from "vitest";
import { addresses, fakeSubchannels } from "../../../test/channel/fake-subchannels.ts";
import { PickFirst } from "./pick-first.ts";

function pickFirst(...names: string[]) {
  const fakes = fakeSubchannels((make) => new PickFirst(make));
  fakes.balancer.update(addresses(...names));
  fakes.balancer.wake();
  return fakes;
}

describe("pick_first", () => {
  it("tries one address at a time, and sends everything to the first that is ready", () => {
    const { become, picks, states } = pickFirst("a", "b", "c");
    expect([states(), picks(1)]).toEqual([["a connecting", "b idle", "c idle"], ["queue"]]);
    become("a", "backoff");
    expect(states()).toEqual(["a backoff", "b connecting", "c idle"]);
    become("b", "ready");
    expect(picks(3)).toEqual(["b", "b", "b"]);
    expect(states()).toContain("b ready");
  });

  it("fails calls only when every address has failed, and until one is ready", () => {
    const { become, picks } = pickFirst("a", "b");
    become("a", "backoff");
    expect(picks(1)).toEqual(["queue"]);
    become("b", "backoff");
    expect(picks(1)).toEqual(["fail"]);
    become("a", "connecting");
    expect(picks(1)).toEqual(["fail"]);
    become("a", "ready");
    expect(picks(1)).toEqual(["a"]);
  });

  it("lets calls wait while a lost connection is replaced", () => {
    const { become, picks } = pickFirst("a");
    become("a", "ready");
    become("a", "connecting");
    expect(picks(1)).toEqual(["queue"]);
  });

  it("goes on to the others when the chosen one cannot be reached any more", () => {
    const { become, picks, states } = pickFirst("a", "b");
    become("a", "ready");
    become("a", "connecting");
    become("a", "backoff");
    expect(states()).toEqual(["a backoff", "b connecting"]);
    become("b", "ready");
    expect(picks(1)).toEqual(["b"]);
  });

  it("queues when the connection is at its limit of streams", () => {
    const { become, picks, made } = pickFirst("a");
    become("a", "ready");
    for (const one of made) one.openable = 0;
    expect(picks(1)).toEqual(["queue"]);
  });

  it("keeps the connections of addresses that stay when the list changes", () => {
    const { balancer, become, picks, made } = pickFirst("a", "b");
    become("a", "ready");
    balancer.update(addresses("c", "a"));
    expect(picks(1)).toEqual(["a"]);
    balancer.update(addresses("c"));
    expect(made.filter((one) => one.name === "a:1").every((one) => one.closed)).toBe(true);
    balancer.wake();
    expect(picks(1)).toEqual(["queue"]);
  });
});
