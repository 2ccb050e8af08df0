/** The face `@holdfast/catalog/schema`: records as zod schemas. Loads zod; nothing that explains at run time needs it. */

export { entryRecord, type EntryRecord } from "./entry-record.ts";
export { measuredFile, type MeasuredClient, type MeasuredFile } from "./measured-file.ts";
export { receivedRecord, type ReceivedRecord } from "./received-record.ts";
export * from "./vocabulary.ts";
