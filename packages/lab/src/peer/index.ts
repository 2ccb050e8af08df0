/** `@holdfast/lab/peer`: frames to write and to read for those who script a peer of their own, true or false. */

export * from "./frame.ts";
export * from "./frame-reader.ts";
