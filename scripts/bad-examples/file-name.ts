// As packages/lab/src/utils.ts
/** Shows a breach. */
export const x = 1;
