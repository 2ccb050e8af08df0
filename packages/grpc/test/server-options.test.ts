/** What is wrong in the options of a server is told where it is said, before anything listens. */

import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { createServer, type ListenOptions, type Server, type ServerOptions } from "../src/server/index.ts";

const pem = (file: string): string => readFileSync(new URL(`data/tls/${file}`, import.meta.url), "utf8");
const cert = pem("server.pem");
const key = pem("server.key");
const ca = pem("ca.pem");
const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

function server(options?: object): Server {
  const made = createServer(options as ServerOptions);
  open.push(made);
  return made;
}

function expectTypeError(work: () => unknown, message: string | RegExp): void {
  expect(work).toThrow(TypeError);
  expect(work).toThrow(message);
}

describe("createServer", () => {
  it.each([
    [
      { maxReceiveMessageLength: 1 },
      'server option "maxReceiveMessageLength" is unknown; did you mean maxReceiveMessageBytes?',
    ],
    [{ maxReceiveMessageBytes: NaN }, "server option maxReceiveMessageBytes: NaN, expected a number of 0 or more"],
    [{ receiveBudgetBytes: "64" }, 'server option receiveBudgetBytes: "64", expected a number of 0 or more'],
    [{ maxConcurrentStreams: -1 }, "maxConcurrentStreams: -1, expected a whole number of 0 to 4294967295"],
    [{ limits: { maxFoo: 3 } }, 'limit "maxFoo" is unknown; expected one of maxHeaderListBytes, '],
    [{ limits: { handshakeMs: "1" } }, 'limit handshakeMs: "1", expected a number of 0 or more'],
    [{ drain: { grace: 5 } }, 'drain option "grace" is unknown; did you mean graceMs?'],
    [{ drain: { graceMs: NaN } }, "graceMs: NaN, expected a number of 0 or more"],
    [{ drain: 200 }, "drain options: expected an object, got 200"],
    [{ maxConnectionIdleMs: 0 }, "server option maxConnectionIdleMs: 0, expected a number of 1 or more"],
    [{ maxConnectionAgeMs: "30m" }, 'server option maxConnectionAgeMs: "30m", expected a number of 1 or more'],
    [{ maxConnectionAge: 5 }, 'server option "maxConnectionAge" is unknown; did you mean maxConnectionAgeMs?'],
    [{ maxConnectionAgeGraceMs: -1 }, "maxConnectionAgeGraceMs: -1, expected a number of 0 or more"],
    [{ "grpc.max_connection_age_ms": 1 }, 'option "grpc.max_connection_age_ms" is unknown; did you mean max'],
    [{ keepalive: 7_200_000 }, "server keepalive options: expected an object, got 7200000"],
    [{ keepalive: { time: 5 } }, 'server keepalive option "time" is unknown; did you mean timeMs?'],
    [{ keepalive: { timeMs: 30 } }, "server option keepalive.timeMs: 30, expected a number of 1000 or more"],
    [{ keepalive: { timeoutMs: 0 } }, "server option keepalive.timeoutMs: 0, expected a number of 1 or more"],
    [{ pingPolicy: { minTime: 1 } }, 'pingPolicy option "minTime" is unknown; did you mean minTimeMs?'],
    [{ pingPolicy: { minTimeMs: NaN } }, "server option pingPolicy.minTimeMs: NaN, expected a number of 0 or more"],
    [{ pingPolicy: { permitWithoutCalls: 1 } }, "pingPolicy.permitWithoutCalls: 1, expected true or false"],
    [{ pingPolicy: { strikes: -1 } }, "server option pingPolicy.strikes: -1, expected a number of 0 or more"],
    [{ onError: "log" }, "server option onError: expected a function, got string"],
    [{ onReport: true }, "server option onReport: expected a function, got boolean"],
  ])("%j", (options, message) => expectTypeError(() => server(options), message));

  it("takes what is right", () => {
    expect(() =>
      server({ drain: { graceMs: Infinity }, limits: { handshakeMs: 1 }, maxConcurrentStreams: 0 }),
    ).not.toThrow();
    expect(() =>
      server({
        maxConnectionIdleMs: Infinity,
        maxConnectionAgeMs: 1,
        maxConnectionAgeGraceMs: 0,
        keepalive: { timeMs: 1_000, timeoutMs: 1 },
        pingPolicy: { strikes: Infinity },
      }),
    ).not.toThrow();
  });
});

describe("listen", () => {
  it.each<[options: object, message: string]>([
    [{ ssl: {} }, 'listen option "ssl" is unknown; did you mean tls?'],
    [{ backlog: -1 }, "listen option backlog: -1, expected a number of 0 or more"],
    [
      { tls: { cert, key, ca, requestCert: true } },
      'tls option "requestCert" is unknown; did you mean requireClientCert?',
    ],
    [
      { tls: { cert, key, ca, rejectUnauthorized: true } },
      'tls option "rejectUnauthorized" is unknown; did you mean requireClientCert?',
    ],
    [{ tls: { certChain: cert, privateKey: key } }, 'tls option "certChain" is unknown; did you mean cert?'],
    [{ tls: { cert, privateKey: key } }, 'tls option "privateKey" is unknown; did you mean key?'],
    [
      { tls: { cert, key, ca, requireClientCert: "yes" } },
      "tls option requireClientCert: expected true or false, got string",
    ],
    [{ tls: {} }, "tls: cert is missing; a server needs cert and key"],
    [{ tls: { cert } }, "tls: key is missing; a server needs cert and key"],
    [{ tls: { cert: "", key } }, "tls option cert: expected PEM text, got nothing"],
    [{ tls: { cert, key, ca: 5 } }, "tls option ca: expected PEM text, got number"],
    [{ tls: null }, "tls options: expected an object, got null"],
  ])("case %#", (options, message) => {
    expectTypeError(() => server().listen("127.0.0.1:0", options as ListenOptions), message);
  });

  it.each([[0], [undefined], [null], [{}], [{ port: 1 }], [{ host: "", port: 1 }], [{ path: 5 }], [{ path: "" }]])(
    "%j is no address",
    (target) => {
      expectTypeError(
        () => server().listen(target as unknown as string),
        /^cannot listen on .*: expected "host:port", .*\{ host, port \}.*\{ path \}/,
      );
    },
  );
});

describe("a drain", () => {
  it.each([
    [{ graceMs: NaN }, "drain option graceMs: NaN, expected a number of 0 or more"],
    [{ graceMs: "200" }, 'drain option graceMs: "200", expected a number of 0 or more'],
    [{ graceMs: -1 }, "drain option graceMs: -1, expected a number of 0 or more"],
    [{ lameDuckMs: NaN }, "drain option lameDuckMs: NaN, expected a number of 0 or more"],
    [{ grace: 1 }, 'drain option "grace" is unknown; did you mean graceMs?'],
    [200, "drain options: expected an object, got 200"],
    [null, "drain options: expected an object, got null"],
  ])("%j", async (options, message) => {
    const one = server();
    expectTypeError(() => one.drain(options as object), message);
    expectTypeError(() => one.drainOn("SIGUSR2", options as object), message);
    // Neither of them began one.
    await expect(one.listen("127.0.0.1:0")).resolves.toMatchObject({ port: expect.any(Number) as number });
  });

  it("on a signal that does not exist", () => {
    expectTypeError(
      () => server().drainOn("SIGTREM" as "SIGTERM"),
      'cannot drain on "SIGTREM": expected one of SIGTERM, SIGINT, SIGHUP, SIGUSR2',
    );
  });
});
