/** The catalog that the build wrote, asked as people ask: what it must know, and what it must leave alone. */

import { describe, expect, it } from "vitest";
import { records } from "#catalog/records.js";
import { explain } from "./index.ts";

describe("the catalog's own examples", () => {
  const failures = records.flatMap(({ id, signatures }) =>
    signatures.filter(({ role, context }) => role === "failure" && context !== "grpc").map((each) => ({ id, ...each })),
  );

  it("are answered with their entry, alone or among those that share the text", () => {
    const missed = failures.filter(
      ({ id, example }) => !explain(example).findings.some(({ tied }) => tied.includes(id)),
    );
    // A few entries name a text that a finer one of another entry takes away from them; those stand in that one's tie
    // only where the finer text is missing.
    expect(
      missed.length / failures.length,
      missed.map(({ id, example }) => `${id}: ${example}`).join("\n"),
    ).toBeLessThan(0.03);
  });
});

/** Nothing of gRPC: databases, caches, shells, builds, browsers. */
const others: readonly string[] = [
  "npm ERR! code ECONNREFUSED",
  'FATAL: password authentication failed for user "postgres"',
  'ERROR: duplicate key value violates unique constraint "users_pkey"',
  "java.lang.OutOfMemoryError: Java heap space",
  "error: failed to push some refs to 'origin'",
  "curl: (7) Failed to connect to localhost port 80: Connection refused",
  "MongoNetworkError: connection 5 to 10.0.0.1:27017 closed",
  "redis.exceptions.ConnectionError: Error while reading from socket: (104, 'Connection reset by peer')",
  "ssh: connect to host x port 22: Connection timed out",
  "psycopg2.OperationalError: server closed the connection unexpectedly",
  "Error: socket hang up",
  "panic: runtime error: index out of range [3] with length 3",
  "KeyError: 'a'",
  "unexpected EOF while looking for matching `\"'",
  "UNKNOWN: spawn ENOENT",
  "TypeError: fetch failed",
  "io.lettuce.core.RedisConnectionException: Connection closed prematurely",
  "kafka: client has run out of available brokers to talk to: EOF",
  "dial tcp 10.0.0.1:3306: i/o timeout",
  "mysql: Lost connection to MySQL server during query",
  "Segmentation fault (core dumped)",
  "websocket: close 1006 (abnormal closure): unexpected EOF",
  "http: TLS handshake error from 10.0.0.1:33: EOF",
  "AMQP connection closed: 320 CONNECTION_FORCED",
  "TypeError: Cannot read properties of undefined (reading 'name')",
  "Error: Process completed with exit code 1.",
  "fatal: not a git repository (or any of the parent directories): .git",
  "ModuleNotFoundError: No module named 'grpc_tools'",
  "error TS2307: Cannot find module './shop.js' or its corresponding type declarations.",
  "bash: holdfast: command not found",
  "ENOSPC: no space left on device, write",
  "docker: Error response from daemon: No such container: shop",
  'nginx: [emerg] unknown directive "grcp_pass" in /etc/nginx/nginx.conf:12',
  "Error: listen EADDRINUSE: address already in use :::50051",
  "The remote server returned an error: (502) Bad Gateway.",
  "smtp; 550 5.1.1 user unknown",
  "Deadlock found when trying to get lock; try restarting transaction",
  "WARN deadline for the order has passed: INTERNAL: bookkeeping",
  "thread 'main' panicked at src/main.rs:3:5: index out of bounds",
  "Error: connect ECONNREFUSED 127.0.0.1:5432",
  "Error: connect ECONNREFUSED 127.0.0.1:8080",
  "AxiosError: connect ECONNREFUSED 127.0.0.1:3000",
  "Error: certificate has expired",
  "MongoNetworkError: read ECONNRESET",
  "getaddrinfo ENOTFOUND db",
  "unexpected EOF",
  "java.net.UnknownHostException: x",
  "javax.net.ssl.SSLHandshakeException: PKIX path building failed",
  "java.net.SocketException: Connection reset",
  "HTTP 502",
  "Error: Too many requests",
  "unknown service nginx",
  "Method not found: tools/list",
  "Error: Unknown Error",
  "Protocol error",
  "Deadline exceeded",
  "context canceled",
  "self-signed certificate",
  "Error: Protocol error (Target.closeTarget): Target closed.",
  "System.IO.IOException: The response ended prematurely.",
  "error trying to connect: tcp connect error: Connection refused (os error 111)",
  "Connection reset by peer (os error 104)",
  "x509: certificate signed by unknown authority",
  "[internal] cache warmed",
  "INTERNAL: state machine in an unknown state",
  'Get "http://10.0.0.1/": dial tcp 10.0.0.1:80: connect: connection refused',
];

describe("what has nothing to do with gRPC", () => {
  it.each(others)("is not known: %s", (text) => {
    expect(explain(text).findings.map(({ tied }) => tied)).toEqual([]);
  });

  it("is not known in a log of all of it", () => {
    expect(explain(others.join("\n")).findings.map(({ text }) => text)).toEqual([]);
  });
});

describe("parts that people paste", () => {
  it.each([
    "transport is closing",
    "connection reset by peer",
    "stream terminated by RST_STREAM",
    "EOF",
    "Connection dropped",
  ])("%s is answered with more than one suspect", (text) => {
    expect(explain(text).findings[0]?.tied.length).toBeGreaterThan(1);
  });
});

describe("a text that everything showed itself by", () => {
  it("is tied to all that were seen with it, the rare ones included", () => {
    const [finding] = explain("rpc error: code = Unavailable desc = transport is closing").findings;
    const sharing = records.filter(({ signatures }) =>
      signatures.some(
        ({ implementation, text, role }) =>
          implementation === "grpc-go" && text === "transport is closing" && role === "failure",
      ),
    );
    expect(sharing.length).toBeGreaterThan(6);
    expect([...(finding?.tied ?? [])].sort()).toEqual(sharing.map(({ id }) => id).sort());
  });
});
