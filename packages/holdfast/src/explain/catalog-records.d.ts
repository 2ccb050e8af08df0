/** The catalog's compiled records, which its build writes as plain JavaScript. */

declare module "@holdfast/catalog/data/records.js" {
  export const records: readonly import("@holdfast/catalog").EntryRecord[];
}
