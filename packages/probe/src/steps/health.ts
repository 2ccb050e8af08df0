/** Step 5: grpc.health.v1.Health/Check, for the whole server or for one service. */

import { status } from "@holdfast/grpc/rpc";
import { callAndSee } from "./call-and-see.ts";
import { callFinding } from "./call-finding.ts";
import { doubtful, failed } from "./finding.ts";
import { healthPath, healthRequest, healthStatus, servingStatus } from "./health-message.ts";
import type { Finding, ProbeContext, Step, StepOutcome } from "./step.ts";
import { wireAgain } from "./wire-again.ts";

export const healthStep: Step = {
  id: "health",
  title: "gRPC health",
  // A new connection may be needed before the call.
  limitMs: (answerMs) => 4 * answerMs + 1_000,
  run: async (context) => {
    const wire = await wireAgain(context);
    if (wire === undefined) return { headline: "not asked: there is no HTTP/2 connection", skipped: true };
    const { service, answerMs } = context.target;
    const call = await callAndSee(wire, { path: healthPath, messages: [healthRequest(service)], limitMs: answerMs });
    const { outcome } = call;
    const took = { name: "answered after", value: `${outcome.tookMs.toFixed(1)} ms` };
    const server = outcome.headers?.[outcome.headers.indexOf("server") + 1];
    const named =
      outcome.headers?.includes("server") === true && server !== undefined ? [{ name: "server", value: server }] : [];
    const facts = [...(outcome.status === undefined ? [] : [took]), ...named];
    if (outcome.status?.kind === "peer-status" && outcome.status.code === status.OK) {
      return { facts, ...answered(outcome.messages, outcome.fault?.detail, who(context)) };
    }
    if (outcome.status?.kind === "peer-status" && outcome.status.code === status.UNIMPLEMENTED) {
      return { headline: "not offered (UNIMPLEMENTED)", facts, findings: [notOffered] };
    }
    if (outcome.status?.kind === "peer-status" && outcome.status.code === status.NOT_FOUND) {
      return { headline: "NOT_FOUND", facts, findings: [notKnown(context)] };
    }
    return { headline: "no answer about health", facts, findings: [callFinding(outcome, call, "the health check")] };
  },
};

/** `the server`, or the service that was asked for. */
function who({ target }: ProbeContext): string {
  return target.service === "" ? "the server" : target.service;
}

const notOffered: Finding = doubtful(
  "health-not-offered",
  "The server has no grpc.health.v1.Health.",
  "It works without, but load balancers, Kubernetes probes and clients with health checks cannot tell when it is not ready. Add the standard service.",
);

function notKnown(context: ProbeContext): Finding {
  const { service } = context.target;
  const asked = service === "" ? "about the server as a whole (the empty name)" : `about ${service}`;
  const advice =
    service === ""
      ? 'Set a status for "" too: load balancers and probes ask for it.'
      : "Check the name against the list of services; the health service knows only names that were set.";
  return doubtful("service-not-known", `The health service knows nothing ${asked}: NOT_FOUND.`, advice);
}

function answered(messages: readonly Uint8Array[], fault: string | undefined, name: string): StepOutcome {
  const [message] = messages;
  const code = message === undefined || fault !== undefined ? undefined : healthStatus(message);
  if (code === undefined) {
    const why = fault ?? (message === undefined ? "no message came with it" : "it is no HealthCheckResponse");
    const text = `The answer to the health check says OK and cannot be read: ${why}.`;
    return {
      headline: "an answer that cannot be read",
      findings: [
        failed(
          "answer-unreadable",
          text,
          "What answers is no health service as grpc.health.v1 has it, or a proxy changed the answer.",
        ),
      ],
    };
  }
  const word = servingStatus[code];
  if (word === "SERVING") return { headline: `${name} is SERVING` };
  if (word === "NOT_SERVING") {
    const text = `${name === "the server" ? "The server" : name} says of itself that it is NOT_SERVING.`;
    return {
      headline: `${name} is NOT_SERVING`,
      findings: [
        failed(
          "not-serving",
          text,
          "It is starting, draining, or misses something that it depends on; load balancers send it no calls. The server's log says why.",
        ),
      ],
    };
  }
  const shown = word ?? `status ${code}, which health.proto does not know`;
  return {
    headline: `${name}: ${shown}`,
    findings: [
      doubtful(
        "health-unknown",
        `The health of ${name} is ${shown}.`,
        "Clients treat anything but SERVING as not serving.",
      ),
    ],
  };
}
