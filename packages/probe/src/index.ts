/** `@holdfast/probe`: looks at a gRPC server from outside and says what it found. Knows the catalog's ids as plain strings. */

export * from "./report/index.ts";
export * from "./steps/index.ts";
export * from "./wire/index.ts";
