export { byteSizeText, parseByteSize } from "./byte-size.ts";
export { durationText, parseDuration } from "./duration.ts";
export { FactFault } from "./fact-fault.ts";
export { targetNamed } from "./parse-hops.ts";
export { type Deploys, type FactHop, type PathFacts, type WritableKind, writableKinds } from "./path-facts.ts";
export { type FactName, type Question, questions } from "./questions-table.ts";
export { readFacts, type TypedFacts } from "./read-facts.ts";
