/** A catalog of two entries and one question that nothing is wrong with; tests break it in one place at a time. */

import type { SourceFiles } from "../../src/build/read-sources.ts";

const facts = `category: network_error
subcategory: null
root_cause_type: peer_leaves
error_code: UNAVAILABLE
resolvable: true
cause: { origin: observed, sources: [lab] }
processed: { answer: maybe, origin: documented, sources: [rfc] }
wire:
  - { from: client, to: server, frame: HEADERS }
workarounds:
  - { id: again, origin: observed, sources: [lab] }
dead_ends:
  - { id: wait, origin: unverified, sources: [] }
leads_to: []
preceded_by: []
confused_with: []
common_causes: []
os_specific: {}
official_doc: null
sources:
  lab: { kind: run, what: a peer leaves, with: [grpc-js 1.0.0] }
  rfc: { kind: page, url: "https://www.rfc-editor.org/rfc/rfc9113.html", title: RFC 9113, section: "8.7" }
first_seen: 2026-01-02
last_confirmed: 2026-01-02
last_updated: 2026-01-02
tags: []
aliases: []
`;

const en = (title: string) => `title: ${title}
happened: The peer left.
closed_by: The peer.
again: It may have run.
cause: It said it would.
workarounds:
  again: { action: Send it again., how: Twice., condition: Once only. }
dead_ends:
  wait: { action: Waiting., why: Nothing comes. }
be_sure:
  - { say: "Look:", run: tshark }
`;

const zh = (title: string) => `title: ${title}
happened: 对端离开了。
closed_by: 对端。
again: 可能已经执行。
cause: 它事先说过。
workarounds:
  again: { action: 再发一次。, how: 两次。, condition: 只有一次。 }
dead_ends:
  wait: { action: 等待。, why: 什么也不会来。 }
be_sure:
  - { say: "查看：", run: tshark }
`;

const signatures = (text: string) => `- implementation: grpc-js
  code: UNAVAILABLE
  text: "${text}"
  example: "Error: 14 UNAVAILABLE: ${text.replace("{int}", "7")}"
  versions: ["1.0.0"]
  origin: observed
  sources: [lab]
`;

const question = `asks: { en: Did it?, zh: 是吗？ }
look: { en: See., zh: 看。 }
answers:
  "yes": { en: It did., zh: 是。, fits: [tcp/one] }
  "no": { en: It did not., zh: 不是。, fits: [tcp/two] }
`;

const files: Readonly<Record<string, string>> = {
  "entries/tcp/one/entry.yaml": facts.replace("confused_with: []", "confused_with: [tcp/two]"),
  "entries/tcp/one/en.yaml": en("One happened"),
  "entries/tcp/one/zh.yaml": zh("第一种"),
  "entries/tcp/one/signatures.yaml": signatures("Stream {int} was lost"),
  "entries/tcp/two/entry.yaml": facts.replace("preceded_by: []", "preceded_by: [tcp/one]"),
  "entries/tcp/two/en.yaml": en("Two happened"),
  "entries/tcp/two/zh.yaml": zh("第二种"),
  "entries/tcp/two/signatures.yaml": signatures("Peer has left"),
  "questions/did-it.yaml": question,
};

/** The files, with `find` in one of them replaced; a `find` that is not there would test nothing, so it throws. */
export function sampleFiles(file?: string, find?: string, replace = ""): SourceFiles {
  const changed = new Map(Object.entries(files));
  if (file === undefined || find === undefined) return changed;
  const text = changed.get(file);
  if (text?.includes(find) !== true) throw new RangeError(`${file} does not hold ${JSON.stringify(find)}`);
  return changed.set(file, text.replace(find, replace));
}
