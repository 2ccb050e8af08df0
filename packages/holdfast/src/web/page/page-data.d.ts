/** What the build puts into the page's programs, and what a page with records of somebody's own hands to them. */

declare module "#page/words" {
  export const words: Readonly<Record<import("@holdfast/catalog").Language, import("../answer-words.ts").AnswerWords>>;
}

declare module "#page/search" {
  export const search: {
    readonly index: import("@holdfast/catalog/search").SearchIndex;
    readonly documents: readonly import("../search-page-documents.ts").SearchPageDocument[];
  };
}

/** Set by `own-records.js`. */
declare var holdfastOwnRecords: import("../own-records.ts").OwnRecords | undefined;
/** Set by `own-patterns.js`. */
declare var holdfastCompileForeign: typeof import("@holdfast/catalog/foreign-pattern").compileForeign | undefined;
