export const exceptions = {} as const;
