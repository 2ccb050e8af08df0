/** `@holdfast/grpc/host`: the contract of a process with its surroundings, and the real one. */

export type * from "./host.ts";
export { nodeHost } from "./node/node-host.ts";
