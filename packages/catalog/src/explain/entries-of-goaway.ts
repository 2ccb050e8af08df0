/** What a text means that stands as debug data behind the code of a GOAWAY, `GOAWAY: PROTOCOL_ERROR Stream 5 …`. */

import type { Candidate } from "./candidate.ts";
import { entriesOfPhrase } from "./entries-of-phrase.ts";
import type { EntryList } from "./entry-list.ts";

/** No more than this stands between the words and the frame's name: a code and marks. */
const maxBefore = 60;

/**
 * Indexes of entries, likeliest first, of the code: what one's own library would say of a peer is here said by the peer.
 * Empty when no GOAWAY stands in front of the words.
 */
export function entriesOfGoaway({ passage, match }: Candidate, entries: EntryList): readonly number[] {
  const before = passage.text.slice(Math.max(0, match.start - maxBefore), match.start);
  const named = /\bgo_?away\b:? (?:with )?(?:code )?[A-Z][A-Z_\d]{5,24}[:,]? ["']?$/i.exec(before)?.[0];
  return named === undefined ? [] : entriesOfPhrase(named, entries);
}
