import { expect, it } from "vitest";
import { failureText } from "./failure-text.ts";

it("says in one line what was thrown", () => {
  expect(failureText(new Error("connect ECONNREFUSED 127.0.0.1:6379\n    at somewhere"))).toBe(
    "connect ECONNREFUSED 127.0.0.1:6379",
  );
  // What Node's `connect` throws when it has tried several addresses.
  expect(failureText(Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" }))).toBe("ECONNREFUSED");
  expect(failureText(new TypeError(""))).toBe("TypeError");
  expect([failureText("down"), failureText(undefined), failureText({}), failureText(null)]).toEqual([
    ...["down", "undefined", "an object that is no error", "null"],
  ]);
});

it("shows no password of an address, no terminal's tricks, and no end of text", () => {
  expect(failureText(new Error("cannot open redis://user:p@ss@cache:6379/0"))).toBe(
    "cannot open redis://[masked]@cache:6379/0",
  );
  expect(failureText(new Error("a\u001b[2Jb"))).toBe("a\\u{1b}[2Jb");
  expect(failureText("x".repeat(5_000))).toHaveLength(201);
});
