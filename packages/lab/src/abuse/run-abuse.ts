/**
 * Owns one measurement: one abuse of one server in a process of its own, with honest calls beside it. First what an honest
 * call costs, then the attack, then the server's way back to rest.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { createCertificate } from "../peer/certificate.ts";
import type { Abuse } from "./abuses.ts";
import { Attacker, type Bounds } from "./attacker.ts";
import { HonestLoad } from "./honest-load.ts";
import { inWords } from "./told-words.ts";
import { Subject, type SubjectProgram } from "./subject.ts";

export interface AbuseRow {
  readonly abuse: string;
  readonly subject: string;
  /** What the peer was told, in words. */
  readonly told: string;
  readonly connections: number;
  readonly attackBytes: number;
  /** Resident memory of the server: the most during the attack, and what it was before. */
  readonly peakBytes: number;
  readonly restBytes: number;
  /** Processor time of the server, ns. Absent where an attack sends next to nothing. */
  readonly nanosPerAttackByte?: number;
  readonly nanosPerHonestByte: number;
  readonly honestSent: number;
  readonly honestAnswered: number;
  readonly honestSlowestMs: number;
  /** False: the attack has ended the process. */
  readonly survived: boolean;
}

// Enough for the compilers of Node and for pages that are touched once.
const warmUpCalls = 3_000;
const measuredCalls = 3_000;
const paceMs = 700;

const floodBounds: Bounds = { forMs: 2_000, maxBytes: 0x800_0000, maxConnections: 2_000 }; // 128 MiB
const slowBounds: Bounds = { forMs: 4_000, maxBytes: 0x800_0000, maxConnections: 500 }; // 128 MiB

export async function runAbuse(abuse: Abuse, program: SubjectProgram): Promise<AbuseRow> {
  const tls = abuse.isTls === true ? createCertificate() : undefined;
  const handshakeMs = abuse.shortened?.["handshakeMs"];
  await using subject = await Subject.start(program, {
    ...(tls === undefined ? {} : { tls }),
    ...(tls === undefined || handshakeMs === undefined ? {} : { tlsHandshakeMs: handshakeMs }),
    ...(abuse.shortened === undefined ? {} : { limits: abuse.shortened }),
  });
  const ca = tls?.certPem;
  const honest = await HonestLoad.connect({ port: subject.port, ...(ca === undefined ? {} : { ca }) });
  try {
    return await measure(abuse, program, subject, honest, ca);
  } finally {
    honest.close();
  }
}

async function measure(
  abuse: Abuse,
  program: SubjectProgram,
  subject: Subject,
  honest: HonestLoad,
  ca: string | undefined,
): Promise<AbuseRow> {
  await honest.rush(warmUpCalls);
  const honestNanos = await nanosPerByte(subject, honest);
  const pacedMicros = await microsPerPacedCall(subject, honest);
  honest.forget();
  subject.forgetPeak();
  const restBytes = subject.residentBytes();
  const cpuBefore = subject.cpuMicros();
  const attacker = new Attacker(subject.port, ca, abuse.isSlow === true ? slowBounds : floodBounds);
  await honest.pace(abuse.run(attacker).finally(() => attacker.listen()));
  const told = inWords(attacker.told);
  attacker.close();
  await rest(subject);
  const { sent, answered, slowestMs } = honest.count;
  const attackMicros = Math.max(0, subject.cpuMicros() - cpuBefore - answered * pacedMicros);
  const { sentBytes } = attacker;
  return {
    abuse: abuse.name,
    subject: program.name,
    told,
    connections: attacker.told.length,
    attackBytes: sentBytes,
    peakBytes: subject.peakBytes(),
    restBytes,
    ...(abuse.isSlow === true ? {} : { nanosPerAttackByte: (attackMicros * 1_000) / sentBytes }),
    nanosPerHonestByte: honestNanos,
    honestSent: sent,
    honestAnswered: answered,
    honestSlowestMs: slowestMs,
    survived: subject.alive,
  };
}

/** As fast as they are answered: what the attacker's octets are compared with. */
async function nanosPerByte(subject: Subject, honest: HonestLoad): Promise<number> {
  const cpu = subject.cpuMicros();
  const { sentBytes } = honest;
  await honest.rush(measuredCalls);
  return ((subject.cpuMicros() - cpu) * 1_000) / (honest.sentBytes - sentBytes);
}

/** At the pace that goes on beside the attack: to be taken off the attack's bill. */
async function microsPerPacedCall(subject: Subject, honest: HonestLoad): Promise<number> {
  await sleep(200); // collections that the rush has caused
  honest.forget();
  const cpu = subject.cpuMicros();
  await honest.pace(sleep(paceMs));
  return (subject.cpuMicros() - cpu) / honest.count.answered;
}

/** Until what lay in the kernel is worked off: a tenth of a second with almost no work, or 3 s. */
async function rest(subject: Subject): Promise<void> {
  for (let tries = 0; tries < 30; tries++) {
    const cpu = subject.cpuMicros();
    await sleep(100);
    if (subject.cpuMicros() - cpu < 3_000) return; // 3 ms
  }
}
