import { describe, expect, it } from "vitest";
import { readResolve, readTarget } from "./read-target.ts";

describe("a target", () => {
  it.each([
    ["shop:443", undefined, "shop", 443, undefined],
    ["shop.example.org.:443", undefined, "shop.example.org.", 443, undefined],
    ["10.0.0.4:50051", undefined, "10.0.0.4", 50_051, undefined],
    ["[::1]:50051", undefined, "::1", 50_051, undefined],
    ["shop", "443", "shop", 443, undefined],
    ["::1", "443", "::1", 443, undefined],
    ["[::1]", "443", "::1", 443, undefined],
    ["dns:///shop:443", undefined, "shop", 443, undefined],
    ["https://shop:8443/", undefined, "shop", 8_443, "tls"],
    ["http://shop:8080", undefined, "shop", 8_080, "plain"],
    ["my_service:1", undefined, "my_service", 1, undefined],
  ])("%s %s", (target, port, host, number, scheme) => {
    expect(readTarget(target, port)).toEqual({ kind: "read", where: { host, port: number }, scheme });
  });

  it.each([
    ["shop", undefined, '"shop" has no port'],
    ["shop:", undefined, '"" is no port'],
    [":443", undefined, "the host is missing"],
    ["shop:0", undefined, '"0" is no port'],
    ["shop:65536", undefined, '"65536" is no port'],
    ["shop:44x", undefined, '"44x" is no port'],
    ["::1:443", undefined, "has no port"],
    ["a b:1", undefined, "no name of a host"],
    ["-x:1", undefined, "no name of a host"],
    ["xds:///shop:1", undefined, "xds:// is not known"],
    [`${"a".repeat(254)}:1`, undefined, "no name of a host"],
  ])("%s %s: %s", (target, port, message) => {
    expect(readTarget(target, port)).toMatchObject({
      kind: "mistake",
      message: expect.stringContaining(message) as string,
    });
  });
});

describe("--resolve", () => {
  const where = { host: "shop", port: 443 };

  it.each(["10.0.0.4", "shop:10.0.0.4", "shop:443:10.0.0.4"])("%s", (text) => {
    expect(readResolve(text, where)).toEqual({ address: "10.0.0.4" });
  });

  it.each(["::1", "[::1]", "shop:::1", "shop:[::1]", "shop:443:::1"])("%s", (text) => {
    expect(readResolve(text, where)).toEqual({ address: "::1" });
  });

  it.each(["other:10.0.0.4", "shop:nowhere", ""])("%s is refused", (text) => {
    expect(readResolve(text, where)).toHaveProperty("mistake");
  });
});
