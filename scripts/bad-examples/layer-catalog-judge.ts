// As packages/catalog/src/build/judge/x.ts
import { loadMatcher } from "../../match/matcher.ts";

export const x = loadMatcher;
