/**
 * Lint asks about meaning; the looks are prettier's. About a dozen rules of others that each caught something real, and our
 * own on layers (`scripts/lint`). Every rule here has a bad example in `scripts/bad-examples` that a test feeds to it.
 */
import tseslint from "typescript-eslint";
import { layerConfig } from "./scripts/lint/plugin.mjs";

/** Files that are one table each; a table does not get clearer in two halves. */
const tables = ["packages/grpc/src/http2/hpack/huffman-table.ts", "packages/grpc/src/http2/hpack/static-table.ts"];

/** What `scripts/rules.test.mjs` expects a bad example of: every rule of others that is on. */
export const generalRules = {
  eqeqeq: "error",
  "no-restricted-syntax": [
    "error",
    { selector: "TSEnumDeclaration", message: "A union of strings says the same and erases to nothing." },
    { selector: "TSParameterProperty", message: "Declare the field: the code must erase to plain JavaScript." },
  ],
  "@typescript-eslint/await-thenable": "error",
  "@typescript-eslint/ban-ts-comment": "error",
  "@typescript-eslint/consistent-type-imports": "error",
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": "error",
  "@typescript-eslint/only-throw-error": "error",
  "@typescript-eslint/prefer-promise-reject-errors": "error",
  "@typescript-eslint/switch-exhaustiveness-check": "error",
  "@typescript-eslint/use-unknown-in-catch-callback-variable": "error",
};

/** For plain JavaScript, where no compiler looks. */
export const scriptRules = {
  "no-undef": "error",
  "no-unused-vars": ["error", { varsIgnorePattern: "^_$", caughtErrors: "none" }],
};

/** The globals of Node that scripts use; what is missing here is asked for when it is needed. */
const scriptGlobals = ["AbortController", "Buffer", "URL", "clearTimeout", "console", "process", "setTimeout"];

export default tseslint.config(
  { ignores: ["**/dist/", "**/node_modules/", ".holdfast/", "coverage/", "scripts/bad-examples/", "bench/limit/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: "tsconfig.check.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: generalRules,
  },
  {
    // `declare module` blocks take no import statements; `import()` is how they name a type.
    files: ["**/*.d.ts"],
    rules: { "@typescript-eslint/consistent-type-imports": ["error", { disallowTypeAnnotations: false }] },
  },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: Object.fromEntries(scriptGlobals.map((name) => [name, "readonly"])) },
    rules: scriptRules,
  },
  {
    files: ["**/*.{ts,js,mjs}"],
    ignores: tables,
    rules: { "max-lines": ["error", { max: 400, skipBlankLines: false, skipComments: false }] },
  },
  {
    files: ["**/*.ts"],
    ignores: ["**/*.{test,contract}.ts", "packages/*/test/**"],
    rules: { "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  layerConfig,
);
