import { describe, expect, it } from "vitest";
import { status } from "../rpc/status.ts";
import { methodConfigFor, parseServiceConfig, ServiceConfigError, type ParsedServiceConfig } from "./service-config.ts";

/** As it stands in the record on streams that a shutdown interrupts. */
const shutdownRecord = `{"methodConfig": [{"name": [{}], "retryPolicy": {"maxAttempts": 5, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 2, "retryableStatusCodes": ["UNAVAILABLE"]}}]}`;

/** As it stands in the article on connection resets: Go's field names, which no other client takes. */
const article = `{
  "methodConfig": [{
    "name": [{"service": "mypackage.MyService"}],
    "waitForReady": true,
    "retryPolicy": {
      "MaxAttempts": 5,
      "InitialBackoff": "0.1s",
      "MaxBackoff": "5s",
      "BackoffMultiplier": 2.0,
      "RetryableStatusCodes": ["UNAVAILABLE", "RESOURCE_EXHAUSTED", "ABORTED"]
    }
  }]
}`;

const retryPolicy = {
  maxAttempts: 3,
  initialBackoff: "0.1s",
  maxBackoff: "1s",
  backoffMultiplier: 2,
  retryableStatusCodes: ["UNAVAILABLE"],
};

function faultsOf(json: string | object): readonly string[] {
  try {
    parseServiceConfig(json);
  } catch (error) {
    if (error instanceof ServiceConfigError) return error.faults;
    throw error;
  }
  return [];
}

function withPolicy(fields: object, name: object = {}): ParsedServiceConfig {
  return parseServiceConfig({ methodConfig: [{ name: [name], retryPolicy: { ...retryPolicy, ...fields } }] });
}

function policyFaults(fields: object): readonly string[] {
  return faultsOf({ methodConfig: [{ name: [{}], retryPolicy: { ...retryPolicy, ...fields } }] });
}

describe("the service configs that people find", () => {
  it("the shutdown record's is taken as it stands, and covers every method", () => {
    const { config, warnings } = parseServiceConfig(shutdownRecord);
    expect(warnings).toEqual([]);
    expect(methodConfigFor(config, "any.Service", "Write")?.retryPolicy).toEqual({
      maxAttempts: 5,
      initialBackoffMs: 100,
      maxBackoffMs: 1_000,
      backoffMultiplier: 2,
      retryableStatusCodes: new Set([status.UNAVAILABLE]),
    });
  });

  it("the article's is refused, with a line for each name", () => {
    expect(faultsOf(article)).toEqual([
      "methodConfig[0].retryPolicy.MaxAttempts: did you mean maxAttempts?",
      "methodConfig[0].retryPolicy.InitialBackoff: did you mean initialBackoff?",
      "methodConfig[0].retryPolicy.MaxBackoff: did you mean maxBackoff?",
      "methodConfig[0].retryPolicy.BackoffMultiplier: did you mean backoffMultiplier?",
      "methodConfig[0].retryPolicy.RetryableStatusCodes: did you mean retryableStatusCodes?",
    ]);
    expect(() => parseServiceConfig(article)).toThrow(
      "\n  methodConfig[0].retryPolicy.MaxAttempts: did you mean maxAttempts?\n",
    );
  });

  it("the article's works when corrected as it was told", () => {
    const corrected = article.replace(
      /"([A-Z])(\w+)":/g,
      (_, first: string, rest: string) => `"${first.toLowerCase()}${rest}":`,
    );
    const { config } = parseServiceConfig(corrected);
    expect(methodConfigFor(config, "mypackage.MyService", "Get")).toMatchObject({
      waitForReady: true,
      retryPolicy: { maxBackoffMs: 5_000, retryableStatusCodes: new Set([14, 8, 10]) },
    });
    expect(methodConfigFor(config, "another.Service", "Get")).toBeUndefined();
  });
});

