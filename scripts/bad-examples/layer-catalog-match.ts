// As packages/catalog/src/match/x.ts
import { x as y } from "../read/x.ts";

export const x = y;
