/** What a monitor is told, checked. Owns the defaults and which service needs what. */
import { checkNames, checkNumber } from "../rpc/check-options.ts";
import type { Thresholds } from "./dependency-state.ts";
import type { HealthChange } from "./health-change.ts";
import type { Check } from "./monitored-check.ts";
import { nameOf } from "./service-name.ts";

export interface MonitorOptions {
  /** From the start of a check to the start of its next, ms, a tenth more or less by chance. Default 10,000. */
  readonly intervalMs?: number;
  /** A check that is not back by then counts as failed, and its signal aborts, ms. Default 5,000, at most `intervalMs`. */
  readonly timeoutMs?: number;
  /**
   * How many results in a row turn a dependency: `failure` down, `success` up again. Default 2 and 2. The first result
   * of all counts at once. Raise them for a dependency that is known to blink.
   */
  readonly thresholds?: Partial<Thresholds>;
  /**
   * Which dependencies each service needs: `{ "shop.v1.Shop": ["database", "cache"] }`. A service is NOT_SERVING while one
   * of them is down. Services named here are known from now on.
   */
  readonly services?: Readonly<Record<string, readonly string[]>>;
  /**
   * Dependencies without which nothing works: while one is down, every service and the server as a whole ("") are
   * NOT_SERVING. Default: those that no service names; so without `services` all of them.
   */
  readonly critical?: readonly string[];
  /** Hears of each dependency that turns. Default: a line in the host's log. */
  readonly onChange?: (change: HealthChange) => void;
}

/** What `readMonitorOptions` makes of them. */
export interface MonitorPlan {
  readonly checks: ReadonlyMap<string, Check>;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly thresholds: Thresholds;
  readonly services: ReadonlyMap<string, readonly string[]>;
  readonly critical: readonly string[];
}

const names = Object.keys({
  intervalMs: true,
  timeoutMs: true,
  thresholds: true,
  services: true,
  critical: true,
  onChange: true,
} satisfies Record<keyof MonitorOptions, true>);
const habits = { interval: "intervalMs", periodSeconds: "intervalMs", timeout: "timeoutMs", needs: "services" };
const thresholdNames = ["failure", "success"] satisfies (keyof Thresholds)[];
const thresholdHabits = {
  failureThreshold: "failure",
  unhealthy: "failure",
  successThreshold: "success",
  healthy: "success",
};

/** 10 s: what a kubelet takes between two probes, too. */
const defaultIntervalMs = 10_000;
/** 5 s: far beyond any ping that is worth waiting for. */
const defaultTimeoutMs = 5_000;

/** @throws TypeError for an option that is unknown or of the wrong kind, or names what is not there. */
export function readMonitorOptions(checks: Readonly<Record<string, Check>>, options: MonitorOptions): MonitorPlan {
  checkNames("monitor option", options, names, habits);
  const { intervalMs = defaultIntervalMs } = options;
  const { timeoutMs = Math.min(defaultTimeoutMs, intervalMs) } = options;
  checkNumber("monitor option intervalMs", intervalMs, 1);
  checkNumber("monitor option timeoutMs", timeoutMs, 1);
  if (options.onChange !== undefined && typeof options.onChange !== "function")
    throw new TypeError(`monitor option onChange: expected a function, got ${typeof options.onChange}`);
  const known = readChecks(checks);
  const services = readServices(options.services ?? {}, known);
  const claimed = new Set([...services.values()].flat());
  const critical = options.critical ?? [...known.keys()].filter((name) => !claimed.has(name));
  for (const name of asList("critical", critical)) checkKnown("critical", name, known);
  return { checks: known, intervalMs, timeoutMs, thresholds: readThresholds(options.thresholds), services, critical };
}

function readChecks(checks: Readonly<Record<string, Check>>): Map<string, Check> {
  const given: unknown = checks;
  if (typeof given !== "object" || given === null)
    throw new TypeError(`checks: expected { name: () => … }, got ${given === null ? "null" : typeof given}`);
  const known = new Map<string, Check>();
  for (const [name, check] of Object.entries<unknown>(checks)) {
    if (typeof check !== "function")
      throw new TypeError(`check ${JSON.stringify(name)}: expected a function, got ${typeof check}`);
    known.set(name, check.bind(checks) as Check);
  }
  if (known.size === 0) throw new TypeError("checks: there are none, so there is nothing to monitor");
  return known;
}

function readServices(
  services: Readonly<Record<string, readonly string[]>>,
  known: ReadonlyMap<string, Check>,
): Map<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  for (const [service, needs] of Object.entries(services)) {
    const what = `services[${JSON.stringify(service)}]`;
    for (const name of asList(what, needs)) checkKnown(what, name, known);
    read.set(nameOf(service), needs);
  }
  return read;
}

function readThresholds(given: Partial<Thresholds> = {}): Thresholds {
  checkNames("threshold", given, thresholdNames, thresholdHabits);
  for (const name of thresholdNames) {
    const value = given[name];
    if (value === undefined || (Number.isInteger(value) && value >= 1)) continue;
    throw new TypeError(`threshold ${name}: ${JSON.stringify(value)}, expected a whole number of 1 or more`);
  }
  return { failure: given.failure ?? 2, success: given.success ?? 2 };
}

function asList(what: string, list: unknown): readonly unknown[] {
  if (Array.isArray(list)) return list;
  throw new TypeError(`${what}: expected a list of names of checks, got ${typeof list}`);
}

function checkKnown(what: string, name: unknown, known: ReadonlyMap<string, Check>): void {
  if (typeof name === "string" && known.has(name)) return;
  throw new TypeError(
    `${what}: there is no check ${JSON.stringify(name)}; there are ${[...known.keys()].map((key) => JSON.stringify(key)).join(", ")}`,
  );
}
