/** Owns the words of the demo: what one run is asked to be, and the numbers that every run shares. */

export const serverKinds = ["holdfast", "grpc-js", "grpcio"] as const;
/** Who serves: what the three backend processes are made of. */
export type ServerKind = (typeof serverKinds)[number];

export const killStyles = ["term", "kill", "mixed"] as const;
/** How backends go: all by SIGTERM, all by SIGKILL, or one by one in turns. */
export type KillStyle = (typeof killStyles)[number];

export const clientNames = ["holdfast", "grpc-js"] as const;
export type ClientName = (typeof clientNames)[number];

export const methodNames = ["Read", "Write"] as const;
/** `Read` is marked idempotent and has a retry policy; `Write` has neither. */
export type MethodName = (typeof methodNames)[number];

export interface DemoPlan {
  readonly server: ServerKind;
  readonly kill: KillStyle;
  readonly tls: boolean;
  readonly clients: readonly ClientName[];
  /** How long calls arrive, ms. The run ends when the last of them has settled. */
  readonly forMs: number;
  /** Calls that arrive in a second, for each client. */
  readonly ratePerS: number;
  /** Arrivals, methods and handler times follow from it. */
  readonly seed: number;
}

export const backendCount = 3;

/** A backend goes every so often. */
export const restartEveryMs = 2_000; // about as fast as three processes can go round on two busy cores

/** Of every call. Far above the slowest handler; what runs into it was lost, not slow. */
export const deadlineMs = 5_000; // fits a retry policy whose waits end after 1.9 s

/** A call that has not settled so long after its deadline never will. */
export const settleGraceMs = 5_000; // as long again as the call had

/** A backend that was told to go may take so long to let its calls end. */
export const drainGraceMs = 5_000; // a hundred times the slowest handler

/** The same for both clients: one policy for `Read`, nothing for `Write`. */
export const serviceConfig = {
  loadBalancingConfig: [{ round_robin: {} }],
  methodConfig: [
    {
      name: [{ service: "holdfast.shop.v1.Shop", method: "Read" }],
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: "0.1s",
        maxBackoff: "1s",
        backoffMultiplier: 2,
        retryableStatusCodes: ["UNAVAILABLE"],
      },
    },
  ],
};
