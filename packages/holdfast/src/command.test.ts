import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "./command.ts";

let printed = "";
const keep = (text: unknown): boolean => {
  printed += String(text);
  return true;
};

beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

/** Command line, and what its answer must say. */
const mistakes: readonly (readonly [string, ...string[]])[] = [
  ["dmeo", "unknown command 'dmeo'", "Did you mean demo?"],
  ["demo --kil term", "unknown option '--kil'", "Did you mean --kill?"],
  ["demo --kill hard", "'hard' is invalid", "term, kill, mixed"],
  ["demo --server nginx", "'nginx' is invalid", "holdfast, grpc-js, grpcio"],
  ["demo --without holdfast", "'holdfast' is invalid", "grpc-js"],
  ["demo --for 30", "'30' is invalid", "30s"],
  ["demo --for 10ms", "at least 1s"],
  ["demo --for 2h", "at most 1h"],
  ["demo --rate 0", "'0' is invalid", "from 1 to 2000"],
  ["demo --rate 1.5", "whole number"],
  ["demo --seed -1", "'-1' is invalid", "from 0 to 4294967295"],
  ["demo --seed 4294967296", "from 0 to 4294967295"],
  ["demo --for", "argument missing"],
  ["demo now", "too many arguments"],
  ["web --port 65536", "from 0 to 65535"],
  ["web --port http", "from 0 to 65535"],
  ["web --host", "argument missing"],
  ["site", "required option '--out <folder>'"],
  ["site --out x --url example.org", "such as https://example.org/errors"],
  ["site --out package.json", "is a file; name a folder"],
  ["site --out .", "holds files that no export wrote"],
  ["fault", "required option '--to <host:port>'"],
  ["fault --to shop", '--to: "shop" has no port'],
  ["fault --to a:1 --goawy", "Did you mean --goaway?"],
  ["fault --to a:1 --goaway aftr=3", 'There is no setting "aftr" of goaway. Did you mean after?'],
  ["fault --to a:1 --goaway after=0", '"0" is no value of after: expected a whole number, 1 or more'],
  ["fault --to a:1 --goaway code=11,code=0", '"code" is said twice'],
  ["fault --to a:1 --goaway code", '"" is no value of code: expected an error code by number or name'],
  ["fault --to a:1 --delay 50", '"50" is no value of by: expected a duration such as 250ms'],
  ["fault --to a:1 --rst-stream at=later", "expected one of request, before-headers"],
  ["fault --to a:1 --drop idle=350", "expected a duration such as 250ms, 30s"],
  ["fault --to a:1 --fin probability=2", "expected a share such as 0.1 or 10%"],
  ["fault --to a:1 --expired", "--expired needs --listen-tls or --tls"],
  ["fault --to a:1 --listen 0.0.0.0:0", "others than this machine could reach it", "--any-address"],
  ["fault --to a:1 --seed x", "a whole number from 0"],
  ["fault --to a:1 --insecure", "--insecure needs --to-tls or --tls"],
  ["tap", "required option '--listen <host:port>'"],
  ["tap --listen 127.0.0.1:0", "required option '--to <host:port>'"],
  ["tap --listen 50052 --to a:1", "--listen", "expected HOST:PORT, such as 127.0.0.1:50052"],
  ["tap --listen :50052 --to a:1", "the host is missing"],
  ["tap --listen 127.0.0.1:70000 --to a:1", "expected a number from 0 to 65535"],
  ["tap --listen [shop]:1 --to a:1", "is no IPv6 address"],
  ["tap --listen 127.0.0.1:0 --to shop", '--to: "shop" has no port'],
  ["tap --listen 127.0.0.1:0 --to shop:0", "expected a number from 1 to 65535"],
  ["tap --listen 127.0.0.1:0 --to a:1 --type goawy", "Expected some of data, headers"],
  ["tap --listen 127.0.0.1:0 --to a:1 --stream one", "such as 3 or 3,5"],
  ["tap --listen 127.0.0.1:0 --to a:1 --for 10", "30s"],
  ["tap --listen 127.0.0.1:0 --to a:1 --max-connections 0", "from 1 to 100000"],
  ["tap --listen 127.0.0.1:0 --to a:1 --save-ca x", "--save-ca needs --listen-tls or --tls"],
  ["tap --listen 127.0.0.1:0 --to a:1 --insecure", "--insecure needs --to-tls or --tls"],
  ["tap --listen 127.0.0.1:0 --to a:1 --tls --cert x", "--cert and --key go together"],
  ["tap --listen 127.0.0.1:0 --to a:1 --tls --cert no-such --key no-such", "--cert: ENOENT"],
  ["tap --listen 127.0.0.1:0 --to a:1 --tls --ca package.json", "no certificate in package.json"],
  ["tap --listen 127.0.0.1:0 --to a:1 --tls --save-ca no/such/folder", "--save-ca: ENOENT"],
  ["tap --listen 127.0.0.1:0 --to a:1 --capture no/such/file", "--capture: ENOENT"],
  ["tap --listen 192.0.2.1:0 --to a:1", "cannot listen on 192.0.2.1:0"],
];

describe("the command line", () => {
  it.each(mistakes)("answers a mistake with 2 and what was expected: %s", async (line, ...essentials) => {
    expect(await runCommand(line.split(" "))).toBe(2);
    for (const essential of essentials) expect(printed).toContain(essential);
  });

  it.each([
    ["show", "--\u001b[2J"],
    ["list", "--domain", "\u001b[2J\u009b1m"],
    ["demo", "--kill", "\u202eterm"],
    ["\u001b]0;title\u0007"],
    ["explain", "--cause", "\u001b[2J"],
  ])("repeats of %j nothing that a terminal obeys", async (...args) => {
    expect(await runCommand(args)).toBe(2);
    expect(printed).toMatch(/\\u\{/);
    expect(printed).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });

  it("says its version", async () => {
    expect(await runCommand(["--version"])).toBe(0);
    expect(printed).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(["", "--help", "help"])("lists its commands for %j", async (line) => {
    expect(await runCommand(line === "" ? [] : line.split(" "))).toBe(0);
    expect(printed).toContain("demo [options]");
  });

  it("explains the demo's exit status", async () => {
    expect(await runCommand(["demo", "--help"])).toBe(0);
    expect(printed).toContain("Exit status 0");
    expect(printed).toContain("(default: 30s)");
  });
});
