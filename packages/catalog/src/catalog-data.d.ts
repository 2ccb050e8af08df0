/** What the build writes into `dist/data`, as the sources see it (`package.json`, "imports"). */

declare module "#catalog/signatures.js" {
  /** All that matching needs; loaded at start-up, so it is small. */
  export const table: import("./match/signature-table.ts").SignatureTable;
}

declare module "#catalog/records.js" {
  /** Every record, in the order of ids. */
  export const records: readonly import("./record/entry-record.ts").EntryRecord[];
}
