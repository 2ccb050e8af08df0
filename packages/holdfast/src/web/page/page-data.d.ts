/** What the build puts into the page's programs: made from the records, so that they need not travel whole. */

declare module "#page/words" {
  export const words: Readonly<Record<import("@holdfast/catalog").Language, import("../answer-words.ts").AnswerWords>>;
}

declare module "#page/documents" {
  export const documents: readonly import("../search-entries.ts").SearchDocument[];
}
