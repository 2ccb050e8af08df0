/** A fault's settings, out of a word of the command line. Pure; a mistake comes back as a sentence. */

import { type Fault, type FaultFacts, writtenName } from "@holdfast/lab/fault";
import { nearest } from "@holdfast/grpc/rpc";

export interface ChosenFault {
  readonly kind: "read";
  readonly fault: Fault;
  /** It does nothing without TLS towards clients. */
  readonly needsTls: boolean;
}

export type FaultRead = ChosenFault | { readonly kind: "mistake"; readonly message: string };

/** `after=97,code=11`, or the leading setting without its name: `50ms,jitter=20ms`. */
export function readFault(facts: FaultFacts, written: string): FaultRead {
  const names = new Map(Object.keys(facts.parameters).map((name) => [writtenName(name), name]));
  const settings: Record<string, unknown> = {};
  for (const [index, part] of (written === "" ? [] : written.split(",")).entries()) {
    const [, said, value] = /^([^=]*)=([^]*)$/.exec(part) ?? [];
    const isBare = said === undefined && !names.has(part.trim());
    const lead = index === 0 && isBare ? facts.lead : undefined;
    const name = lead ?? names.get((said ?? part).trim());
    if (name === undefined) return mistake(unknownName(facts, (said ?? part).trim(), [...names.keys()]));
    if (Object.hasOwn(settings, name)) return mistake(`"${writtenName(name)}" is said twice.`);
    const parameter = facts.parameters[name];
    const read = parameter?.read((value ?? (lead === undefined ? "" : part)).trim());
    if (parameter === undefined || read === undefined) {
      const wrong = value ?? (lead === undefined ? "" : part);
      return mistake(`"${wrong}" is no value of ${writtenName(name)}: expected ${parameter?.expected ?? "a value"}.`);
    }
    settings[name] = read;
  }
  const fault = facts.make(settings);
  return { kind: "read", fault, needsTls: fault.handshakeOf !== undefined };
}

function unknownName(facts: FaultFacts, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return `There is no setting "${name}" of ${facts.id}.${hint} It has ${known.join(", ")}.`;
}

function mistake(message: string): FaultRead {
  return { kind: "mistake", message };
}
