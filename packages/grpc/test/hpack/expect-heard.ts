/** Owns the judgement of a differential test: what was heard is what was said, and if not, whose header came instead. */
import { expect } from "vitest";
import type { HeaderList } from "../../src/http2/header-list.ts";
import type { Story } from "./story.ts";

/** Fails at the first list that is not the one that was sent, and names the call that a foreign header belongs to. */
export function expectHeard(
  reader: string,
  stories: readonly Story[],
  heard: readonly (readonly (HeaderList | undefined)[])[],
): void {
  stories.forEach(({ name, cases }, story) => {
    cases.forEach(({ list }, at) => {
      const said = heard[story]?.[at];
      if (same(said, list)) return;
      const foreign = fieldsOf(said ?? []).filter((field) => !fieldsOf(list).includes(field));
      const owners = foreign.map((field) => `${field} of ${ownerOf(field, stories) ?? "no call"}`);
      expect(said, `${reader}: ${name}, block ${at}; ${owners.join("; ") || "nothing foreign"}`).toEqual(list);
    });
    expect(heard[story]?.length, `${reader}: blocks of ${name}`).toBe(cases.length);
  });
}

function same(a: HeaderList | undefined, b: HeaderList): boolean {
  return a?.length === b.length && b.every((item, i) => item === a[i]);
}

function fieldsOf(list: HeaderList): string[] {
  return list.flatMap((item, i) => (i % 2 === 0 ? [`${item}: ${list[i + 1]}`] : []));
}

function ownerOf(field: string, stories: readonly Story[]): string | undefined {
  for (const { name, cases } of stories) {
    const at = cases.findIndex(({ list }) => fieldsOf(list).includes(field));
    if (at >= 0) return `block ${at} of ${name}`;
  }
  return undefined;
}
