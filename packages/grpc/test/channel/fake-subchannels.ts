import type { Balancer, SubchannelFactory } from "../../src/channel/balance/balancer.ts";
import type { Subchannel } from "../../src/channel/subchannel.ts";
import type { Address } from "../../src/host/host.ts";
import { addressText } from "../../src/transport/address-text.ts";

/** A subchannel whose state a test sets by hand; `openable` stands for the streams its connection allows. */
export interface FakeSubchannel {
  kind: Subchannel["kind"];
  openable: number;
  closed: boolean;
  readonly name: string;
}

/** Makes subchannels for a balancer under test, and tells it of changes, as the real ones do. */
export function fakeSubchannels(create: (make: SubchannelFactory) => Balancer) {
  const made: FakeSubchannel[] = [];
  const balancer: Balancer = create((address: Address) => {
    const fake = {
      kind: "idle" as Subchannel["kind"],
      openable: 10,
      closed: false,
      name: addressText(address),
      address,
      lastReport: undefined,
      get transport() {
        return fake.kind === "ready" ? { connection: fake, name: fake.name } : undefined;
      },
      want() {
        if (fake.kind === "idle") fake.kind = "connecting";
      },
      close() {
        fake.kind = "shutdown";
        fake.closed = true;
      },
    };
    made.push(fake);
    return fake as unknown as Subchannel;
  });
  return {
    balancer,
    made,
    /** The living ones as `address:state`. */
    states: () => made.filter((one) => !one.closed).map((one) => `${one.name.split(":")[0]} ${one.kind}`),
    become(name: string, kind: Subchannel["kind"]) {
      for (const one of made) if (!one.closed && one.name.startsWith(`${name}:`)) one.kind = kind;
      balancer.onChange();
    },
    /** Where the next calls would go. */
    picks: (count: number) =>
      Array.from({ length: count }, () => {
        const pick = balancer.pick();
        return pick.kind === "transport"
          ? (pick.transport as unknown as { name: string }).name.split(":")[0]
          : pick.kind;
      }),
  };
}

export function addresses(...names: string[]): Address[] {
  return names.map((host) => ({ kind: "tcp", host, port: 1 }));
}
