/**
 * The options of `listen`, checked before it: an option of TLS that is not understood must never leave a server that is
 * less protected than its user thinks.
 */

import { checkNames, checkNumber } from "../rpc/check-options.ts";
import type { ListenOptions } from "./server.ts";

type Tls = NonNullable<ListenOptions["tls"]>;

const names = ["tls", "backlog"] satisfies (keyof ListenOptions)[];
const tlsNames = ["cert", "key", "ca", "requireClientCert"] satisfies (keyof Tls)[];

/** What `node:tls` and grpc-js call the same things. */
const habits = { ssl: "tls", credentials: "tls" };
const tlsHabits = {
  requestCert: "requireClientCert",
  rejectUnauthorized: "requireClientCert",
  checkClientCertificate: "requireClientCert",
  certChain: "cert",
  privateKey: "key",
  rootCerts: "ca",
};

/** @throws TypeError for an option that is unknown or of the wrong kind, and for TLS without certificate or key. */
export function checkListenOptions(options: ListenOptions): void {
  checkNames("listen option", options, names, habits);
  checkNumber("listen option backlog", options.backlog);
  if (options.tls !== undefined) checkServerTls(options.tls);
}

function checkServerTls(tls: Tls): void {
  checkNames("tls option", tls, tlsNames, tlsHabits);
  const given: Partial<Record<keyof Tls, unknown>> = tls;
  for (const name of ["cert", "key"] as const) {
    if (given[name] === undefined) throw new TypeError(`tls: ${name} is missing; a server needs cert and key`);
  }
  for (const name of ["cert", "key", "ca"] as const) {
    const pem = given[name];
    if (pem === undefined || (typeof pem === "string" && pem !== "")) continue;
    throw new TypeError(`tls option ${name}: expected PEM text, got ${pem === "" ? "nothing" : typeof pem}`);
  }
  const required = given.requireClientCert;
  if (required !== undefined && typeof required !== "boolean")
    throw new TypeError(`tls option requireClientCert: expected true or false, got ${typeof required}`);
}
