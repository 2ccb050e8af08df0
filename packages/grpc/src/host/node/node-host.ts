/** The host of a real process. Owns nothing: each duty is a file beside it. */

import type { Host } from "../host.ts";
import { nodeTimer } from "./clock.ts";
import { nodeConnect } from "./connect.ts";
import { defer } from "./defer.ts";
import { nodeListen } from "./listener.ts";
import { nodeLookup } from "./lookup.ts";
import { nodeCompress, nodeDecompress } from "./zip.ts";

/** This process as a `Host`: its clocks, its sockets, its signals, its standard error. One serves all. */
export function nodeHost(): Host {
  return host;
}

const host: Host = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  timer: (delayMs, fire, options) => nodeTimer(delayMs, fire, options?.background === true),
  defer,
  random: () => Math.random(),
  lookup: nodeLookup,
  connect: nodeConnect,
  listen: nodeListen,
  onSignal(name, heard) {
    const listener = (): void => heard();
    process.on(name, listener);
    return () => process.off(name, listener);
  },
  env: (name) => process.env[name],
  log: (line) => process.stderr.write(`${line}\n`),
  compress: nodeCompress,
  decompress: nodeDecompress,
};
