export const same = (a: number, b: number) => a == b;
