import { describe, expect, it } from "vitest";
import { writeHiddenAddresses } from "./hidden-addresses.ts";

describe("writeHiddenAddresses", () => {
  it.each([
    ["dial tcp <ip>: connect", "dial tcp hidden: connect"],
    ["dial tcp <my server ip>:443: connect", "dial tcp hidden:443: connect"],
    ["dial tcp <host>:<port>: connect", "dial tcp hidden:hidden: connect"],
    ["dial tcp {host}:{port}: connect", "dial tcp hidden:hidden: connect"],
    ["dial tcp {{ip}}:443: connect", "dial tcp hidden:443: connect"],
    ["dial tcp ${HOST}:${PORT}: connect", "dial tcp hidden:hidden: connect"],
    ["dial tcp $MY_IP:$PORT: connect", "dial tcp hidden:hidden: connect"],
    ["read tcp ***->***: read", "read tcp hidden->hidden: read"],
    ["ipv4:10.0.*.*:443: Failed", "ipv4:hidden:443: Failed"],
    ["ipv4:#.#.#.#:443: Failed", "ipv4:hidden:443: Failed"],
    ["dial tcp (redacted): connect", "dial tcp hidden: connect"],
    ["dial tcp [IP REDACTED]:443: connect", "dial tcp hidden:443: connect"],
    ["dial tcp <node a>:443: connect", "dial tcp hidden:443: connect"],
    ["dial tcp (ip):443: connect", "dial tcp hidden:443: connect"],
    ["dial tcp \u2026:443: connect", "dial tcp hidden:443: connect"],
  ])("writes %j as one word", (text, written) => {
    expect(writeHiddenAddresses(text)).toBe(written);
  });

  it.each([
    "dial tcp 10.0.0.1:443: connect",
    "dial tcp x.x.x.x:443 [::1]:443",
    "a **bold** word, # title, f(x) {a: 1} <div> <br/>",
    'Status { code: Internal, message: "x" }',
    "<_InactiveRpcError of RPC that terminated with:",
    '{"host":"a","port":1}',
    "costs $5",
  ])("leaves %j", (text) => {
    expect(writeHiddenAddresses(text)).toBe(text);
  });
});
