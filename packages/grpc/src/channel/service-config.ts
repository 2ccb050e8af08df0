/**
 * The service config: what an operator says about all calls of a channel, in gRPC's JSON (gRFC A2, A6; field names and
 * forms of protobuf's JSON). Owns what is read and how a method finds its part.
 *
 * A config is taken as it stands, also where it is unwise: `"name": [{}]` with a `retryPolicy` covers every method of
 * every service, so calls that must not run twice may. Name the methods that are safe.
 */

import { status, statusName, type StatusCode, type StatusName } from "../rpc/status.ts";
import { nearest } from "../rpc/nearest.ts";
import { ConfigReader, type ConfigObject, type Field } from "./config-reader.ts";

export interface ServiceConfig {
  /** By `service/method`, `service/`, or `/` for the default. Ask `methodConfigFor`. */
  readonly methods: ReadonlyMap<string, MethodConfig>;
  /** Absent: the channel's own default, `pick_first`. */
  readonly loadBalancing?: LoadBalancing;
}

export type LoadBalancing = "pick_first" | "round_robin";

export interface MethodConfig {
  /** Whether calls wait for a connection instead of failing while there is none. Absent: the call's own choice. */
  readonly waitForReady?: boolean;
  /** The longest a call may take, ms; a shorter one of the caller's wins. */
  readonly timeoutMs?: number;
  readonly retryPolicy?: RetryPolicy;
}

/** gRFC A6. */
export interface RetryPolicy {
  /** The first one included; 2 to 5. */
  readonly maxAttempts: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly backoffMultiplier: number;
  readonly retryableStatusCodes: ReadonlySet<StatusCode>;
}

export interface ParsedServiceConfig {
  readonly config: ServiceConfig;
  /** What was read but has no effect, or less than it says; each thing once. */
  readonly warnings: readonly string[];
}

/** A service config that cannot be used. `faults` has a line for each thing that is wrong, with its path. */
export class ServiceConfigError extends TypeError {
  override readonly name = "ServiceConfigError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`invalid service config: ${faults.length === 1 ? faults[0] : faults.map((each) => `\n  ${each}`).join("")}`);
    this.faults = faults;
  }
}

// A6: clients cap it here unless told otherwise.
const maxAttemptsCap = 5;

/** Reads a config from JSON text or from what `JSON.parse` made of it. Throws a `ServiceConfigError` with every fault. */
export function parseServiceConfig(json: string | object): ParsedServiceConfig {
  const reader = new ConfigReader();
  const value = typeof json === "string" ? parseJson(json) : json;
  const read = ["methodConfig", "loadBalancingConfig", "loadBalancingPolicy"];
  const root = reader.object({ path: "", value }, read, ["retryThrottling", "healthCheckConfig"]);
  const methods = readMethods(reader, root?.get("methodConfig"));
  const loadBalancing = readLoadBalancing(reader, root);
  if (reader.faults.length > 0) throw new ServiceConfigError(reader.faults);
  return {
    config: loadBalancing === undefined ? { methods } : { methods, loadBalancing },
    warnings: reader.warnings,
  };
}

/** The part that governs a method: its own, else its service's, else the default (gRFC A2). */
export function methodConfigFor(config: ServiceConfig, service: string, method: string): MethodConfig | undefined {
  const { methods } = config;
  return methods.get(`${service}/${method}`) ?? methods.get(`${service}/`) ?? methods.get("/");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ServiceConfigError([`not JSON: ${(error as Error).message}`]);
  }
}

function readMethods(reader: ConfigReader, field: Field | undefined): ReadonlyMap<string, MethodConfig> {
  const methods = new Map<string, MethodConfig>();
  if (field === undefined) return methods;
  const places = new Map<string, string>();
  for (const each of reader.list(field)) {
    const read = ["name", "waitForReady", "timeout", "retryPolicy"];
    const unread = ["hedgingPolicy", "maxRequestMessageBytes", "maxResponseMessageBytes"];
    const entry = reader.object(each, read, unread);
    if (entry === undefined) continue;
    const config = readMethodConfig(reader, each.path, entry);
    const names = entry.get("name");
    const keys = names === undefined ? [] : reader.list(names);
    if (keys.length === 0) reader.warn(each.path, "names no method, so it has no effect");
    for (const name of keys) {
      const key = readName(reader, name);
      if (key === undefined) continue;
      // A2: the same name twice makes the config invalid.
      const before = places.get(key);
      if (before !== undefined) reader.fault(name.path, `the same name as ${before}`);
      places.set(key, name.path);
      methods.set(key, config);
    }
  }
  return methods;
}

function readName(reader: ConfigReader, field: Field): string | undefined {
  const name = reader.object(field, ["service", "method"]);
  if (name === undefined) return undefined;
  const [serviceField, methodField] = [name.get("service"), name.get("method")];
  const service = serviceField === undefined ? "" : reader.string(serviceField);
  const method = methodField === undefined ? "" : reader.string(methodField);
  if (service === "" && method !== "") return reader.fault(field.path, "a method needs its service");
  return service === undefined || method === undefined ? undefined : `${service}/${method}`;
}

