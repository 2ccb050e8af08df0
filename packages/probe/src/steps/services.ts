/** Step 6: which services there are, by reflection: v1, then v1alpha, and the methods of the first of them. */

import { status, statusName } from "@holdfast/grpc/rpc";
import type { CallOutcome, Wire } from "../wire/index.ts";
import { afterCall } from "./call-and-see.ts";
import { callFinding } from "./call-finding.ts";
import { doubtful, failed } from "./finding.ts";
import {
  fileOfSymbolRequest,
  listServicesRequest,
  methodsOf,
  readReflection,
  type ReflectionAnswer,
  reflectionPath,
  reflectionVersions,
} from "./reflection-message.ts";
import type { Fact, Step, StepOutcome } from "./step.ts";
import { wireAgain } from "./wire-again.ts";

/** Of so many services the methods are asked for: a report is read, not searched. */
const maxDescribed = 50;
/** Names beyond are counted. */
const maxNamed = 500;

/** One stream of reflection, over. */
interface Talk {
  readonly outcome: CallOutcome;
  readonly answers: readonly ReflectionAnswer[];
  readonly names: readonly string[];
}

export const servicesStep: Step = {
  id: "services",
  title: "Services by reflection",
  limitMs: (answerMs) => 2 * (4 * answerMs + 1_000),
  run: async (context) => {
    const { answerMs } = context.target;
    for (const version of reflectionVersions) {
      const wire = await wireAgain(context);
      if (wire === undefined) return { headline: "not asked: there is no HTTP/2 connection", skipped: true };
      const talk = await talkTo(wire, reflectionPath(version), answerMs);
      const { outcome } = talk;
      const unimplemented = outcome.status?.kind === "peer-status" && outcome.status.code === status.UNIMPLEMENTED;
      if (unimplemented) continue;
      // A list that came counts, whatever became of the stream behind it.
      if (talk.answers.length > 0) return listed(talk, version);
      if (outcome.status?.kind === "peer-status" && outcome.status.code === status.OK)
        return unreadable("it ended without an answer");
      return {
        headline: "no list of services",
        findings: [callFinding(outcome, await afterCall(wire, outcome), "the question for services")],
      };
    }
    return { headline: "not offered: the server has no reflection, which is its right", skipped: true };
  },
};

/** Asks for the list, then for each service in it; our half ends with the last answer. */
async function talkTo(wire: Wire, path: string, limitMs: number): Promise<Talk> {
  const answers: ReflectionAnswer[] = [];
  let names: readonly string[] = [];
  let asked = 0;
  const heard = (message: Uint8Array): void => {
    const answer = readReflection(message);
    answers.push(answer);
    if (answers.length === 1 && answer.kind === "services") names = answer.names.slice(0, maxNamed);
    const next = names[asked++];
    if (next === undefined || asked > maxDescribed) call.finish();
    else call.send(fileOfSymbolRequest(next));
  };
  const call = wire.call({ path, messages: [listServicesRequest()], keepOpen: true, limitMs, onMessage: heard });
  return { outcome: await call.done, answers, names };
}

function listed({ answers: [list, ...files], names, outcome }: Talk, version: string): StepOutcome {
  if (list?.kind === "error") {
    const text = `The server answered the question for its services with ${statusName(list.code) ?? String(list.code)}: ${list.message}.`;
    return {
      headline: "no list of services",
      findings: [
        doubtful("status-from-server", text, "Reflection is there and does not work; the server's log may say why."),
      ],
    };
  }
  if (list?.kind !== "services") return unreadable("its first answer is no list of services");
  const facts: Fact[] = names.map((name, index) => {
    const answer = files[index];
    const methods = answer?.kind === "files" ? methodsOf(name, answer.files) : undefined;
    return { name, value: methods === undefined ? "" : methods.join(", ") };
  });
  if (list.names.length > maxNamed) facts.push({ name: "not shown", value: `${list.names.length - maxNamed} more` });
  const headline = `${list.names.length === 1 ? "1 service" : `${list.names.length} services`}, by grpc.reflection.${version}`;
  if (outcome.end.kind === "complete") return { headline, facts };
  const text = `The list came; then reflection stopped answering (${outcome.end.kind}).`;
  return {
    headline,
    facts,
    findings: [doubtful("answer-timed-out", text, "The descriptions of some services are missing here.")],
  };
}

function unreadable(why: string): StepOutcome {
  const text = `The answer of reflection cannot be read: ${why}.`;
  return {
    headline: "no list of services",
    findings: [failed("answer-unreadable", text, "What answers is no reflection service as grpc.reflection has it.")],
  };
}
