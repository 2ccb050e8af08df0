// As packages/catalog/src/build/x.ts
import { explain } from "../explain/explain.ts";

export const x = explain;
