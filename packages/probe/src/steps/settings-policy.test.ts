import { expect, it } from "vitest";
import { judgeSettings } from "./settings-policy.ts";

it.each([
  [[], []],
  [[["MAX_CONCURRENT_STREAMS", 0]], ["failed no-streams-allowed"]],
  [[["MAX_CONCURRENT_STREAMS", 9]], ["doubtful few-streams-allowed"]],
  [[["MAX_CONCURRENT_STREAMS", 10]], []],
  [[["MAX_HEADER_LIST_SIZE", 4_095]], ["doubtful small-header-limit"]],
  [[["MAX_HEADER_LIST_SIZE", 4_096]], []],
  // RFC 9113 §6.5.3: the last value of a setting counts.
  [
    [
      ["MAX_CONCURRENT_STREAMS", 0],
      ["MAX_CONCURRENT_STREAMS", 100],
    ],
    [],
  ],
] as const)("%j: %j", (values, findings) => {
  expect(judgeSettings(values).map(({ verdict, id }) => `${verdict} ${id}`)).toEqual(findings);
});
