/** The catalog as a site opens it, for tests: a command that would end throws instead. */

import type { CatalogView } from "../src/web/catalog-view.ts";
import { openCatalog } from "../src/web/open-catalog.ts";

/** Default of `folder`: ours alone. */
export function openTestCatalog(folder?: string): Promise<CatalogView> {
  return openCatalog(folder, throwMistake);
}

export function throwMistake(message: string): never {
  throw new Error(message);
}