describe("a service config", () => {
  it("governs a method by its name, its service, or as the default", () => {
    const { config } = parseServiceConfig({
      methodConfig: [
        { name: [{}], timeout: "1s" },
        { name: [{ service: "a.B" }, { service: "a.C", method: "" }], timeout: "2s" },
        { name: [{ service: "a.B", method: "M" }], timeout: "0.0035s", waitForReady: false },
      ],
    });
    const timeouts = [
      ["a.B", "M"],
      ["a.B", "N"],
      ["a.C", "M"],
      ["a.D", "M"],
    ] as const;
    expect(timeouts.map(([service, method]) => methodConfigFor(config, service, method)?.timeoutMs)).toEqual([
      3.5, 2_000, 2_000, 1_000,
    ]);
    expect(methodConfigFor(config, "a.B", "M")?.waitForReady).toBe(false);
  });

  it("may be empty, and a null member is an absent one", () => {
    expect(parseServiceConfig("{}")).toEqual({ config: { methods: new Map() }, warnings: [] });
    expect(
      parseServiceConfig({ methodConfig: null, loadBalancingConfig: null, retryThrottling: null }).warnings,
    ).toEqual([]);
  });

  it("chooses the first balancing policy that is known here", () => {
    const chosen = (json: object): unknown => parseServiceConfig(json).config.loadBalancing;
    expect(chosen({ loadBalancingConfig: [{ round_robin: {} }] })).toBe("round_robin");
    expect(chosen({ loadBalancingConfig: [{ xds: {} }, { pick_first: {} }, { round_robin: {} }] })).toBe("pick_first");
    expect(chosen({ loadBalancingPolicy: "ROUND_ROBIN" })).toBe("round_robin");
    const { config, warnings } = parseServiceConfig({ loadBalancingConfig: [{ ring_hash: {} }] });
    expect(config.loadBalancing).toBeUndefined();
    expect(warnings[0]).toContain("none of ring_hash is known here");
    expect(faultsOf({ loadBalancingConfig: [{}, { a: {}, b: {} }, "round_robin"] })).toHaveLength(3);
  });

  it("warns once for what gRPC has and we do not read yet", () => {
    const entry = (method: string): object => ({
      name: [{ service: "a.B", method }],
      hedgingPolicy: {},
      maxRequestMessageBytes: 5,
    });
    const { warnings } = parseServiceConfig({ methodConfig: [entry("M"), entry("N")], retryThrottling: {} });
    expect(warnings).toEqual([
      "retryThrottling: not read yet, so it has no effect here",
      "methodConfig[].hedgingPolicy: not read yet, so it has no effect here",
      "methodConfig[].maxRequestMessageBytes: not read yet, so it has no effect here",
    ]);
    expect(parseServiceConfig({ methodConfig: [{ timeout: "1s" }] }).warnings).toEqual([
      "methodConfig[]: names no method, so it has no effect",
    ]);
  });

  it("makes at most five attempts, and says so", () => {
    const { config, warnings } = withPolicy({ maxAttempts: 9 });
    expect(methodConfigFor(config, "a", "b")?.retryPolicy?.maxAttempts).toBe(5);
    expect(warnings).toEqual([
      "methodConfig[].retryPolicy.maxAttempts: 9 is more than the 5 that gRFC A6 allows; 5 are made",
    ]);
  });

  it("takes codes as numbers and as names in any case", () => {
    const { config } = withPolicy({ retryableStatusCodes: [14, "aborted", "Resource_Exhausted"] });
    expect(methodConfigFor(config, "a", "b")?.retryPolicy?.retryableStatusCodes).toEqual(new Set([14, 10, 8]));
  });
});

describe("a service config that cannot be used", () => {
  it("is told every fault with its place and what was expected", () => {
    expect(
      faultsOf({
        methodConfigs: [],
        methodConfig: [
          { name: [{ method: "M" }, "x"], waitForReady: "yes", timeout: 5 },
          { name: [{ service: "a", metod: "M" }], retryPolicy: { ...retryPolicy, zzz: 1 }, hedgingPolicy: {} },
          7,
        ],
        loadBalancingConfig: {},
      }),
    ).toEqual([
      "methodConfigs: did you mean methodConfig?",
      'methodConfig[0].waitForReady: expected true or false, not "yes"',
      'methodConfig[0].timeout: expected a duration such as "1.5s", not 5',
      "methodConfig[0].name[0]: a method needs its service",
      "methodConfig[0].name[1]: expected an object, not a string",
      "methodConfig[1]: retryPolicy and hedgingPolicy exclude each other",
      "methodConfig[1].retryPolicy.zzz: unknown field; known are maxAttempts, initialBackoff, maxBackoff, " +
        "backoffMultiplier, retryableStatusCodes, perAttemptRecvTimeout",
      "methodConfig[1].name[0].metod: did you mean method?",
      "methodConfig[2]: expected an object, not a number",
      "loadBalancingConfig: expected a list, not an object",
    ]);
  });

  it("is a TypeError that begins with the one fault", () => {
    expect(() => parseServiceConfig("{")).toThrow(/^invalid service config: not JSON: /);
    expect(() => parseServiceConfig("[]")).toThrow(/^invalid service config: expected an object, not a list$/);
    expect(new ServiceConfigError(["x"])).toBeInstanceOf(TypeError);
  });

  it("has a retryPolicy out of bounds", () => {
    const at = "methodConfig[0].retryPolicy.";
    expect(policyFaults({ maxAttempts: 1 })).toEqual([
      `${at}maxAttempts: expected a whole number of at least 2, not 1`,
    ]);
    expect(policyFaults({ maxAttempts: 2.5 })).toHaveLength(1);
    expect(policyFaults({ maxAttempts: "5" })).toHaveLength(1);
    expect(policyFaults({ maxAttempts: undefined })).toEqual([`${at}maxAttempts: is required`]);
    expect(policyFaults({ initialBackoff: "0s" })[0]).toContain("above zero");
    for (const maxBackoff of ["1", "1ms", "s", "-1s", "1.0000000001s", 1, {}])
      expect(policyFaults({ maxBackoff })).toHaveLength(1);
    expect(policyFaults({ backoffMultiplier: 0 })).toEqual([
      `${at}backoffMultiplier: expected a number above zero, not 0`,
    ]);
    expect(policyFaults({ retryableStatusCodes: [] })).toEqual([
      `${at}retryableStatusCodes: expected at least one status code`,
    ]);
    expect(policyFaults({ retryableStatusCodes: ["UNAVAILIBLE", 17, "OK", "toString"] })).toEqual([
      `${at}retryableStatusCodes[0]: "UNAVAILIBLE" is not a status code; did you mean UNAVAILABLE?`,
      `${at}retryableStatusCodes[1]: 17 is not a status code such as "UNAVAILABLE"`,
      `${at}retryableStatusCodes[2]: OK is not a failure`,
      `${at}retryableStatusCodes[3]: "toString" is not a status code such as "UNAVAILABLE"`,
    ]);
  });

  it("names a method twice", () => {
    const entry = { name: [{ service: "a.B" }], timeout: "1s" };
    expect(faultsOf({ methodConfig: [entry, entry] })).toEqual([
      "methodConfig[1].name[0]: the same name as methodConfig[0].name[0]",
    ]);
  });
});
