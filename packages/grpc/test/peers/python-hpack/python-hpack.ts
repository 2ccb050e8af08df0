/** Owns the talk with `peer.py`: whole stories are read or told by Python's hpack in one run of it. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { HeaderList } from "../../../src/http2/header-list.ts";
import { mixed, type Story, type Turn } from "../../hpack/story.ts";

/** Debian's own, whose package python3-hpack reaches no other Python. */
export const python = process.env["HOLDFAST_PYTHON"] ?? "/usr/bin/python3";

const peer = fileURLToPath(new URL("peer.py", import.meta.url));

type Question = readonly [connection: number, verb: "size" | "block" | "list", ...rest: readonly unknown[]];

/** What Python's decoder made of each block, the stories read at once in the order of `mixed`. */
export function heardByPython(stories: readonly Story[], seed: number): (HeaderList | undefined)[][] {
  const heard = converse(stories, seed, ({ block }) => ["block", Buffer.from(block).toString("hex")]);
  return heard.map((lists) => lists.map((list) => (list === null ? undefined : (list as string[]))));
}

/** The stories with blocks by Python's encoder. */
export function toldByPython(stories: readonly Story<Turn>[], seed: number, huffman: boolean): Story[] {
  const blocks = converse(stories, seed, ({ list }) => ["list", list, huffman]);
  return stories.map(({ name, maxTableSize, cases }, i) => ({
    name: `${name}, told by Python ${huffman ? "with" : "without"} Huffman code`,
    maxTableSize,
    cases: cases.map((turn, at) => ({ ...turn, block: Buffer.from(blocks[i]?.[at] as string, "hex") })),
  }));
}

/** Asks for every place of every story; the answers by story. */
function converse<T extends Turn>(
  stories: readonly Story<T>[],
  seed: number,
  ask: (turn: T) => readonly [verb: "block" | "list", ...rest: readonly unknown[]],
): unknown[][] {
  const questions: Question[] = stories.map(({ maxTableSize }, i) => [i, "size", maxTableSize]);
  const places = mixed(stories, seed);
  for (const { story, at } of places) {
    const turn = stories[story]?.cases[at] as T;
    for (const bytes of turn.tableSizes) questions.push([story, "size", bytes]);
    questions.push([story, ...ask(turn)]);
  }
  const input = questions.map((question) => `${asciiJson(question)}\n`).join("");
  const { status, stdout, stderr, error } = spawnSync(python, [peer], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28, // 256 MiB: far above all stories of others at once
    timeout: 120_000, // far above what a slow machine takes for them; ends a hang
  });
  if (status !== 0) throw new Error(`peer.py ended with ${status}: ${error?.message ?? stderr}`);
  const answers = stdout.trimEnd().split("\n");
  const byStory = stories.map((): unknown[] => []);
  places.forEach(({ story }, i) => byStory[story]?.push(JSON.parse(answers[i] ?? "null")));
  return byStory;
}

/** Nothing but ASCII, so that no locale of Python's comes between. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
