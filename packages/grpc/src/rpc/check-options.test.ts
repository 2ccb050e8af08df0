import { expect, it } from "vitest";
import { checkBoolean, checkNames, checkNumber, checkSignal } from "./check-options.ts";

it("refuses a name that is not known, and guesses what was meant", () => {
  const known = ["timeoutMs", "metadata"];
  expect(() => checkNames("call option", { timeoutMs: 1 }, known)).not.toThrow();
  expect(() => checkNames("call option", { timeoutMS: 1 }, known)).toThrow(
    new TypeError('call option "timeoutMS" is unknown; did you mean timeoutMs?'),
  );
  expect(() => checkNames("call option", { deadline: 1 }, known, { deadline: "timeoutMs" })).toThrow(
    "did you mean timeoutMs?",
  );
  expect(() => checkNames("call option", { colour: 1 }, known)).toThrow("expected one of timeoutMs, metadata");
});

it("takes numbers of 0 or more", () => {
  for (const fine of [undefined, 0, 1.5, Infinity]) expect(() => checkNumber("x", fine)).not.toThrow();
  expect(() => checkNumber("x", -1)).toThrow(new TypeError("x: -1, expected a number of 0 or more"));
  expect(() => checkNumber("x", NaN)).toThrow(new TypeError("x: NaN, expected a number of 0 or more"));
  expect(() => checkNumber("x", "5")).toThrow(new TypeError('x: "5", expected a number of 0 or more'));
});

it("takes true and false for a choice, and nothing that is merely true", () => {
  for (const fine of [undefined, true, false]) expect(() => checkBoolean("x", fine)).not.toThrow();
  for (const [wrong, told] of [
    [1, "1"],
    ["yes", '"yes"'],
    [null, "null"],
  ]) {
    expect(() => checkBoolean("x", wrong)).toThrow(new TypeError(`x: ${told}, expected true or false`));
  }
});

it("takes the signal of an AbortController, or of somebody's own", () => {
  const own = { aborted: false, addEventListener: () => {} };
  for (const fine of [undefined, new AbortController().signal, AbortSignal.abort(), own])
    expect(() => checkSignal(fine)).not.toThrow();
});

it.each([
  [new AbortController(), "AbortController; pass its .signal"],
  [{ signal: 1 }, "Object; pass its .signal"],
  [new EventTarget(), "EventTarget"],
  [{ aborted: false }, "Object"],
  [{ aborted: "no", addEventListener: () => {} }, "Object"],
  [{ aborted: false, addEventListener: 1 }, "Object"],
  [Object.create(null), "object"],
  [() => {}, "Function"],
  ["stop", "String"],
  [5, "Number"],
  [null, "null"],
])("says what came in place of a signal: %o", (given, told) => {
  expect(() => checkSignal(given)).toThrow(new TypeError(`signal: expected an AbortSignal, got ${told}`));
});
