/** The options that the commands about entries have in common. */

import { Option } from "commander";

export function languageOption(): Option {
  return new Option("--lang <language>", "language of the answer").choices(["en", "zh"]).default("en");
}

export function ownCatalogOption(): Option {
  return new Option("--catalog <folder>", "read records of your own, the *.json of a folder; they go before ours");
}
