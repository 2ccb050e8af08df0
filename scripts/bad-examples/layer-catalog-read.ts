// As packages/catalog/src/read/x.ts
import { explain } from "../explain/explain.ts";

export const x = explain;
