/**
 * Looks at dependencies and turns the services that need them. Owns the states of its dependencies and what follows from
 * them; when a check runs is `monitored-check.ts`, how often it must fail is `dependency-state.ts`.
 */
import type { Host } from "../host/host.ts";
import { tellUser } from "../transport/tell-user.ts";
import { type CheckResult, type DependencyState, step } from "./dependency-state.ts";
import { changeLine, type HealthChange } from "./health-change.ts";
import { type Check, MonitoredCheck } from "./monitored-check.ts";
import { type MonitorOptions, type MonitorPlan, readMonitorOptions } from "./monitor-options.ts";
import type { SettableStatus } from "./serving-status.ts";
import type { StatusBoard } from "./status-board.ts";

/** How a dependency is. */
export interface Dependency {
  readonly name: string;
  readonly state: "unchecked" | "up" | "down";
  /** Of one that is down: what the last check said. */
  readonly reason?: string;
}

export class Monitor {
  readonly #host: Host;
  readonly #board: StatusBoard;
  readonly #plan: MonitorPlan;
  readonly #onChange: MonitorOptions["onChange"];
  readonly #onStop: (monitor: Monitor) => void;
  readonly #states = new Map<string, DependencyState>();
  readonly #runs: MonitoredCheck[] = [];
  #stopped = false;

  /** Made by `Health.monitor`. */
  constructor(
    host: Host,
    board: StatusBoard,
    checks: Readonly<Record<string, Check>>,
    options: MonitorOptions,
    onStop: (monitor: Monitor) => void,
  ) {
    this.#host = host;
    this.#board = board;
    this.#plan = readMonitorOptions(checks, options);
    this.#onChange = options.onChange;
    this.#onStop = onStop;
    for (const name of this.#plan.checks.keys()) this.#states.set(name, { kind: "unchecked" });
    for (const service of this.#plan.services.keys()) board.know(service);
    this.#turn();
    for (const [name, check] of this.#plan.checks)
      this.#runs.push(new MonitoredCheck(host, check, this.#plan, (result) => this.#heard(name, result)));
  }

  /** How each dependency is now. */
  get dependencies(): readonly Dependency[] {
    return [...this.#states].map(([name, state]) => ({
      name,
      state: state.kind,
      ...(state.kind === "down" ? { reason: state.reason } : {}),
    }));
  }

  /** Ends it: no check begins any more, those that run are aborted, and nothing is held down on their account. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const run of this.#runs) run.stop();
    for (const service of this.#plan.services.keys()) this.#board.hold(service, this, false);
    this.#board.holdAll(this, false);
    this.#onStop(this);
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #heard(name: string, result: CheckResult): void {
    const before = this.#states.get(name);
    if (before === undefined || this.#stopped) return;
    const nowMs = this.#host.nowMs();
    const [next, turned] = step(before, result, nowMs, this.#plan.thresholds);
    this.#states.set(name, next);
    if (!turned) return;
    const services = this.#turned(() => this.#turn());
    this.#tell({
      dependency: name,
      now: next.kind === "up" ? "up" : "down",
      ...(next.kind === "down" ? { reason: next.reason } : {}),
      ...(before.kind === "down" ? { downForMs: nowMs - before.sinceMs } : {}),
      services,
    });
  }

  /** Holds down what lacks something, and lets go of what does not. */
  #turn(): void {
    const lacks = (name: string): boolean => this.#states.get(name)?.kind !== "up";
    this.#board.holdAll(this, this.#plan.critical.some(lacks));
    for (const [service, needs] of this.#plan.services) this.#board.hold(service, this, needs.some(lacks));
  }

  /** Which services show something else after `act`. */
  #turned(act: () => void): Map<string, SettableStatus> {
    const before = this.#shown();
    act();
    return new Map([...this.#shown()].filter(([name, status]) => before.get(name) !== status));
  }

  #shown(): Map<string, SettableStatus> {
    return new Map([...this.#board.names].map((name) => [name, this.#board.shown(name) ?? "UNKNOWN"]));
  }

  #tell(change: HealthChange): void {
    const onChange = this.#onChange;
    if (onChange === undefined) this.#host.log(changeLine(change));
    else tellUser(this.#host, "onChange", () => onChange(change));
  }
}
