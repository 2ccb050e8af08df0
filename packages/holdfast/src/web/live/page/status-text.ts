/** Owns the one sentence that says how things stand. It changes only when they do, so that it may be read out. Pure. */

import type { LiveEnding, LiveView, RunView } from "./live-view.ts";
import type { LiveWords } from "./live-words.ts";

export function statusText(view: LiveView, words: LiveWords): string {
  if (view.kind === "idle") return words.idle;
  if (view.ending !== undefined) return endingText(view, view.ending, words);
  return view.phase === "starting" || view.phase === "running" ? words[view.phase] : words.settling;
}

function endingText(run: RunView, ending: LiveEnding, words: LiveWords): string {
  if (ending.kind === "cut") return words.cut;
  if (ending.kind === "trouble") return words.trouble(ending.message);
  const stopped = ending.kind === "stopped" ? words.stopped : "";
  if (ending.broken.length > 0) {
    const breaches = ending.broken.map(({ promise, calls }) => {
      return words.breach(words.number(calls), words.promises[promise]);
    });
    return stopped + words.notHeld(breaches.join("; "));
  }
  const ours = run.clients.find(({ client }) => client === "holdfast")?.methods ?? [];
  const [reads, writes] = (["Read", "Write"] as const).map((name) => ours.find(({ method }) => method === name));
  const lost = writes?.failed ?? 0;
  const held = words.held(words.number(reads?.sent ?? 0), words.number(writes?.sent ?? 0));
  return stopped + held + (lost === 0 ? "" : words.lostWrites(words.number(lost)));
}
