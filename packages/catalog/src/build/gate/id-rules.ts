/** Gate: ids in code and documents against entries, both ways. */

import type { GateRule } from "./gate-rule.ts";
import { idsOf } from "./graph-rules.ts";

export const idRules: readonly GateRule[] = [
  {
    id: "library-names-unknown-id",
    why: "an error that says `holdfast show <id>` must not send its reader into the void",
    *check({ sources, libraryIds }) {
      const ids = idsOf(sources);
      for (const [id, by] of libraryIds) if (!ids.has(id)) yield `${id} (${by})`;
    },
  },
  {
    id: "text-names-unknown-id",
    why: "an id in a document or a source that no entry has is a misspelling or was renamed",
    *check({ sources, texts }) {
      const ids = new Set([...idsOf(sources), ...sources.entries.flatMap(({ facts }) => facts.aliases)]);
      const domains = new Set([...ids].map((id) => id.slice(0, id.indexOf("/"))));
      for (const [file, text] of texts) {
        for (const [index, line] of text.split("\n").entries()) {
          for (const id of idsNamed(line, domains)) if (!ids.has(id)) yield `${file}:${index + 1}: ${id}`;
        }
      }
    },
  },
];

/** `domain/slug` alone between quotes, or after `show` in a command: paths of files and headers look like ids, too. */
function* idsNamed(line: string, domains: ReadonlySet<string>): Generator<string> {
  const named = /(?:["'`]|\bholdfast show )([a-z0-9-]+)\/([a-z0-9-]+)(?=["'`\s]|$)/g;
  for (const [, domain = "", slug = ""] of line.matchAll(named)) {
    if (domains.has(domain)) yield `${domain}/${slug}`;
  }
}
