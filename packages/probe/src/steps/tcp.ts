/** Step 2: every address of the name, each dialled once, all at the same time. */

import { openWire, type AttemptMet, type Network } from "../wire/index.ts";
import { doubtful, failed } from "./finding.ts";
import type { FindingId } from "./finding-entries.ts";
import type { Fact, Finding, ProbeContext, Step } from "./step.ts";

/** More are not dialled: this is a look, not a scan. */
const maxDialled = 16;

export const tcpStep: Step = {
  id: "tcp",
  title: "TCP",
  limitMs: (answerMs) => answerMs + 2_000,
  run: async (context) => {
    const { addresses, target } = context;
    if (addresses.length === 0) return { headline: "not tried: there is no address", skipped: true };
    const dialled = addresses.slice(0, maxDialled);
    const { network } = context;
    const attempts = await Promise.all(dialled.map((address) => dial(network, address, target.port, target.answerMs)));
    const up = attempts.filter(({ outcome }) => outcome === "connected");
    context.address = up[0]?.address;
    const facts: Fact[] = attempts.map((attempt) => ({ name: attempt.address, value: attemptText(attempt) }));
    if (addresses.length > maxDialled) {
      facts.push({ name: "not dialled", value: `${addresses.length - maxDialled} more addresses` });
    }
    return { headline: headline(context, attempts, up.length), facts, findings: findings(context, attempts) };
  },
};

async function dial(network: Network, address: string, port: number, limitMs: number): Promise<AttemptMet> {
  const limits = { connectMs: limitMs };
  const wire = openWire({ host: address, resolve: address, port, until: "tcp", limits, network });
  await wire.opened;
  void wire.close();
  return wire.met.attempts[0] ?? { address, tookMs: 0, outcome: "OTHER", message: "nothing was tried" };
}

function attemptText({ outcome, tookMs, message }: AttemptMet): string {
  const took = `${tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms`;
  if (outcome === "connected") return `connected in ${took}`;
  if (outcome === "timed-out") return `no answer in ${took}`;
  return `${outcome} after ${took}${message === undefined || message.includes(outcome) ? "" : `: ${message}`}`;
}

function headline({ target }: ProbeContext, attempts: readonly AttemptMet[], up: number): string {
  const port = `port ${target.port}`;
  if (up === attempts.length)
    return up === 1 ? `${port} takes connections` : `${port} takes connections at all ${up} addresses`;
  if (up > 0) return `${port} takes connections at ${up} of ${attempts.length} addresses`;
  const outcomes = new Set(attempts.map(({ outcome }) => outcome));
  const [only] = outcomes;
  if (outcomes.size === 1 && only === "ECONNREFUSED") return `${port} is closed`;
  if (outcomes.size === 1 && only === "timed-out") return `nobody answers at ${port}`;
  return `no connection to ${port}`;
}

function findings(context: ProbeContext, attempts: readonly AttemptMet[]): Finding[] {
  const down = attempts.filter(({ outcome }) => outcome !== "connected");
  const [first] = down;
  if (first === undefined) return [];
  const { id, text, advice } = wordsFor(first, context);
  if (down.length === attempts.length) return [failed(id, text, advice)];
  const which = down.map(({ address }) => address).join(", ");
  const early = attempts.findIndex(({ outcome }) => outcome === "connected") > 0;
  const order = early
    ? " They come before one that works: a client that tries addresses in turn waits for them first."
    : "";
  return [
    doubtful(
      "some-addresses-fail",
      `${down.length} of ${attempts.length} addresses take no connection: ${which}. ${text}${order}`,
      "A client with round_robin keeps trying them; take dead addresses out of DNS, or mend them.",
    ),
  ];
}

interface FailureWords {
  readonly id: FindingId;
  readonly text: string;
  readonly advice: string;
}

function wordsFor({ address, outcome, tookMs, message }: AttemptMet, { target }: ProbeContext): FailureWords {
  const where = `${address.includes(":") ? `[${address}]` : address}:${target.port}`;
  if (outcome === "timed-out" || outcome === "ETIMEDOUT") {
    const text = `${where} did not answer for ${Math.round(tookMs)} ms.`;
    return { id: "connect-timed-out", text, advice: dropped };
  }
  const known = knownFailures[outcome];
  if (known !== undefined) return { ...known, text: `${where} ${known.text} (${outcome}).` };
  return { id: "connect-failed", text: `No connection to ${where}: ${message ?? outcome}.`, advice: noReason };
}

const dropped =
  "Packets are dropped on the way (a firewall, a security group, a wrong route), or the machine is down. Calls wait until their deadline.";
const noReason = "The operating system gave this reason; without a TCP connection no call leaves the client.";

const unreachable: FailureWords = {
  id: "host-unreachable",
  text: "cannot be reached from here",
  advice:
    "The route is missing on this machine, or a router says so; for an IPv6 address, look whether this machine has IPv6 at all.",
};

/** By errno; the text goes behind the address. */
const knownFailures: Partial<Record<AttemptMet["outcome"], FailureWords>> = {
  ECONNREFUSED: {
    id: "port-refused",
    text: "refuses connections: nothing listens there, or a firewall answers in its place",
    advice:
      "Check the port, and whether the server runs and listens on this address (in a container on 0.0.0.0 or ::, not on 127.0.0.1).",
  },
  ECONNRESET: {
    id: "connect-reset",
    text: "reset the connection while it was made",
    advice: "A full accept queue, or something in between; a load balancer without a healthy target may do that, too.",
  },
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
};
