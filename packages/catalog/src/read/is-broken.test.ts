import { describe, expect, it } from "vitest";
import { isBroken } from "./is-broken.ts";

const long = "rpc error: code = Unavailable desc = closing transport due";

describe("isBroken", () => {
  it.each([`${long}\nto: connection error`, `> ${long}\n> to connection error`, "Connection  dropped"])(
    "%j",
    (text) => {
      expect(isBroken(text)).toBe(true);
    },
  );

  it.each([long, `${long}\n    at get (orders.js:1:1)`, `${long}\n  code: 14,\n  details: 'x'`, `${long}\n\nThanks`])(
    "not %j",
    (text) => {
      expect(isBroken(text)).toBe(false);
    },
  );
});
