/** Owns the three loads of the table M2. */

export interface ChurnLoad {
  readonly id: string;
  readonly calls: number;
  readonly requestBytes: number;
}

export const churnInFlight = 50;

export const churnLoads: readonly ChurnLoad[] = [
  { id: "10KB", calls: 3_000, requestBytes: 10_000 },
  { id: "300KB", calls: 600, requestBytes: 300_000 },
  { id: "2MB", calls: 150, requestBytes: 2_000_000 },
];
