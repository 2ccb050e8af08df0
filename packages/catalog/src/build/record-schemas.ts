/**
 * JSON Schema (draft 2020-12) of a record: the received format by itself, and ours, which contains it as its base part. Both
 * come from the zod schemas of `record/`; nothing is written by hand.
 */

import { z } from "zod";
import { entryRecord } from "../record/entry-record.ts";
import { receivedRecord } from "../record/received-record.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

const dialect = "https://json-schema.org/draft/2020-12/schema";

export function recordSchemas(): { readonly entry: JsonSchema; readonly received: JsonSchema } {
  // `input` leaves objects open, so that who adds a field of their own does not break ours.
  const { $schema: _entry, ...entry } = z.toJSONSchema(entryRecord, { target: "draft-2020-12", io: "input" });
  const { $schema: _received, ...received } = z.toJSONSchema(receivedRecord, { target: "draft-2020-12", io: "input" });
  return {
    received: { $schema: dialect, title: "Failure record, received format", ...received },
    entry: {
      $schema: dialect,
      title: "Failure record of Holdfast",
      allOf: [{ $ref: "#/$defs/received" }],
      ...entry,
      $defs: { received },
    },
  };
}