function readMethodConfig(reader: ConfigReader, path: string, entry: ConfigObject): MethodConfig {
  const [waitField, timeoutField, retryField] = [
    entry.get("waitForReady"),
    entry.get("timeout"),
    entry.get("retryPolicy"),
  ];
  if (retryField !== undefined && entry.get("hedgingPolicy") !== undefined) {
    reader.fault(path, "retryPolicy and hedgingPolicy exclude each other");
  }
  const waitForReady = waitField && reader.boolean(waitField);
  const timeoutMs = timeoutField && reader.durationMs(timeoutField, (ms) => ms >= 0, `a duration such as "1.5s"`);
  const retryPolicy = retryField && readRetryPolicy(reader, retryField);
  return {
    ...(waitForReady === undefined ? {} : { waitForReady }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(retryPolicy === undefined ? {} : { retryPolicy }),
  };
}

function readRetryPolicy(reader: ConfigReader, field: Field): RetryPolicy | undefined {
  const read = ["maxAttempts", "initialBackoff", "maxBackoff", "backoffMultiplier", "retryableStatusCodes"];
  const policy = reader.object(field, read, ["perAttemptRecvTimeout"]);
  if (policy === undefined) return undefined;
  const backoff = (name: string): number | undefined => {
    const duration = policy.required(name);
    return duration && reader.durationMs(duration, (ms) => ms > 0, `a duration above zero such as "0.1s"`);
  };
  const maxAttempts = readMaxAttempts(reader, policy.required("maxAttempts"));
  const initialBackoffMs = backoff("initialBackoff");
  const maxBackoffMs = backoff("maxBackoff");
  const multiplier = policy.required("backoffMultiplier");
  const backoffMultiplier = multiplier && reader.number(multiplier, "a number above zero", (value) => value > 0);
  const retryableStatusCodes = readCodes(reader, policy.required("retryableStatusCodes"));
  if (maxAttempts === undefined || initialBackoffMs === undefined || maxBackoffMs === undefined) return undefined;
  if (backoffMultiplier === undefined || retryableStatusCodes === undefined) return undefined;
  return { maxAttempts, initialBackoffMs, maxBackoffMs, backoffMultiplier, retryableStatusCodes };
}

function readMaxAttempts(reader: ConfigReader, field: Field | undefined): number | undefined {
  if (field === undefined) return undefined;
  const value = reader.number(field, "a whole number of at least 2", (each) => Number.isInteger(each) && each >= 2);
  if (value === undefined || value <= maxAttemptsCap) return value;
  reader.warn(
    field.path,
    `${value} is more than the ${maxAttemptsCap} that gRFC A6 allows; ${maxAttemptsCap} are made`,
  );
  return maxAttemptsCap;
}

/** A6: numbers, or names in any case. */
function readCodes(reader: ConfigReader, field: Field | undefined): ReadonlySet<StatusCode> | undefined {
  if (field === undefined) return undefined;
  const fields = reader.list(field);
  if (fields.length === 0 && Array.isArray(field.value)) reader.fault(field.path, "expected at least one status code");
  const codes = new Set<StatusCode>();
  for (const each of fields) {
    const code = codeOf(each.value);
    if (code === undefined) reader.fault(each.path, codeFault(each.value));
    else if (code === status.OK) reader.fault(each.path, "OK is not a failure");
    else codes.add(code);
  }
  return codes;
}

function codeOf(value: unknown): StatusCode | undefined {
  if (typeof value === "string") {
    const name = value.toUpperCase();
    return Object.hasOwn(status, name) ? status[name as StatusName] : undefined;
  }
  const known = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= status.UNAUTHENTICATED;
  return known ? (value as StatusCode) : undefined;
}

function codeFault(value: unknown): string {
  const meant = typeof value === "string" ? nearest(value, Object.keys(status)) : undefined;
  const hint = meant === undefined ? ` such as "${statusName(status.UNAVAILABLE)}"` : `; did you mean ${meant}?`;
  return `${JSON.stringify(value)} is not a status code${hint}`;
}

function readLoadBalancing(reader: ConfigReader, root: ConfigObject | undefined): LoadBalancing | undefined {
  const list = root?.get("loadBalancingConfig");
  if (list === undefined) return readOldLoadBalancing(reader, root?.get("loadBalancingPolicy"));
  let chosen: LoadBalancing | undefined;
  const passedOver: string[] = [];
  for (const { path, value } of reader.list(list)) {
    const names = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const [name, ...more] = names;
    if (name === undefined || more.length > 0) {
      reader.fault(path, `expected an object with one policy, such as {"round_robin": {}}`);
    } else if (name !== "pick_first" && name !== "round_robin") {
      passedOver.push(name);
    } else {
      // A2: the first that the client knows.
      chosen ??= name;
    }
  }
  if (chosen === undefined && passedOver.length > 0) {
    reader.warn(
      list.path,
      `none of ${passedOver.join(", ")} is known here (pick_first and round_robin are); the default is used`,
    );
  }
  return chosen;
}

/** `loadBalancingPolicy` is what `loadBalancingConfig` replaced: one name, in any case. */
function readOldLoadBalancing(reader: ConfigReader, field: Field | undefined): LoadBalancing | undefined {
  const name = field && reader.string(field)?.toLowerCase();
  if (name === "pick_first" || name === "round_robin") return name;
  if (field !== undefined && name !== undefined) {
    reader.warn(field.path, `${name} is not known here (pick_first and round_robin are); the default is used`);
  }
  return undefined;
}
