/** Owns numbers as the demo prints them. */

export function countText(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** `1 call`, `2,000 calls`. */
export function plural(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
}
