import { expect, it } from "vitest";
import { checkNames, checkNumber } from "./check-options.ts";

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
