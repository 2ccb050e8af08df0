/** Runs the steps in order. Owns that each ends: within its limit, and whatever happens inside. */

import { nodeNetwork, type Network, type WireOptions } from "../wire/index.ts";
import { dnsStep } from "./dns.ts";
import { failed } from "./finding.ts";
import { framesStep } from "./frames.ts";
import { healthStep } from "./health.ts";
import { http2Step } from "./http2.ts";
import { servicesStep } from "./services.ts";
import type { Finding, ProbeContext, ProbeTarget, Step, StepOutcome, StepResult, Verdict } from "./step.ts";
import { tcpStep } from "./tcp.ts";
import { tlsStep } from "./tls.ts";
import { nodeTxtResolver, type TxtResolver } from "./txt-resolver.ts";

/** The order is that of the report. */
export const steps: readonly Step[] = [dnsStep, tcpStep, tlsStep, http2Step, healthStep, servicesStep, framesStep];

export interface DiagnoseOptions {
  /** A step begins; its number counts from 1. */
  readonly onBegin?: (step: Step, number: number) => void;
  /** A step has ended. */
  readonly onResult?: (result: StepResult, number: number) => void;
  /** Hears what a connection takes to which the server spoke HTTP/2; not called where none did. */
  readonly onReached?: (reached: WireOptions) => void;
  /** Default: those of this process. */
  readonly network?: Network;
  readonly resolveTxt?: TxtResolver;
}

/** What was found at one target, as plain data: survives JSON. */
export interface Diagnosis {
  readonly target: { readonly host: string; readonly port: number; readonly service: string };
  /** ISO 8601. */
  readonly startedAt: string;
  readonly tookMs: number;
  /** The worst of the steps. */
  readonly verdict: Exclude<Verdict, "skipped">;
  readonly steps: readonly StepResult[];
}

/** Looks at `target` layer by layer. Never rejects because of what it meets; takes some seconds, at most a minute or two. */
export async function diagnose(target: ProbeTarget, options: DiagnoseOptions = {}): Promise<Diagnosis> {
  const { network = nodeNetwork(), resolveTxt = nodeTxtResolver } = options;
  const { host } = network;
  const startedAtMs = host.nowMs();
  const startedAt = new Date(host.wallMs()).toISOString();
  const context: ProbeContext = {
    ...{ target, network, resolveTxt },
    ...{ addresses: [], address: undefined, tls: undefined, wire: undefined, wires: [], found: [] },
  };
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    options.onBegin?.(step, index + 1);
    const result = await runStep(step, context);
    results.push(result);
    context.found.push(...result.findings);
    options.onResult?.(result, index + 1);
  }
  for (const wire of context.wires) void wire.close();
  if (context.wire?.met.settings !== undefined) options.onReached?.(wayTo(context));
  return {
    target: { host: target.host, port: target.port, service: target.service },
    startedAt,
    tookMs: host.nowMs() - startedAtMs,
    verdict: worst(results.map(({ verdict }) => verdict)),
    steps: results,
  };
}

function wayTo({ target, network, address, tls }: ProbeContext): WireOptions {
  const { host, port, authority } = target;
  return {
    ...{ host, port, network },
    ...(address === undefined ? {} : { resolve: address }),
    ...(tls === undefined ? {} : { tls }),
    ...(authority === undefined ? {} : { authority }),
  };
}

async function runStep(step: Step, context: ProbeContext): Promise<StepResult> {
  const { host } = context.network;
  const startedAtMs = host.nowMs();
  const outcome = await within(step, context);
  const { facts = [], findings = [] } = outcome;
  const verdict = outcome.skipped === true ? "skipped" : worst(findings.map((finding) => finding.verdict));
  return { ...outcome, id: step.id, title: step.title, verdict, facts, findings, tookMs: host.nowMs() - startedAtMs };
}

/** A step that takes too long goes on by itself and is not waited for; one that throws has a defect of ours. */
function within(step: Step, context: ProbeContext): Promise<StepOutcome> {
  const limitMs = step.limitMs(context.target.answerMs);
  const { host } = context.network;
  return new Promise((resolve) => {
    const timer = host.timer(limitMs, () => host.defer(() => resolve(unfinished(limitMs))));
    step.run(context).then(
      (outcome) => {
        timer.cancel();
        resolve(outcome);
      },
      (error: unknown) => {
        timer.cancel();
        resolve(broken(error));
      },
    );
  });
}

function unfinished(limitMs: number): StepOutcome {
  const finding = failed(
    "step-unfinished",
    `This step had not ended after ${limitMs} ms, and was left.`,
    "Give it longer with --timeout; if that does not help, it is a defect of this command.",
  );
  return { headline: "not finished", findings: [finding] };
}

function broken(error: unknown): StepOutcome {
  const why = error instanceof Error ? error.message : String(error);
  const finding: Finding = failed(
    "step-broken",
    `This step broke: ${why}.`,
    "A defect of this command, not of the server; please report it with the command line.",
  );
  return { headline: "not finished", findings: [finding] };
}

const order: readonly Verdict[] = ["well", "skipped", "doubtful", "failed"];

/** `skipped` counts as well: what could not be looked at is told by the step in its way. */
function worst(verdicts: readonly Verdict[]): Exclude<Verdict, "skipped"> {
  const index = Math.max(0, ...verdicts.map((verdict) => order.indexOf(verdict)));
  const verdict = order[index] ?? "well";
  return verdict === "skipped" ? "well" : verdict;
}
