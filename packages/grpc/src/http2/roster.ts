/**
 * Who is there: members come and go for ever, and now and then somebody walks over all of them. In place of a `Set`, whose
 * old tables keep members alive that left long ago: `StreamTable` tells how. Each member knows its place, so leaving
 * costs one move; the order is nobody's business.
 */
export class Roster<T extends RosterMember> {
  #members: T[] = nobody;

  get size(): number {
    return this.#members.length;
  }

  add(member: T): void {
    // `push` into an empty array makes room for 17: most connections never have a second call at a time.
    if (this.#members === nobody) {
      member.rosterPlace = 0;
      this.#members = [member];
    } else member.rosterPlace = this.#members.push(member) - 1;
  }

  /** Nothing happens if it is not there. */
  delete(member: T): void {
    const place = member.rosterPlace;
    if (place < 0) return;
    member.rosterPlace = -1;
    const last = this.#members.pop() as T;
    if (last === member) return;
    this.#members[place] = last;
    last.rosterPlace = place;
  }

  /** A list that stays as it is when members come and go. */
  all(): T[] {
    return [...this.#members];
  }
}

/** Of all rosters that nobody ever came to; nothing is written to it. */
const nobody: never[] = [];

export interface RosterMember {
  /** Kept by the one roster that it is in; -1 while it is in none. */
  rosterPlace: number;
}
