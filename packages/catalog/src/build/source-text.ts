/** A source as one readable string: what it is and where to find it. */

import type { EntryFacts } from "./entry-source.ts";

type Source = EntryFacts["sources"][string];

export function sourceText(source: Source): string {
  switch (source.kind) {
    case "code": {
      const at = source.commit === undefined ? "" : `@${source.commit}`;
      return `${source.repo} ${source.path}${at}${source.symbol === undefined ? "" : ` (${source.symbol})`}`;
    }
    case "thread": {
      const address = `https://github.com/${source.thread.replace("#", "/issues/")}`;
      return source.state === undefined ? address : `${address} (${source.state})`;
    }
    case "page":
      return `${source.title}${source.section === undefined ? "" : `, ${source.section}`}: ${source.url}`;
    case "run":
      return `Run: ${source.what} (${source.with.join(", ")})`;
  }
}
