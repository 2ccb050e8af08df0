// As packages/catalog/src/read/x.ts
import { parse } from "yaml";

export const x = parse("");
