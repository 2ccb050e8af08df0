/**
 * Limits as a user gives them, checked before anything is counted against them: a comparison with NaN or undefined is
 * always false, so a wrong limit would be none. Owns no numbers: those are in `http2/limits.ts`.
 */

import { type BucketName, defaultLimits, type Limits } from "../http2/limits.ts";
import { checkNames, checkNumber } from "./check-options.ts";

type PlainLimit = Exclude<keyof Limits, "buckets">;

/** Sent to the peer in SETTINGS, whose values are 32 bits without a sign, RFC 9113 §6.5.1. */
const announced: readonly string[] = ["maxHeaderListBytes", "maxConcurrentStreams"] satisfies PlainLimit[];
const maxSetting = 4_294_967_295; // 2^32 - 1

const names = Object.keys(defaultLimits) as (keyof Limits)[];
const bucketNames = Object.keys(defaultLimits.buckets) as BucketName[];

/** @throws TypeError for a limit that is unknown, or no number of 0 or more; Infinity is fine where no peer is told. */
export function checkLimits(limits: Partial<Limits>): void {
  checkNames("limit", limits, names);
  for (const name of names) {
    if (!Object.hasOwn(limits, name)) continue;
    if (name === "buckets") checkBuckets(limits.buckets);
    else if (announced.includes(name)) checkSetting(`limit ${name}`, limits[name]);
    else checkGiven(`limit ${name}`, limits[name]);
  }
}

function checkBuckets(buckets: Limits["buckets"] | undefined): void {
  checkNames("bucket", buckets as object, bucketNames);
  for (const name of bucketNames) {
    const bucket = buckets?.[name];
    if (bucket === undefined) throw new TypeError(`buckets: ${name} is missing; start from those of defaultLimits`);
    checkNames(`bucket ${name} option`, bucket, ["burst", "perSecond"]);
    checkGiven(`bucket ${name} burst`, bucket.burst);
    checkGiven(`bucket ${name} perSecond`, bucket.perSecond);
  }
}

/** Unlike an option, a limit that is there and undefined would take the place of its default. */
function checkGiven(what: string, value: number | undefined): void {
  if (value === undefined) throw new TypeError(`${what}: undefined, expected a number of 0 or more`);
  checkNumber(what, value);
}

function checkSetting(what: string, value: number | undefined): void {
  if (Number.isInteger(value) && value !== undefined && value >= 0 && value <= maxSetting) return;
  throw new TypeError(
    `${what}: ${typeof value === "number" ? value : JSON.stringify(value)}, expected a whole number of 0 to ${maxSetting}`,
  );
}
