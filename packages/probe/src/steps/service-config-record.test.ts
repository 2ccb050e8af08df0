import { describe, expect, it } from "vitest";
import { readServiceConfig } from "./service-config-record.ts";

const config = { methodConfig: [{ name: [{}], timeout: "1s" }] };
const record = (value: unknown): string => `grpc_config=${JSON.stringify(value)}`;

describe("the TXT record of gRFC A2", () => {
  it("is looked for among others", () => {
    expect(readServiceConfig(["v=spf1 -all"])).toBeUndefined();
    expect(readServiceConfig(["v=spf1 -all", record([{ serviceConfig: config }])])).toEqual({
      kind: "read",
      choices: 1,
      choice: 1,
    });
  });

  it("has choices, some with conditions", () => {
    const choices = [
      { percentage: 10, serviceConfig: config },
      { clientLanguage: ["go"], serviceConfig: config },
    ];
    expect(readServiceConfig([record(choices)])).toEqual({ kind: "read", choices: 2, choice: undefined });
    expect(readServiceConfig([record([...choices, { serviceConfig: {} }])])).toMatchObject({ choices: 3, choice: 3 });
  });

  it.each([
    ["grpc_config=[{", /^it is no JSON: /],
    ["grpc_config={}", /^it is no JSON list/],
    [record([7]), /^choice 1: it is no object/],
    [record([{ serviceconfig: {} }]), /^choice 1: it has no object serviceConfig/],
    [
      record([{ serviceConfig: { methodConfig: [{ name: [{}], retryPolicy: { MaxAttempts: 5 } }] } }]),
      /^choice 1: .*axAttempts/,
    ],
  ])("%s", (text, why) => {
    const read = readServiceConfig([text]);
    expect(read).toMatchObject({ kind: "unreadable", why: expect.stringMatching(why) as string });
  });
});
