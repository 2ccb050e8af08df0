/** The ids of the catalog's entries, out of the table that its build writes as plain JavaScript. */

declare module "@holdfast/catalog/data/signatures.js" {
  export const table: {
    readonly entries: readonly { readonly id: string; readonly aliases: readonly string[] }[];
  };
}
