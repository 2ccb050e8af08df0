// As packages/catalog/src/match/x.ts
import { z } from "zod";

export const x = z.string();
