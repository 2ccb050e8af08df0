// As packages/lab/src/x.ts
import { demo } from "../../holdfast/src/demo/demo.ts";

export const x = demo;
