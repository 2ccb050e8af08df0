/** The face `@holdfast/catalog/search`: records by words. The index of our entries is `data/search-index.js`. */

export { createRecordSearch, type RecordHit, type RecordSearch } from "./record-search.ts";
export { emptyIndex, extendIndex, type SearchDocument, type SearchIndex } from "./search-index.ts";
export { searchTexts, type SearchTexts } from "./search-texts.ts";
export { isHan } from "./search-words.ts";
