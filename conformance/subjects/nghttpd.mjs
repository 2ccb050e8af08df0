/** nghttpd, the server of nghttp2, with files in place of a handler. It answers before a request's body has come. */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { octetsOf } from "./octets.mjs";

/** The files that the cases ask for. */
const lengths = [1, 5, 10, 100, 20_000, 100_000, 200_000];

export function hasNghttpd() {
  return spawnSync("nghttpd", ["--version"], { stdio: "ignore" }).status === 0;
}

export async function startNghttpd() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "holdfast-conformance-"));
  fs.mkdirSync(path.join(folder, "octets"));
  for (const file of ["index.html", "unread", "any"]) fs.writeFileSync(path.join(folder, file), octetsOf("/"));
  for (const length of lengths)
    fs.writeFileSync(path.join(folder, "octets", String(length)), octetsOf(`/octets/${length}`));
  const port = await freePort();
  const child = spawn("nghttpd", ["--no-tls", "-a", "127.0.0.1", "-d", folder, String(port)], { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    fs.rmSync(folder, { recursive: true });
  };
  process.once("exit", () => child.kill("SIGKILL"));
  await listening(port);
  return { port, stop };
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves when somebody accepts on the port; 100 tries of 20 ms are far more than it needs. */
async function listening(port) {
  for (let tries = 0; tries < 100; tries++) {
    const up = await new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1");
      socket.once("connect", () => (socket.destroy(), resolve(true)));
      socket.once("error", () => resolve(false));
    });
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("nghttpd does not listen");
}
