// As packages/catalog/src/search/x.ts
import { loadMatcher } from "../match/matcher.ts";

export const x = loadMatcher;
