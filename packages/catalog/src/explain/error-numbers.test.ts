import { describe, expect, it } from "vitest";
import { table } from "#catalog/signatures.js";
import { entriesOfPhrase } from "./entries-of-phrase.ts";
import { EntryList } from "./entry-list.ts";
import { errorNumbers } from "./error-numbers.ts";

const entries = new EntryList(table.entries, []);
const idOf = (text: string): string | undefined => {
  const [index] = entriesOfPhrase(text, entries, errorNumbers);
  return index === undefined ? undefined : entries.at(index).id;
};

describe("numbers of systems", () => {
  it.each([
    ["tcp connect error (os error 111)", "connect/refused"],
    ["[Errno 61] nobody", "connect/refused"],
    ["SocketException: x, errno = 110, address = a", "connect/settings-hang"],
    ["Os { code: 104, kind: x }", "tcp/reset-inflight"],
    ["Error Domain=NSPOSIXErrorDomain Code=54", "tcp/reset-inflight"],
    ["Error Domain=NSPOSIXErrorDomain Code=100", "http2/peer-violation"],
    ["finished with error (error code: 60 [1:60])", "connect/settings-hang"],
    ["{error,econnrefused}", "connect/refused"],
    ["WSAECONNRESET", "tcp/reset-inflight"],
    ["bind: EADDRINUSE", "server/bind-failed"],
    ["accept: EMFILE", "server/resource-exhausted"],
  ])("mean what they mean: %j", (text, id) => {
    expect(idOf(text)).toBe(id);
  });

  it.each(["line 111", "errno = 1110", "code 104", "xeconnresetx", "the 54 of us"])(
    "are not any number: %j",
    (text) => {
      expect(idOf(text)).toBeUndefined();
    },
  );
});
