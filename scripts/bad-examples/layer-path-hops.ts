// As packages/path/src/hops/x.ts
import { durationText } from "../facts/duration.ts";

export const x = durationText;
