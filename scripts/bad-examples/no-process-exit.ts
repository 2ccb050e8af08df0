// As packages/holdfast/src/x.ts
export const stop = () => process.exit(1);
