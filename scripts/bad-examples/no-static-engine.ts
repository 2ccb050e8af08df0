// As packages/catalog/src/match/x.ts
import { RE2JS } from "re2js";

export const x = RE2JS.compile("x");
