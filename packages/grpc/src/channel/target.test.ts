import { describe, expect, it } from "vitest";
import { parseTarget } from "./target.ts";

describe("a target", () => {
  it.each([
    ["shop:50051", { kind: "dns", name: "shop", port: 50_051, authority: "shop:50051" }],
    ["dns:///shop:50051", { kind: "dns", name: "shop", port: 50_051, authority: "shop:50051" }],
    ["dns:shop", { kind: "dns", name: "shop", port: 443, authority: "shop:443" }],
    ["[::1]:80", { kind: "dns", name: "::1", port: 80, authority: "[::1]:80" }],
    [
      "ipv4:127.0.0.1:1,127.0.0.2:2",
      {
        kind: "addresses",
        addresses: [
          { kind: "tcp", host: "127.0.0.1", port: 1 },
          { kind: "tcp", host: "127.0.0.2", port: 2 },
        ],
        authority: "127.0.0.1:1",
      },
    ],
    [
      "unix:///run/a.sock",
      { kind: "addresses", addresses: [{ kind: "unix", path: "/run/a.sock" }], authority: "localhost" },
    ],
    ["unix:a.sock", { kind: "addresses", addresses: [{ kind: "unix", path: "a.sock" }], authority: "localhost" }],
  ])("%s is read", (text, target) => {
    expect(parseTarget(text)).toEqual(target);
  });

  it.each([
    ["", 'target "": expected host:port, [ipv6]:port or host'],
    ["a:b", 'target "a:b": expected host:port, [ipv6]:port or host'],
    ["a:0", 'target "a:0": expected a port from 1 to 65535'],
    ["a:70000", 'target "a:70000": expected a port from 1 to 65535'],
    ["https://shop", 'target "https://shop": expected a target without https://; say tls: {} in the options instead'],
    ["xds:///a", 'target "xds:///a": expected one of the schemes dns, ipv4, ipv6, unix; xds is not supported'],
    [
      "dns://8.8.8.8/a",
      'target "dns://8.8.8.8/a": expected dns:///host:port; a DNS server of one\'s own is not supported',
    ],
    ["ipv4:shop:80", 'target "ipv4:shop:80": expected literal addresses; "shop" is a name, use dns:///'],
    ["unix:", 'target "unix:": expected unix:path or unix:///absolute/path'],
  ])("%j is refused in words", (text, message) => {
    expect(() => parseTarget(text)).toThrow(new TypeError(message));
  });
});
