/** The face `@holdfast/catalog/search`: records by words. */

export { createRecordSearch, type RecordHit, type RecordSearch } from "./record-search.ts";
export { isHan } from "./search-words.ts";
