/** Owns the demo where nothing can be redrawn: a line now and then. Pure. */

import type { ClientView, DemoView } from "@holdfast/lab/demo";
import { countText } from "./count-text.ts";

/** `restartsShown`: how many restarts earlier lines have told. */
export function progressLine({ elapsedMs, restarts, clients, phase }: DemoView, restartsShown: number): string {
  if (phase === "starting") return "  starting backends and clients";
  const marks = restarts
    .slice(restartsShown)
    .map(({ backend, signal }) => ` ${signal} to backend ${backend};`)
    .join("");
  const time = `${(elapsedMs / 1_000).toFixed(1)} s:`.padStart(9);
  return `${time}${marks} ${clients.map(clientText).join("; ")}`;
}

function clientText({ client, methods }: ClientView): string {
  const sum = (key: "sent" | "ok" | "failed"): string =>
    countText(methods.reduce((total, counts) => total + counts[key], 0));
  return `${client} ${sum("sent")} sent, ${sum("ok")} OK, ${sum("failed")} failed`;
}
