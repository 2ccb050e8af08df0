// As packages/catalog/src/record/vocabulary.ts
import { receivedRecord } from "./received-record.ts";

export const x = receivedRecord;
