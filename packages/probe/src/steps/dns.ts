/** Step 1: what the name resolves to, and whether a service config comes with it. */

import { isIP } from "node:net";
import { lookUp } from "../wire/look-up.ts";
import type { LookupMet } from "../wire/index.ts";
import { doubtful, failed } from "./finding.ts";
import { readServiceConfig } from "./service-config-record.ts";
import type { Fact, Finding, ProbeContext, Step, StepOutcome } from "./step.ts";

export const dnsStep: Step = {
  id: "dns",
  title: "DNS",
  limitMs: (answerMs) => 2 * answerMs,
  run: async (context) => {
    const { host, resolve } = context.target;
    if (resolve !== undefined) {
      context.addresses = [resolve];
      return { headline: `not asked: ${resolve} was given in place of what ${host} resolves to`, skipped: true };
    }
    if (isIP(host) !== 0) {
      context.addresses = [host];
      return { headline: `${host} is an address: there is nothing to look up`, skipped: true };
    }
    const [met, config] = await Promise.all([addressesOf(context), serviceConfigOf(context)]);
    context.addresses = met.addresses;
    return resolved(context, met, config);
  },
};

function addressesOf({ network, target }: ProbeContext): Promise<LookupMet> {
  return new Promise((resolve) => lookUp(network.host, target.host, target.answerMs, resolve));
}

/** What was found out about the TXT record; nothing where nobody would look for one. */
async function serviceConfigOf(context: ProbeContext): Promise<StepOutcome> {
  const { target, resolveTxt } = context;
  const { host, answerMs } = target;
  if (host === "localhost" || host.endsWith(".localhost")) return { headline: "" };
  const name = `_grpc_config.${host}`;
  const fact = (value: string): Fact => ({ name: `TXT ${name}`, value });
  try {
    const record = readServiceConfig(await inTime(context, resolveTxt(name, answerMs)));
    if (record === undefined) return { headline: "", facts: [fact("no grpc_config= in it")] };
    if (record.kind === "read") return { headline: "", facts: [fact(choiceText(record.choices, record.choice))] };
    const finding = doubtful(
      "service-config-unreadable",
      `The service config of the TXT record ${name} cannot be used: ${record.why}.`,
      "Clients that take it (grpc-go does by default) refuse it: a new client fails its calls, a running one stays with the last good one.",
    );
    return { headline: "", facts: [fact("cannot be used")], findings: [finding] };
  } catch (error) {
    return { headline: "", facts: [fact(txtFailure(error))] };
  }
}

/** A resolver asks one name server after the other; the addresses do not wait for that. */
function inTime<T>({ network, target }: ProbeContext, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = Object.assign(new Error("late"), { code: "ETIMEOUT" });
    const timer = network.host.timer(target.answerMs, () => network.host.defer(() => reject(late)));
    answer.then(resolve, reject).finally(() => timer.cancel());
  });
}

function choiceText(choices: number, choice: number | undefined): string {
  const list = choices === 1 ? "a service config of one choice" : `a service config of ${choices} choices`;
  return choice === undefined ? `${list}, each with a condition` : `${list}; number ${choice} has no condition`;
}

/** No record is the rule and no fault. */
function txtFailure(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENODATA" || code === "ENOTFOUND") return "none: no service config comes with the name";
  return `not answered${code === "" ? "" : ` (${code})`}`;
}

function resolved({ target }: ProbeContext, met: LookupMet, config: StepOutcome): StepOutcome {
  const { addresses, tookMs, error } = met;
  const took: Fact = { name: "took", value: `${Math.round(tookMs)} ms` };
  const facts: Fact[] = [...addresses.map((address) => ({ name: family(address), value: address })), took];
  const findings: Finding[] = [];
  if (addresses.length === 0) {
    const silent = error?.kind === "ETIMEDOUT";
    const text = silent
      ? `The name servers did not answer for ${target.host} in ${Math.round(tookMs)} ms.`
      : `${target.host} has no address: ${error?.message ?? "the resolver found none"}.`;
    const advice = silent
      ? "No client can connect; look at the resolver of this machine (/etc/resolv.conf), or go on with --resolve HOST:IP."
      : "No client can connect. Check the spelling and the search domains; a Kubernetes name resolves only inside its cluster. --resolve IP goes on without the name.";
    findings.push(failed(silent ? "name-server-silent" : "name-not-found", text, advice));
  }
  const many = addresses.length === 1 ? "1 address" : `${addresses.length} addresses`;
  return {
    headline: addresses.length === 0 ? `${target.host} does not resolve` : `${target.host} resolves to ${many}`,
    facts: [...facts, ...(config.facts ?? [])],
    findings: [...findings, ...(config.findings ?? [])],
  };
}

function family(address: string): string {
  return isIP(address) === 6 ? "IPv6" : "IPv4";
}
