/**
 * Owns the events behind a real proxy: nginx or HAProxy of the machine between client and scripted peer. The client's text
 * and the proxy's own log line of the same event are both recorded. Left out where the proxy is not installed.
 */

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataFrame, goawayFrame, headersFrame, maxUint31, rstStreamFrame } from "../peer/frame.ts";
import { Peer } from "../peer/peer.ts";
import type { PeerScript } from "../peer/peer-script.ts";
import { atOnce, eachCall } from "./each-call.ts";
import type { Cause, RunningServer, WireEvent } from "./wire-event.ts";

interface ProxyProgram {
  readonly implementation: "nginx" | "haproxy";
  /** The command line, and the files that it reads, by name. */
  readonly command: (folder: string) => readonly [string, ...string[]];
  readonly config: (port: number, upstream: number) => string;
  /** What it logged of the event. */
  readonly logOf: (folder: string, output: string) => string[];
}

const nginx: ProxyProgram = {
  implementation: "nginx",
  command: (folder) => ["nginx", "-p", folder, "-c", "proxy.conf", "-e", "error.log", "-g", "daemon off;"],
  config: (port, upstream) => `
worker_processes 1;
pid nginx.pid;
events { worker_connections 64; }
http {
  error_log error.log info;
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port} http2;
    server_name orders.shop.example;
    location / { grpc_pass grpc://127.0.0.1:${upstream}; grpc_read_timeout 1s; grpc_connect_timeout 1s; }
  }
}
`,
  logOf: (folder) =>
    linesOf(readFileSync(path.join(folder, "error.log"), "utf8")).filter((line) => / \[(error|crit)\] /.test(line)),
};

const haproxy: ProxyProgram = {
  implementation: "haproxy",
  command: (folder) => ["haproxy", "-db", "-f", path.join(folder, "proxy.conf")],
  config: (port, upstream) => `
global
  log stdout format rfc3164 local0
defaults
  mode http
  log global
  option httplog
  timeout connect 1s
  timeout client 5s
  timeout server 1s
frontend grpc_in
  bind 127.0.0.1:${port} proto h2
  default_backend orders
backend orders
  server orders1 127.0.0.1:${upstream} proto h2
`,
  logOf: (_, output) =>
    linesOf(output)
      .filter((line) => line.includes("HTTP/2.0"))
      .map((line) => line.replace(/^<\d+>/, "")),
};

const proxies = [nginx, haproxy].filter(
  ({ command }) => spawnSync(command(".")[0], ["-v"], { stdio: "ignore" }).error === undefined,
);

function behind(proxy: ProxyProgram, script: PeerScript | undefined) {
  return async (): Promise<RunningServer> => {
    const peer = new Peer({ scriptOf: () => script ?? { play: () => {} } });
    await peer.start();
    const upstream = peer.port;
    if (script === undefined) await peer.close();
    const folder = mkdtempSync(path.join(tmpdir(), "recorded-proxy-"));
    const port = await freePort();
    writeFileSync(path.join(folder, "proxy.conf"), proxy.config(port, upstream));
    const [command, ...args] = proxy.command(folder);
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"], timeout: 30_000 }); // ends by itself
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const gone = new Promise((resolve) => child.once("close", resolve));
    await answering(port);
    return {
      port,
      implementation: proxy.implementation,
      close: async () => {
        await sleep(100); // the log is written after the answer
        child.kill("SIGTERM");
        await gone;
        if (script !== undefined) await peer.close();
        const lines = proxy.logOf(folder, output);
        rmSync(folder, { recursive: true });
        return lines;
      },
    };
  };
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Settles when something listens, at the latest after five seconds. */
async function answering(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.once("connect", () => socket.end());
    });
    if (up) return;
    await sleep(50);
  }
}

