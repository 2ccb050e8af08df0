// As packages/catalog/src/record/x.ts
import { compileTemplate } from "../match/template.ts";

export const x = compileTemplate;
