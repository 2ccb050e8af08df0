// As packages/catalog/src/index.ts
export { entryRecord } from "./record/entry-record.ts";
