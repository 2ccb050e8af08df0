import { expect, it } from "vitest";
import { listenAddress, type ListenTarget } from "./listen-address.ts";

it("reads where to listen", () => {
  expect(listenAddress("127.0.0.1:0")).toEqual({ kind: "tcp", host: "127.0.0.1", port: 0 });
  expect(listenAddress("localhost:50051")).toEqual({ kind: "tcp", host: "localhost", port: 50_051 });
  expect(listenAddress("[::1]:443")).toEqual({ kind: "tcp", host: "::1", port: 443 });
  expect(listenAddress("unix:/run/shop.sock")).toEqual({ kind: "unix", path: "/run/shop.sock" });
  expect(listenAddress({ path: "/run/shop.sock" })).toEqual({ kind: "unix", path: "/run/shop.sock" });
  expect(listenAddress({ host: "::", port: 1 })).toEqual({ kind: "tcp", host: "::", port: 1 });
});

it("says what was expected", () => {
  const wrong: ListenTarget[] = [
    "",
    "50051",
    ":443",
    "::1:443",
    "host:",
    "host:65536",
    "host:-1",
    "unix:",
    "http://host:1",
  ];
  for (const target of [...wrong, { host: "h", port: 1.5 }]) {
    expect(() => listenAddress(target)).toThrow(/^cannot listen on .*: expected "host:port"/);
  }
});
