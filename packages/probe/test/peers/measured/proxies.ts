/** What stands in front of a server: nginx and HAProxy with their timeouts shortened, and a relay that knows no HTTP/2. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerTls } from "./servers.ts";

export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

export interface ReloadableProxy extends Proxy {
  /** As its manual says: new workers take over, the old ones finish. */
  reload(): void;
}

const defaultIdleMs = 3_000;

export function isHere(program: string, ...args: readonly string[]): boolean {
  const here = spawnSync(program, args, { stdio: "ignore" }).status === 0;
  if (!here && process.env["HOLDFAST_PEERS"] === "required") throw new Error(`${program} is required, and not here`);
  if (!here) console.log(`skipped: ${program} is not here`);
  return here;
}

export interface FrontOptions {
  /** nginx alone: HTTP/2 over TLS in front, plain behind. */
  readonly tls?: ServerTls;
  /** Silence that it bears, ms. Default 3,000: nginx's is 75 s, and HAProxy warns until one is set. */
  readonly idleMs?: number;
  /** What old workers may take to leave at a reload, ms. Default: as long as their connections last. */
  readonly workersLeaveInMs?: number;
}

export async function startNginx(
  upstream: number,
  { tls, idleMs = defaultIdleMs, workersLeaveInMs }: FrontOptions = {},
): Promise<ReloadableProxy> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-nginx-"));
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  if (tls !== undefined) {
    writeFileSync(join(folder, "cert.pem"), tls.cert);
    writeFileSync(join(folder, "key.pem"), tls.key, { mode: 0o600 });
  }
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
     ${workersLeaveInMs === undefined ? "" : `worker_shutdown_timeout ${workersLeaveInMs}ms;`}
     events { worker_connections 256; }
     http {
       access_log off; ${paths.join(" ")}
       keepalive_timeout ${idleMs}ms; client_header_timeout ${idleMs}ms;
       server {
         listen 127.0.0.1:${port}${tls === undefined ? "" : " ssl"} http2;
         ${tls === undefined ? "" : `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;`}
         location / { grpc_pass grpc://127.0.0.1:${upstream}; }
       }
     }`,
  );
  const child = spawn("nginx", ["-p", folder, "-e", join(folder, "error.log"), "-c", file]);
  return { ...(await running(child, port, folder)), reload: () => void child.kill("SIGHUP") };
}

export async function startHaproxy(
  upstream: number,
  { idleMs = defaultIdleMs, workersLeaveInMs }: FrontOptions = {},
): Promise<ReloadableProxy> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-haproxy-"));
  const port = await freePort();
  const file = join(folder, "haproxy.cfg");
  writeFileSync(
    file,
    `global${workersLeaveInMs === undefined ? "" : `\n  hard-stop-after ${workersLeaveInMs}ms`}
defaults
  mode http
  timeout connect 1s
  timeout client ${idleMs}ms
  timeout server ${idleMs}ms
frontend front
  bind 127.0.0.1:${port} proto h2
  default_backend back
backend back
  server one 127.0.0.1:${upstream} proto h2
`,
  );
  const child = spawn("haproxy", ["-W", "-q", "-db", "-f", file]);
  return { ...(await running(child, port, folder)), reload: () => void child.kill("SIGUSR2") };
}

/** Passes bytes both ways; after `idleMs` without any it closes both sides, as an L4 load balancer does. */
export async function startRelay(upstream: number, idleMs: number, how: "fin" | "rst"): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(upstream, "127.0.0.1");
    const both = [near, far];
    for (const socket of both) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => {
        sockets.delete(socket);
        for (const other of both) other.destroy();
      });
      // Bytes of either direction count for both.
      socket.on("data", () => both.forEach((one) => one.setTimeout(idleMs)));
    }
    near.setTimeout(idleMs, () => (how === "fin" ? near.end() : near.resetAndDestroy()));
    near.pipe(far).pipe(near);
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  return {
    port: (relay.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      relay.close();
      await once(relay, "close");
    },
  };
}

async function running(child: ChildProcess, port: number, folder: string): Promise<Proxy> {
  const ended = once(child, "close");
  let said = "";
  child.stderr?.on("data", (piece) => (said += String(piece)));
  for (let tries = 0; !(await accepts(port)); tries++) {
    if (tries === 50 || child.exitCode !== null) throw new Error(`${child.spawnfile} does not listen: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    port,
    close: async () => {
      // To the master, which takes its workers with it.
      child.kill("SIGTERM");
      const last = setTimeout(() => child.kill("SIGKILL"), 2_000);
      await ended;
      clearTimeout(last);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
