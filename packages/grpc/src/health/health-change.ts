/** A dependency that turned, as data and as a line for the log. */
import { durationText } from "../report/duration-text.ts";
import { printable } from "../report/printable.ts";
import type { SettableStatus } from "./serving-status.ts";

export interface HealthChange {
  /** The name that the check was given. */
  readonly dependency: string;
  readonly now: "up" | "down";
  /** Of a dependency that is down: what the last check said. One line, passwords in addresses masked. */
  readonly reason?: string;
  /** Of a dependency that is up again: how long it was down, ms. */
  readonly downForMs?: number;
  /** The services that turned with it, and what they are now; `""` is the server as a whole. */
  readonly services: ReadonlyMap<string, SettableStatus>;
}

/** More would make a line that nobody reads. */
const maxNamed = 10;

/** `holdfast: health: database is down: connect ECONNREFUSED 127.0.0.1:5432; NOT_SERVING: shop.v1.Shop` */
export function changeLine({ dependency, now, reason, downForMs, services }: HealthChange): string {
  const why = reason === undefined ? "" : `: ${reason}`;
  const again = downForMs === undefined ? "" : ` again after ${durationText(downForMs)}`;
  const turned = (["NOT_SERVING", "SERVING", "UNKNOWN"] as const).map((status) => {
    const names = [...services].filter(([, its]) => its === status).map(([name]) => name);
    return names.length === 0 ? "" : `; ${status}: ${listed(names)}`;
  });
  return `holdfast: health: ${printable(dependency)} is ${now}${again}${why}${turned.join("")}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxNamed).map((name) => (name === "" ? '"" (the server)' : printable(name)));
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
