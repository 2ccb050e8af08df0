/**
 * Reads the records that somebody brings along: the `*.json` of one folder, in the received format or in ours. Owns what a
 * folder, a file or a record that cannot be meant gets: one message with the path, the field and what was expected.
 */

import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { plainLine } from "./plain-line.ts";
import type * as schema from "@holdfast/catalog/schema";
import type { EntryRecord, ReceivedRecord } from "@holdfast/catalog/schema";

export interface BroughtRecord {
  readonly record: ReceivedRecord | EntryRecord;
  /** As the folder was named, with the file; safe to print. */
  readonly path: string;
}

export interface BroughtFolder {
  /** In the order of file names. */
  readonly records: readonly BroughtRecord[];
  /** Files and folders that are no `*.json`. */
  readonly passedOver: number;
}

/** A folder that cannot be used; the message is all that its owner needs. */
export class FolderError extends Error {}

/** A record has a few kilobytes; a file beyond this is something else. */
const maxFileBytes = 4_194_304; // 4 MiB
/** Deeper than any record; whatever prints one goes down as deep as it does. */
const maxDepth = 64;
/** So many problems of one record are told at once. */
const maxProblems = 5;

export async function readFolder(folder: string): Promise<BroughtFolder> {
  const names = listFolder(folder);
  const files = names.filter((name) => name.endsWith(".json") && isFile(path.join(folder, name)));
  const records: BroughtRecord[] = [];
  if (files.length > 0) {
    // Zod takes longer to load than most commands take to run.
    const schemas = await import("@holdfast/catalog/schema");
    const seen = new Map<string, string>();
    for (const name of files) {
      const file = path.join(folder, name);
      const record = checked(file, parsed(file), schemas);
      const first = seen.get(record.id);
      if (first !== undefined) throw new FolderError(`${file}: id: ${record.id} is the id of ${first} too`);
      seen.set(record.id, file);
      records.push({ record, path: plainLine(file) });
    }
  }
  return { records, passedOver: names.length - files.length };
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new FolderError(`${folder}: ${reasonOf(error)}`);
  }
}

/** Follows links. A pipe or a device that is called `x.json` would be waited for. */
function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch (error) {
    throw new FolderError(`${file}: ${reasonOf(error)}`);
  }
}

function parsed(file: string): unknown {
  const bytes = read(file);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new FolderError(`${file}: not UTF-8`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FolderError(`${file}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isDeeper(value, maxDepth)) throw new FolderError(`${file}: nested deeper than ${maxDepth} levels`);
  return value;
}

/** Level by level, because a function that calls itself would overflow where this is meant to warn. */
function isDeeper(value: unknown, levels: number): boolean {
  let held = [value];
  for (let level = 0; level <= levels && held.length > 0; level++) {
    held = held.flatMap((each): unknown[] => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return held.length > 0;
}

function read(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > maxFileBytes) throw new FolderError(`${file}: ${size} bytes; a record may have ${maxFileBytes} at most`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof FolderError) throw error;
    throw new FolderError(`${file}: ${reasonOf(error)}`);
  }
}

/** The value itself, not zod's copy: its fields keep their order. */
function checked(
  file: string,
  value: unknown,
  { receivedRecord, entryRecord }: typeof schema,
): ReceivedRecord | EntryRecord {
  // A record that has what only ours have is drawn like ours, so it must be whole.
  const isLikeOurs = typeof value === "object" && value !== null && "processed" in value && "signatures" in value;
  const result = (isLikeOurs ? entryRecord : receivedRecord).safeParse(value);
  if (result.success) return value as ReceivedRecord | EntryRecord;
  const { issues } = result.error;
  const problems = issues.slice(0, maxProblems).map(({ path: field, message }) => {
    const where = fieldName(field);
    return `${where === "" ? "" : `${where}: `}${message.replace(/^Invalid input: /, "")}`;
  });
  const rest = issues.length - problems.length;
  throw new FolderError(`${file}: ${problems.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`);
}

/** `workarounds[0].action` */
function fieldName(field: readonly PropertyKey[]): string {
  return field.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${part}]`;
    return name === "" ? String(part) : `${name}.${String(part)}`;
  }, "");
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such folder",
  ENOTDIR: "is a file; name the folder that holds it",
  EACCES: "may not be read (permission denied)",
  EPERM: "may not be read (not permitted)",
  ELOOP: "a link that leads to itself",
};

function reasonOf(error: unknown): string {
  const { code = "", message = String(error) } = error as { readonly code?: string; readonly message?: string };
  return reasons[code] ?? message;
}
