/** What stands in front of a server: nginx and HAProxy with their timeouts shortened, and a relay that knows no HTTP/2. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

/** Default 75 s. */
const nginxIdleS = 3;
/** There is no default: HAProxy warns until it is set. */
const haproxyIdleMs = 3_000;

export function isHere(program: string, ...args: readonly string[]): boolean {
  const here = spawnSync(program, args, { stdio: "ignore" }).status === 0;
  if (!here && process.env["HOLDFAST_PEERS"] === "required") throw new Error(`${program} is required, and not here`);
  if (!here) console.log(`skipped: ${program} is not here`);
  return here;
}

export async function startNginx(upstream: number): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-nginx-"));
  const port = await freePort();
  const file = join(folder, "nginx.conf");
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
     events { worker_connections 256; }
     http {
       access_log off; ${paths.join(" ")}
       keepalive_timeout ${nginxIdleS}s; client_header_timeout ${nginxIdleS}s;
       server { listen 127.0.0.1:${port} http2; location / { grpc_pass grpc://127.0.0.1:${upstream}; } }
     }`,
  );
  return running(spawn("nginx", ["-p", folder, "-e", join(folder, "error.log"), "-c", file]), port, folder);
}

export async function startHaproxy(upstream: number): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-haproxy-"));
  const port = await freePort();
  const file = join(folder, "haproxy.cfg");
  writeFileSync(
    file,
    `defaults
  mode http
  timeout connect 1s
  timeout client ${haproxyIdleMs}ms
  timeout server ${haproxyIdleMs}ms
frontend front
  bind 127.0.0.1:${port} proto h2
  default_backend back
backend back
  server one 127.0.0.1:${upstream} proto h2
`,
  );
  return running(spawn("haproxy", ["-q", "-db", "-f", file]), port, folder);
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
      child.kill("SIGKILL");
      await ended;
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
