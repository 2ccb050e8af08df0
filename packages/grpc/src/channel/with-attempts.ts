/** Gives an error that came out of several tries the record of all of them. Owns nothing but that. */

import { strongest } from "../report/evidence.ts";
import { StatusError, type AttemptRecord } from "../report/status-error.ts";

/**
 * The same error, with `attempts`. A `StatusError` also gets the `processed` of all tries together: that of the last
 * alone would say "no" after a "maybe". What cannot be extended (frozen errors, thrown strings) comes back as it is,
 * unless it then would claim too much.
 */
export function withAttempts(error: unknown, attempts: readonly AttemptRecord[]): unknown {
  const processed = strongest(attempts.map((attempt) => attempt.processed));
  if (error instanceof StatusError && Object.isFrozen(error) && error.processed !== processed) {
    const { code, text, reason, evidence, report, details, metadata } = error;
    const more = report === undefined ? {} : { report };
    return new StatusError(code, text, {
      reason,
      processed,
      evidence,
      attempts,
      details,
      metadata,
      cause: error,
      ...more,
    });
  }
  if (typeof error !== "object" || error === null) return error;
  if (error instanceof StatusError) define(error, "processed", processed);
  define(error, "attempts", attempts);
  return error;
}

/** Reflect says no where assignment would throw. */
function define(target: object, name: string, value: unknown): void {
  Reflect.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}
