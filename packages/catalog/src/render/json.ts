/** A record as JSON: fields in the order in which they came, two blanks a level, a line feed at the end. */

import type { EntryRecord } from "../record/entry-record.ts";
import type { ReceivedRecord } from "../record/received-record.ts";

export function recordJson(record: ReceivedRecord | EntryRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}
