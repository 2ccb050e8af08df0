/** What every fault has: settings that are checked, words for them, chance and a bound of connections. */

import { describe, expect, it } from "vitest";
import { writtenName } from "./define-fault.ts";
import { faults, faultTable } from "./faults.ts";

describe("settings", () => {
  it("are said as on the command line", () => {
    expect(faults.goaway({ after: 97, code: 11 }).says).toBe("goaway after=97,code=ENHANCE_YOUR_CALM");
    expect(faults.drop({ idleMs: 350_000 }).says).toBe("drop idle=350s");
    expect(faults.limitBytes({ bytes: 65_536 }).says).toBe("limit-bytes bytes=64KiB");
    expect(faults.rst().says).toBe("rst");
  });

  it("that there are not are refused with the nearest name", () => {
    const wrong = { aftr: 3 } as object;
    expect(() => faults.goaway(wrong)).toThrow('goaway: there is no setting "aftr"; did you mean after?');
  });

  it("out of range are refused with what was expected", () => {
    expect(() => faults.delay({ byMs: -1 })).toThrow(
      "delay: byMs is -1, expected a duration such as 250ms, 30s, 5m or 1h",
    );
  });

  it("that are written and read again are the same", () => {
    for (const { parameters } of faultTable) {
      for (const parameter of Object.values(parameters)) {
        if (parameter.initial === undefined) continue;
        expect(parameter.accepts(parameter.initial)).toBe(true);
        const shown = parameter.show(parameter.initial as never).replace(/^"(.*)"$/, "$1");
        expect(parameter.read(shown)).toEqual(parameter.initial);
      }
    }
  });
});

it("every name is written in one way only", () => {
  expect(new Set(faultTable.map(({ id }) => id)).size).toBe(faultTable.length);
  for (const { id, parameters } of faultTable) {
    const written = Object.keys(parameters).map(writtenName);
    expect(new Set(written).size, id).toBe(written.length);
  }
});

it("an id is the name in kebab case", () => {
  for (const [name, { facts }] of Object.entries(faults)) {
    expect(facts.id).toBe(name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  }
});
