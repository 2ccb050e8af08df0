/**
 * Compiles, in the browser, the expressions of records that somebody brought along. Only pages of a site with such records
 * load it, because its engine (RE2's, in linear time) is as large as it is rarely needed.
 */

import { compileForeign } from "@holdfast/catalog/foreign-pattern";

globalThis.holdfastCompileForeign = compileForeign;
