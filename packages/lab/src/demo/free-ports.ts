/** Owns the choice of ports that nobody else will take while their backend is away. */

import { createServer } from "node:net";

/**
 * Below the ranges from which kernels give ports to outgoing connections (Linux 32768 to 60999, others from 49152): a
 * client's own socket could take a backend's port while the backend is restarting, or even connect to itself.
 */
const firstPort = 20_000;
const portCount = 10_000;

/** So many ports of 127.0.0.1, free at this moment. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > 100 * count)
      throw new Error(`no ${count} free ports from ${firstPort} to ${firstPort + portCount - 1}`);
    const port = firstPort + Math.floor(Math.random() * portCount);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