const grpcAnswer = { ":status": "200", "content-type": "application/grpc" };
const apartMs = 60;
const upstreamLost = {
  nginx: "nginx/upstream-failed-before-headers",
  haproxy: "haproxy/refused-stream-after-forwarding",
};
const afterHeaders = {
  nginx: "nginx/upstream-failed-after-headers",
  haproxy: "haproxy/timeouts-and-termination-states",
};
const timedOut = { nginx: "nginx/grpc-read-timeout", haproxy: "haproxy/timeouts-and-termination-states" };
const notReached = {
  nginx: "nginx/upstream-failed-before-headers",
  haproxy: "haproxy/timeouts-and-termination-states",
};

type Labels = Readonly<Record<"nginx" | "haproxy", string>>;

const upstreamEvents: readonly {
  readonly id: string;
  readonly labels: Labels;
  readonly script?: PeerScript;
  readonly stream?: true;
}[] = [
  { id: "refused port", labels: notReached },
  { id: "FIN", labels: upstreamLost, script: eachCall((peer) => peer.fin()) },
  { id: "TCP reset", labels: upstreamLost, script: eachCall((peer) => peer.reset()) },
  ...[0, 2, 7, 8, 11].map((code) => ({
    id: `RST_STREAM ${code}`,
    labels: upstreamLost,
    script: eachCall((peer, call) => peer.write(rstStreamFrame(call.streamId, code))),
  })),
  {
    id: "GOAWAY(0, last before the call)",
    labels: { ...upstreamLost, haproxy: timedOut.haproxy }, // HAProxy waits on for its timeout
    script: eachCall((peer) => peer.write(goawayFrame(0, 0))),
  },
  ...[1, 11].map((code) => ({
    id: `GOAWAY(${code}), then FIN`,
    labels: upstreamLost,
    script: eachCall(async (peer) => {
      peer.write(goawayFrame(maxUint31, code, "too_many_pings"));
      await peer.pause(apartMs);
      peer.fin();
    }),
  })),
  ...(["fin", "reset"] as const).map((end) => ({
    id: `headers, then ${end}`,
    labels: afterHeaders,
    stream: true as const,
    script: eachCall(async (peer, call) => {
      peer.write(headersFrame(call.streamId, grpcAnswer, false), dataFrame(call.streamId, Buffer.alloc(5), false));
      await peer.pause(apartMs);
      peer[end]();
    }),
  })),
  { id: "no answer", labels: timedOut, script: eachCall(() => {}) },
  {
    id: "headers, then silence",
    labels: timedOut,
    stream: true,
    script: eachCall((peer, call) => peer.answerHeaders(call)),
  },
  {
    id: "HTTP/1.1",
    labels: { nginx: "connect/http1-peer", haproxy: "haproxy/timeouts-and-termination-states" },
    script: atOnce((peer) => peer.write(Buffer.from("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")), false),
  },
];

/** A client behind a proxy sees only what the proxy made of it: the entries of that answer are as right. */
const answersOfProxies: Readonly<Record<string, readonly string[]>> = {
  nginx: ["proxy/http-error-instead-of-grpc", "proxy/html-instead-of-grpc", "http2/rst-internal-error"],
  haproxy: [
    "proxy/http-error-instead-of-grpc",
    "proxy/html-instead-of-grpc",
    "http2/rst-refused-stream",
    "http2/rst-no-error-without-status",
    "http2/missing-trailers",
    "connect/refused-stream-reported-internal",
  ],
};

export const proxyEvents: readonly WireEvent[] = proxies.flatMap((proxy) =>
  upstreamEvents.map(({ id, labels, script, stream }): WireEvent => {
    const own: Cause = { label: labels[proxy.implementation] };
    const also = answersOfProxies[proxy.implementation] ?? [];
    return {
      id: `${proxy.implementation}, upstream: ${id}`,
      label: own.label,
      also,
      order: { deadlineMs: 4_000, ...(stream && { call: "server-stream" }) },
      only: ["grpc-js", "connect-node", "grpc-core", "grpc-go", "grpc-java", "tonic"],
      unless: /deadline|timed? ?out/i,
      by: { [proxy.implementation]: own },
      serve: behind(proxy, script),
    };
  }),
);
