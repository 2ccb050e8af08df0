import { Linter } from "eslint";

export type X = Linter;
