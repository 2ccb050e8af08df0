/** Owns sizes as people type and read them. Everything between is bytes. */

const unitBytes = { B: 1, KB: 1_000, MB: 1_000_000, GB: 1e9, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 } as const;

/** `4MiB`, `16KB`, `512B` in bytes; undefined for anything else. `k` and `m` alone are taken as KiB and MiB, as nginx does. */
export function parseByteSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  const short = { k: "KiB", m: "MiB", g: "GiB" }[unit.toLowerCase()];
  const name = Object.keys(unitBytes).find((each) => each.toLowerCase() === (short ?? unit).toLowerCase());
  return name === undefined ? undefined : Math.round(Number(amount) * unitBytes[name as keyof typeof unitBytes]);
}

/** `4MiB`, `16KiB`, `1000B`; `any size` for `Infinity`. */
export function byteSizeText(bytes: number): string {
  if (bytes === Infinity) return "any size";
  for (const unit of ["GiB", "MiB", "KiB"] as const) {
    const amount = bytes / unitBytes[unit];
    if (amount >= 1 && (Number.isInteger(amount) || amount >= 10)) return `${Number(amount.toFixed(1))}${unit}`;
  }
  return `${bytes}B`;
}
