/** The names of flags and settings by their numbers, RFC 9113 §6. Those of types and error codes are the engine's. */

import { settingId } from "../http2/settings.ts";

type FlagTable = readonly (readonly [bit: number, name: string])[];

const endStream = [0x1, "END_STREAM"] as const;
const endHeaders = [0x4, "END_HEADERS"] as const;
const padded = [0x8, "PADDED"] as const;
const ack = [0x1, "ACK"] as const;

/** By type. */
const flagTables: Readonly<Record<number, FlagTable>> = {
  0x0: [endStream, padded],
  0x1: [endStream, endHeaders, padded, [0x20, "PRIORITY"]],
  0x4: [ack],
  0x5: [endHeaders, padded],
  0x6: [ack],
  0x9: [endHeaders],
};

/** `["END_STREAM", "END_HEADERS"]` for 5 on HEADERS. What no name has is there as `0x40`, so that nothing is hidden. */
export function flagNames(type: number, flags: number): string[] {
  const names: string[] = [];
  let rest = flags;
  for (const [bit, name] of flagTables[type] ?? []) {
    if ((flags & bit) === 0) continue;
    names.push(name);
    rest &= ~bit;
  }
  if (rest !== 0) names.push(`0x${rest.toString(16)}`);
  return names;
}

const settingNames = new Map<number, string>([
  ...Object.entries(settingId).map(([name, id]): [number, string] => [id, name]),
  [0x8, "ENABLE_CONNECT_PROTOCOL"], // RFC 8441 §3
  [0x9, "NO_RFC7540_PRIORITIES"], // RFC 9218 §2.1
  [0xfe03, "GRPC_ALLOW_TRUE_BINARY_METADATA"], // gRFC G1; sent by gRPC C core
]);

/** `MAX_CONCURRENT_STREAMS` for 3. */
export function settingName(id: number): string {
  return settingNames.get(id) ?? `0x${id.toString(16)}`;
}
