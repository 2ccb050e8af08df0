/** What the catalog's build writes as plain JavaScript: the ids of its entries, out of its table, and the index of its search. */

declare module "@holdfast/catalog/data/signatures.js" {
  export const table: {
    readonly entries: readonly { readonly id: string; readonly aliases: readonly string[] }[];
  };
}

declare module "@holdfast/catalog/data/search-index.js" {
  export const index: import("@holdfast/catalog/search").SearchIndex;
}
