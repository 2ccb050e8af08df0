// As packages/catalog/src/render/x.ts
import { explain } from "../explain/explain.ts";

export const x = explain;
