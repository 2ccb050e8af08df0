export const total = sum([1, 2]);
