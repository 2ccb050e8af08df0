/** What a relay is to do, out of the command line: reads its files, makes its certificate. A mistake goes to `fail`. */

import { isIP } from "node:net";
import { createAuthority, type RelayOptions } from "@holdfast/lab/relay";
import { readTarget } from "../diagnose/read-target.ts";
import { type Fail, readOptionFile, writeOptionFile } from "../option-file.ts";
import { readListen } from "../tap/read-listen.ts";
import type { FaultFlags } from "./fault-command.ts";
import type { ChosenFault } from "./read-fault.ts";

export interface FaultPlan {
  readonly options: RelayOptions;
  /** `shop:50051` */
  readonly to: string;
  /** The authority that clients have to trust, PEM, where it was not saved to a file. */
  readonly caToShow?: string;
}

export function readFaultPlan(flags: FaultFlags, chosen: readonly ChosenFault[], fail: Fail): FaultPlan {
  const listen = readListen(flags.listen);
  if (listen.kind === "mistake") return fail(listen.message);
  if (!isLoopback(listen.host) && flags.anyAddress !== true) {
    return fail(
      `--listen ${flags.listen}: others than this machine could reach it; expected 127.0.0.1, [::1] or localhost, or --any-address`,
    );
  }
  if (flags.to === undefined) return fail("required option '--to <host:port>' not specified");
  const to = readTarget(flags.to, undefined);
  if (to.kind === "mistake") return fail(`--to: ${to.message}`);
  const listenTls = flags.tls === true || flags.listenTls === true;
  const toTls = flags.tls === true || flags.toTls === true || to.scheme === "tls";
  checkTogether(flags, chosen, { listenTls, toTls }, fail);
  const certificate = listenTls ? createAuthority() : undefined;
  if (certificate !== undefined && flags.saveCa !== undefined)
    writeOptionFile("--save-ca", flags.saveCa, certificate.certPem, fail);
  const { serverName, insecure } = flags;
  const caPem = flags.ca === undefined ? undefined : readOptionFile("--ca", flags.ca, fail);
  const tls = {
    ...(serverName === undefined ? {} : { serverName }),
    ...(caPem === undefined ? {} : { caPem }),
    insecure: insecure === true,
  };
  const options: RelayOptions = {
    listen: { host: listen.host, port: listen.port },
    to: { ...to.where, ...(toTls ? { tls } : {}) },
    faults: chosen.map(({ fault }) => fault),
    seed: flags.seed,
    ...(certificate === undefined ? {} : { certificate }),
  };
  const caToShow = flags.saveCa === undefined ? certificate?.certPem : undefined;
  return { options, to: flags.to, ...(caToShow === undefined ? {} : { caToShow }) };
}

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3) and ::1. */
function isLoopback(host: string): boolean {
  if (host === "localhost" || host === "::1") return true;
  return isIP(host) === 4 && host.startsWith("127.");
}

/** Options that would be ignored are mistakes. */
function checkTogether(
  flags: FaultFlags,
  chosen: readonly ChosenFault[],
  { listenTls, toTls }: { readonly listenTls: boolean; readonly toTls: boolean },
  fail: Fail,
): void {
  const ofHandshakes = chosen.find(({ needsTls }) => needsTls);
  if (!listenTls && ofHandshakes !== undefined) fail(`--${ofHandshakes.fault.id} needs --listen-tls or --tls`);
  if (!listenTls && flags.saveCa !== undefined) fail("--save-ca needs --listen-tls or --tls");
  for (const [name, value] of [
    ["--ca", flags.ca],
    ["--server-name", flags.serverName],
    ["--insecure", flags.insecure],
  ] as const) {
    if (!toTls && value !== undefined) fail(`${name} needs --to-tls or --tls`);
  }
}
