/** Collects what `holdfast diagnose` was given, lets the probe look, and shows each step as it ends. */

import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { foldText } from "@holdfast/catalog/fold-text";
import {
  diagnose,
  type Diagnosis,
  diagnosisHtml,
  diagnosisJson,
  headText,
  type ProbeTarget,
  stepText,
  summaryText,
  type TextScreen,
  type WireOptions,
} from "@holdfast/probe";
import { called } from "../called.ts";
import { screen } from "../catalog/screen.ts";
import { exitStatus } from "../exit-status.ts";
import { writeOut } from "../explain/write-out.ts";
import type { DiagnoseFlags } from "./diagnose-command.ts";
import { createProgress } from "./progress.ts";
import { readResolve, readTarget } from "./read-target.ts";

/** `fail` prints a mistake and does not return. */
export async function runDiagnose(
  target: string,
  port: string | undefined,
  flags: DiagnoseFlags,
  fail: (message: string) => never,
): Promise<number> {
  const wanted = targetFrom(target, port, flags, fail);
  if (flags.report !== undefined) claimReport(flags.report, fail);
  const look = textScreen();
  const isText = flags.json !== true;
  const progress = createProgress(process.stderr);
  if (isText) await writeOut(`${headText(wanted, look)}\n`);
  const written: Promise<void>[] = [];
  let reached: WireOptions | undefined;
  const looked = await diagnose(wanted, {
    onReached: (options) => (reached = options),
    onBegin: (step, number) => progress.begin(`${number} ${step.title}`),
    onResult: (result, number) => {
      progress.end();
      if (isText) written.push(writeOut(`${stepText(result, number, look)}\n`));
    },
  });
  await Promise.all(written);
  const diagnosis = await measured(looked, reached, flags, look);
  await writeOut(isText ? summaryText(diagnosis, look) : diagnosisJson(diagnosis));
  if (flags.report !== undefined) writeReport(flags.report, diagnosis, fail);
  return diagnosis.verdict === "well" ? exitStatus.fine : exitStatus.wrong;
}

/** Measuring is loaded only when it is asked for. */
async function measured(
  looked: Diagnosis,
  reached: WireOptions | undefined,
  flags: DiagnoseFlags,
  look: TextScreen,
): Promise<Diagnosis> {
  if (flags.measure === undefined && flags.watch !== true) return looked;
  const { measureToo } = await import("./measure-run.ts");
  return measureToo(looked, reached, flags, { look, isText: flags.json !== true, service: flags.service ?? "" });
}

function textScreen(): TextScreen {
  const { columns, paint } = screen();
  return { columns, paint, fold: foldText, called: called() };
}

function targetFrom(
  target: string,
  port: string | undefined,
  flags: DiagnoseFlags,
  fail: (message: string) => never,
): ProbeTarget {
  const read = readTarget(target, port);
  if (read.kind === "mistake") return fail(read.message);
  const { where, scheme } = read;
  const resolved = flags.resolve === undefined ? undefined : readResolve(flags.resolve, where);
  if (resolved !== undefined && "mistake" in resolved) return fail(resolved.mistake);
  if ((flags.cert === undefined) !== (flags.key === undefined)) return fail("--cert and --key belong together");
  if (flags.authority !== undefined && !/^[\x21-\x7e]+$/.test(flags.authority)) {
    return fail("--authority: expected a name without spaces, such as shop.example.org");
  }
  const ca = pem("--ca", flags.ca, fail, (text) => new X509Certificate(text));
  const cert = pem("--cert", flags.cert, fail, (text) => new X509Certificate(text));
  const key = pem("--key", flags.key, fail, (text) => createPrivateKey(text));
  const wantsTls = flags.tls === true || ca !== undefined || cert !== undefined || scheme === "tls";
  return {
    ...where,
    service: flags.service ?? "",
    answerMs: flags.timeout,
    security: flags.insecure === true ? "plain" : wantsTls ? "tls" : (scheme ?? "auto"),
    ...(resolved === undefined ? {} : { resolve: resolved.address }),
    ...(flags.authority === undefined ? {} : { authority: flags.authority }),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

/** A PEM file that OpenSSL can read. */
function pem(
  option: string,
  file: string | undefined,
  fail: (message: string) => never,
  read: (text: string) => unknown,
): string | undefined {
  if (file === undefined) return undefined;
  try {
    const text = readFileSync(file, "utf8");
    read(text);
    return text;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail(`${option} ${file}: ${/ENOENT|EISDIR|EACCES/.test(why) ? why : `not in PEM, or damaged (${why})`}`);
  }
}

/** Before anything is looked at: who waited for a report wants to have it. */
function claimReport(file: string, fail: (message: string) => never): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    fail(`--report ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function writeReport(file: string, diagnosis: Diagnosis, fail: (message: string) => never): void {
  try {
    writeFileSync(file, diagnosisHtml(diagnosis));
    process.stderr.write(`holdfast diagnose: the report is in ${file}\n`);
  } catch (error) {
    fail(`--report ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
