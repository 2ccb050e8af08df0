export const fail = () => Promise.reject("a string has no stack");
