import { expect, it } from "vitest";
import { probeAnswer } from "./probe-answer.ts";
import type { Readiness } from "./readiness.ts";

const well: Readiness = { ready: true, draining: false, notServing: [], down: [], unchecked: [] };
const ill: Readiness = { ...well, ready: false, notServing: [""], down: ["database"] };

function answer(method: string, target: string, readiness = well): [number, unknown] {
  const { status, body } = probeAnswer(method, target, () => readiness);
  return [status, JSON.parse(body)];
}

it("is alive as long as it answers, and ready as long as it serves", () => {
  expect(answer("GET", "/healthz", ill)).toEqual([200, { alive: true }]);
  expect(answer("GET", "/readyz")).toEqual([200, well]);
  expect(answer("HEAD", "/readyz?verbose=1", ill)).toEqual([503, ill]);
});

it("says what it expected", () => {
  expect(answer("POST", "/readyz")).toEqual([405, { error: "expected GET or HEAD" }]);
  for (const target of ["/", "", "/readyz/", "/../healthz", "http://host/healthz"])
    expect(answer("GET", target)).toEqual([404, { error: "expected /healthz or /readyz" }]);
});
