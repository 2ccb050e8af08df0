// @ts-expect-error
export const x: number = "a";
