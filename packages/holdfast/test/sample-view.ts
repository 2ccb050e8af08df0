/** Views of made-up runs, for the tests of what is shown. */

import type { ClientView, DemoPlan, DemoView } from "@holdfast/lab/demo";

export const samplePlan: DemoPlan = {
  server: "holdfast",
  kill: "mixed",
  tls: false,
  clients: ["holdfast", "grpc-js"],
  forMs: 30_000,
  ratePerS: 200,
  seed: 42,
};

export const sampleClient: ClientView = {
  client: "holdfast",
  methods: [
    { method: "Read", sent: 3_034, ok: 3_034, failed: 0, executedTwice: 4, neverSettled: 0, callsPerS: 101.2 },
    { method: "Write", sent: 2_990, ok: 2_987, failed: 3, executedTwice: 0, neverSettled: 0, callsPerS: 99.8 },
  ],
  cpuUsPerCall: 123.4,
  lastFailure: {
    id: "h-w-002549",
    atMs: 12_140,
    code: "UNAVAILABLE",
    processed: "maybe",
    text: "conn 11 to 127.0.0.1:22465: RST without a GOAWAY; open 4.8 s, 13 streams open",
  },
  lost: [0, 0, 3],
};

export const sampleView: DemoView = {
  plan: samplePlan,
  phase: "running",
  elapsedMs: 12_400,
  backends: [
    { number: 1, state: "up" },
    { number: 2, state: "draining" },
    { number: 3, state: "up" },
  ],
  restarts: [
    { atMs: 2_001, backend: 1, signal: "SIGTERM" },
    { atMs: 4_000, backend: 2, signal: "SIGKILL" },
  ],
  clients: [
    sampleClient,
    {
      client: "grpc-js",
      methods: sampleClient.methods.map((row) => ({ ...row, failed: 17, neverSettled: 1 })),
      lastFailure: { id: "g-w-002547", atMs: 12_130, code: "UNAVAILABLE", text: "14 UNAVAILABLE: read ECONNRESET" },
      lost: [0, 4, 30],
    },
  ],
};
