/** What a tap is to do, out of the command line: reads its files, makes its certificate. A mistake goes to `fail`. */

import { createPrivateKey, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { TapOptions } from "@holdfast/probe/tap";
import { readTarget } from "../diagnose/read-target.ts";
import { type Fail, readOptionFile, reasonOf, writeOptionFile } from "../option-file.ts";
import { readListen } from "./read-listen.ts";
import type { TapFlags } from "./tap-command.ts";

export interface TapPlan {
  readonly options: TapOptions;
  /** The authority that clients have to trust, PEM, where one was made and not saved to a file. */
  readonly caToShow?: string;
}

export async function readTapPlan(flags: TapFlags, fail: Fail): Promise<TapPlan> {
  const listen = readListen(flags.listen);
  if (listen.kind === "mistake") return fail(listen.message);
  const to = readTarget(flags.to, undefined);
  if (to.kind === "mistake") return fail(`--to: ${to.message}`);
  const listenTls = flags.tls === true || flags.listenTls === true;
  const toTls = flags.tls === true || flags.toTls === true || to.scheme === "tls";
  checkTogether(flags, listenTls, toTls, fail);
  const shown = listenTls ? await certificateFor(flags, [listen.host, to.where.host], fail) : undefined;
  const ca = flags.ca === undefined ? undefined : readPem("--ca", flags.ca, fail);
  const serverName = flags.serverName ?? to.where.host;
  const options: TapOptions = {
    listen: { kind: "tcp", host: listen.host, port: listen.port },
    to: to.where,
    maxConnections: flags.maxConnections,
    ...(shown === undefined ? {} : { listenTls: shown.pair }),
    ...(toTls ? { toTls: { serverName, insecure: flags.insecure === true, ...(ca === undefined ? {} : { ca }) } } : {}),
  };
  return { options, ...(shown?.caToShow === undefined ? {} : { caToShow: shown.caToShow }) };
}

/** Options that would be ignored are mistakes. */
function checkTogether(flags: TapFlags, listenTls: boolean, toTls: boolean, fail: Fail): void {
  const { cert, key, saveCa, ca, serverName, insecure } = flags;
  if ((cert === undefined) !== (key === undefined)) fail("--cert and --key go together");
  if (cert !== undefined && saveCa !== undefined) fail("--save-ca: with --cert no authority is made");
  if (!listenTls && (cert !== undefined || saveCa !== undefined)) {
    fail(`${cert === undefined ? "--save-ca" : "--cert"} needs --listen-tls or --tls`);
  }
  const needsTls = ca !== undefined ? "--ca" : serverName !== undefined ? "--server-name" : "--insecure";
  if (!toTls && (ca !== undefined || serverName !== undefined || insecure === true)) {
    fail(`${needsTls} needs --to-tls or --tls`);
  }
  if (serverName !== undefined && (serverName === "" || /[^\w.:-]/.test(serverName))) {
    fail(`--server-name ${JSON.stringify(serverName)}: expected a name such as shop.example.org`);
  }
}

interface ShownCertificate {
  readonly pair: { readonly cert: string; readonly key: string };
  readonly caToShow?: string;
}

async function certificateFor(flags: TapFlags, hosts: readonly string[], fail: Fail): Promise<ShownCertificate> {
  const { cert, key, saveCa } = flags;
  if (cert !== undefined && key !== undefined) return { pair: readPair(cert, key, fail) };
  const { createTapCertificate } = await import("@holdfast/probe/tap-certificate");
  const usual = ["localhost", "127.0.0.1", "::1"];
  const names = [...usual, ...hosts, ...(flags.serverName === undefined ? [] : [flags.serverName])];
  const { caPem, certPem, keyPem } = await createTapCertificate(names.filter(isNamed), Date.now());
  const pair = { cert: certPem, key: keyPem };
  if (saveCa === undefined) return { pair, caToShow: caPem };
  writeOptionFile("--save-ca", saveCa, `${caPem.trimEnd()}\n`, fail);
  return { pair };
}

/** A certificate holds ASCII; "every address" is no name that anybody asks for. */
function isNamed(name: string): boolean {
  return isIP(name) !== 0 ? name !== "0.0.0.0" && name !== "::" : /^[\w.-]+$/.test(name);
}

function readPair(certFile: string, keyFile: string, fail: Fail): { cert: string; key: string } {
  const cert = readPem("--cert", certFile, fail);
  const key = readOptionFile("--key", keyFile, fail);
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) fail("--key is not the key of --cert");
  } catch (error) {
    fail(`--key: ${reasonOf(error)}`);
  }
  return { cert, key };
}

function readPem(option: string, file: string, fail: Fail): string {
  const text = readOptionFile(option, file, fail);
  try {
    new X509Certificate(text);
  } catch {
    fail(`${option}: there is no certificate in ${file}; expected PEM`);
  }
  return text;
}
