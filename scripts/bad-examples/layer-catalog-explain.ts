// As packages/catalog/src/explain/x.ts
import { entryRecord } from "../record/entry-record.ts";

export const x = entryRecord;
