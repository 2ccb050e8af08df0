/** nginx and HAProxy in front of a server, each in a folder that is thrown away. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Proxy {
  readonly port: number;
  close(): Promise<void>;
}

/** gRPC from the front, over HTTP/2 in plain text, to the back likewise. */
export async function startNginx(upstreamPort: number): Promise<Proxy> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "holdfast-nginx-"));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const text = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 64; }
http { access_log off; ${temporary.join(" ")}
  server { listen 127.0.0.1:${port} http2; location / { grpc_pass grpc://127.0.0.1:${upstreamPort}; } } }`;
  writeFileSync(join(folder, "nginx.conf"), text);
  return started(
    folder,
    port,
    "nginx",
    "-p",
    folder,
    "-c",
    join(folder, "nginx.conf"),
    "-e",
    join(folder, "error.log"),
  );
}

export async function startHaproxy(upstreamPort: number): Promise<Proxy> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "holdfast-haproxy-"));
  const text = `defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
frontend front
  bind 127.0.0.1:${port} proto h2
  default_backend back
backend back
  server one 127.0.0.1:${upstreamPort} proto h2
`;
  writeFileSync(join(folder, "haproxy.cfg"), text);
  return started(folder, port, "haproxy", "-db", "-q", "-f", join(folder, "haproxy.cfg"));
}

async function started(folder: string, port: number, program: string, ...args: readonly string[]): Promise<Proxy> {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "close");
  const close = async (): Promise<void> => {
    child.kill("SIGTERM");
    const last = setTimeout(() => child.kill("SIGKILL"), 2_000);
    await ended;
    clearTimeout(last);
    rmSync(folder, { recursive: true, force: true });
  };
  // A proxy that cannot start ends at once.
  for (let left = 100; left > 0 && child.exitCode === null; left--) {
    if (await accepts(port)) return { port, close };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await close();
  throw new Error(`${program} did not listen on ${port}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Somebody may take it in between; then the proxy does not start, and says so. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
