import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentLength, faultInRequest, faultInResponse, faultInTrailers } from "./header-rules.ts";

const request = [":method", "POST", ":scheme", "http", ":path", "/a", ":authority", "x"];

describe("a request's header section", () => {
  it("is well formed with its pseudo-headers in any order, and with fields behind them", () => {
    expect(faultInRequest([...request, "te", "trailers", "x-a", ""])).toBeUndefined();
    expect(faultInRequest([":path", "/", ":method", "GET", ":scheme", "https"])).toBeUndefined();
    expect(faultInRequest([":method", "CONNECT", ":authority", "x:1"])).toBeUndefined();
    expect(faultInRequest([":method", "GET", ":scheme", "http", ":path", "/", "host", "y"])).toBeUndefined();
  });

  it("may say the host once more, as long as it is the same", () => {
    expect(faultInRequest([...request, "host", "x"])).toBeUndefined();
    expect(faultInRequest([...request, "host", "X:80"])).toBeUndefined();
    expect(faultInRequest([...request, "host", "x:443"])).toBe('host: "x:443", :authority says "x"');
    expect(faultInRequest([...request, "host", "x", "host", "y"])).toBe('host: "y", :authority says "x"');
  });

  it.each([
    [[":scheme", "http", ":path", "/"], "a request without :method"],
    [[":method", "GET", ":path", "/"], "a request without :scheme"],
    [[":method", "GET", ":scheme", "http", ":path", ""], "a request without :path"],
    [[":method", "CONNECT", ":path", "/"], "CONNECT with :scheme or :path, or no :authority"],
    [[...request, ":method", "GET"], 'pseudo-header ":method" is unknown or repeated'],
    [[...request, ":status", "200"], 'pseudo-header ":status" is unknown or repeated'],
    [[...request, "a", "b", ":path", "/"], 'pseudo-header ":path" where none may stand'],
    [[...request, "Upper", "x"], 'field name "Upper", expected lower-case token'],
    [[...request, "", "x"], 'field name "", expected lower-case token'],
    [[...request, "a b", "x"], 'field name "a b", expected lower-case token'],
    [[...request, "connection", "close"], "connection-specific field connection"],
    [[...request, "transfer-encoding", "chunked"], "connection-specific field transfer-encoding"],
    [[...request, "te", "gzip"], 'te: "gzip", expected trailers'],
    [[...request, "x", "a\r\nb"], "field x has a value with forbidden octets"],
    [[...request, "x", " a"], "field x has a value with forbidden octets"],
    [[...request, "content-length", "-1"], 'content-length: "-1", expected digits'],
    [[...request, "content-length", "1", "content-length", "2"], "two content-length fields that differ"],
  ])("%j is refused: %s", (list, fault) => {
    expect(faultInRequest(list)).toBe(fault);
  });
});

describe("a request that is nearly the one before", () => {
  it("is judged as if there had been none before", () => {
    const names = [":method", ":path", ":scheme", ":authority", "a", "te", "content-length", "connection", "B"];
    const values = ["GET", "POST", "http", "/", "x", "trailers", "1", "2", " ", "\n"];
    const field = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values));
    const fields = fc.array(field, { maxLength: 4 }).map((pairs) => pairs.flat());
    const start = fc.constantFrom<string[]>([], request, request.slice(0, 6), [
      ":method",
      "CONNECT",
      ":authority",
      "x",
    ]);
    const list = fc.tuple(start, fields).map(([front, rest]) => [...front, ...rest]);
    fc.assert(
      fc.property(list, list, (before, now) => {
        fc.pre(faultInRequest(before) === undefined);
        expect(faultInRequest(now, before)).toBe(faultInRequest(now));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe("a response's header section", () => {
  it("begins with a status of three digits", () => {
    expect(faultInResponse([":status", "200", "content-length", "5"])).toBeUndefined();
    expect(faultInResponse(["content-length", "5"])).toBe("a response that does not begin with :status");
    expect(faultInResponse([":status", "20"])).toBe(':status "20", expected three digits');
    expect(faultInResponse([":status", "200", ":status", "200"])).toBe('pseudo-header ":status" where none may stand');
  });
});

describe("trailers", () => {
  it("have no pseudo-headers", () => {
    expect(faultInTrailers(["grpc-status", "0"])).toBeUndefined();
    expect(faultInTrailers([":status", "200"])).toBe('pseudo-header ":status" where none may stand');
  });
});

it("reads content-length, -1 when absent", () => {
  expect(contentLength([...request, "content-length", "12"])).toBe(12);
  expect(contentLength(request)).toBe(-1);
});
