/**
 * Owns how a fault is made out of its one table: a function with typed settings, checked when it is called, and the facts that
 * the command line and the documentation are made of. Every fault has `probability` and `connections` besides its own settings.
 */

import { nearest } from "@holdfast/grpc/rpc";
import type { Fault, FaultHooks, Handshake, RelayedConnection } from "./fault.ts";
import { count, type Parameter, type Parameters, type SettingsOf, share, type ValuesOf } from "./parameter.ts";

const common = {
  probability: share("how likely it is that it happens at all", 1),
  connections: count("only the first so many connections; default: all", undefined),
};
type Common = typeof common;

interface Definition<P extends Parameters> {
  /** As on the command line. */
  readonly id: string;
  /** What happens, in a sentence. */
  readonly says: string;
  /** What chance decides about. Default: `connection`. */
  readonly chanceOf?: "connection" | "stream";
  /** The setting that may be written without its name. */
  readonly lead?: keyof P & string;
  readonly parameters: P;
  readonly handshake?: Handshake;
  attach(values: ValuesOf<P & Common>, connection: RelayedConnection): FaultHooks;
}

/** What is known of a fault before it is used. */
export interface FaultFacts {
  readonly id: string;
  readonly says: string;
  readonly chanceOf: "connection" | "stream";
  readonly lead: string | undefined;
  /** By the names of the programming interface; `writtenName` gives those of the command line. */
  readonly parameters: Readonly<Record<string, Parameter<unknown>>>;
  /** With settings as the command line read them. */
  make(settings: Readonly<Record<string, unknown>>): Fault;
}

export type FaultMaker<P extends Parameters> = ((settings?: SettingsOf<P & Common>) => Fault) & {
  readonly facts: FaultFacts;
};

export function defineFault<P extends Parameters>(definition: Definition<P>): FaultMaker<P> {
  const { id, says, chanceOf = "connection", lead, handshake } = definition;
  const parameters = { ...definition.parameters, ...common } as unknown as Record<string, Parameter<unknown>>;
  const make = (settings: Readonly<Record<string, unknown>> = {}): Fault => {
    check(id, settings, parameters);
    const values: Record<string, unknown> = {};
    for (const [name, parameter] of Object.entries(parameters)) values[name] = settings[name] ?? parameter.initial;
    const { probability, connections = Number.POSITIVE_INFINITY } = values as ValuesOf<Common>;
    const strikes = (ordinal: number, random: () => number): boolean =>
      ordinal <= connections && (chanceOf !== "connection" || probability === 1 || random() < probability);
    return {
      id,
      says: sayWith(id, settings, parameters),
      ...(handshake === undefined
        ? {}
        : { handshakeOf: (ordinal, random) => (strikes(ordinal, random) ? handshake : undefined) }),
      attach: (connection) =>
        strikes(connection.ordinal, () => connection.random())
          ? definition.attach(values as ValuesOf<P & Common>, connection)
          : passedBy,
    };
  };
  const facts: FaultFacts = { id, says, chanceOf, lead, parameters, make };
  return Object.assign((settings?: SettingsOf<P & Common>) => make(settings), { facts });
}

/** `idleMs` is written `idle`, `maxStreams` is written `max-streams`: units come with the value there. */
export function writtenName(name: string): string {
  return name.replace(/(?:Ms|Bytes|Octets)$/, "").replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

const passedBy: FaultHooks = {};

function check(
  id: string,
  settings: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, Parameter<unknown>>>,
): void {
  for (const [name, value] of Object.entries(settings)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) {
      const meant = nearest(name, Object.keys(parameters));
      const known = meant === undefined ? `it has ${Object.keys(parameters).join(", ")}` : `did you mean ${meant}?`;
      throw new TypeError(`${id}: there is no setting ${JSON.stringify(name)}; ${known}`);
    }
    if (value !== undefined && !parameter.accepts(value)) {
      throw new TypeError(`${id}: ${name} is ${JSON.stringify(value)}, expected ${parameter.expected}`);
    }
  }
}

/** `goaway after=97,code=ENHANCE_YOUR_CALM` */
function sayWith(
  id: string,
  settings: Readonly<Record<string, unknown>>,
  parameters: Readonly<Record<string, Parameter<unknown>>>,
): string {
  const said = Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${writtenName(name)}=${parameters[name]?.show(value as never)}`);
  return said.length === 0 ? id : `${id} ${said.join(",")}`;
}
