/** Owns the few octets of RFC 1035 §4 that are needed: one question in, its answer out. Does not own what is answered. */

import type { DnsAnswer } from "./dns-fault.ts";

export interface ReadQuestion {
  readonly id: number;
  /** Lower case. */
  readonly name: string;
  readonly type: number;
  /** As it stood, to be repeated in the answer. */
  readonly octets: Buffer;
}

const headerBytes = 12;
/** QR, RD and RA (RFC 1035 §4.1.1): an answer, recursion was wanted and is to be had. */
const answerFlags = 0x8180;
/** A pointer to octet 12, where the question's name stands (§4.1.4). */
const pointerToQuestion = 0xc00c;

/** Undefined for what is no question with one name. */
export function readQuestion(message: Buffer): ReadQuestion | undefined {
  if (message.byteLength < headerBytes || (message.readUInt16BE(2) & 0x8000) !== 0) return undefined;
  if (message.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  let at = headerBytes;
  for (;;) {
    const length = message[at];
    // Names of questions are not compressed; 63 octets is the longest label.
    if (length === undefined || length > 63) return undefined;
    at++;
    if (length === 0) break;
    labels.push(message.toString("latin1", at, at + length));
    at += length;
  }
  if (at + 4 > message.byteLength) return undefined;
  const octets = Buffer.from(message.subarray(headerBytes, at + 4));
  return { id: message.readUInt16BE(0), name: labels.join(".").toLowerCase(), type: message.readUInt16BE(at), octets };
}

export function writeAnswer(
  question: ReadQuestion,
  answer: Exclude<DnsAnswer, { kind: "silence" }>,
  ttlSeconds: number,
): Buffer {
  const addresses = answer.kind === "addresses" ? answer.addresses : [];
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16BE(question.id, 0);
  header.writeUInt16BE(answerFlags | (answer.kind === "error" ? answer.rcode : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(addresses.length, 6);
  return Buffer.concat([header, question.octets, ...addresses.map((address) => addressRecord(address, ttlSeconds))]);
}

/** §4.1.3 with type A. */
function addressRecord(address: string, ttlSeconds: number): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt16BE(pointerToQuestion, 0);
  record.writeUInt16BE(1, 2); // A
  record.writeUInt16BE(1, 4); // IN
  record.writeUInt32BE(ttlSeconds, 6);
  record.writeUInt16BE(4, 10);
  address.split(".").forEach((part, at) => (record[12 + at] = Number(part)));
  return record;
}
