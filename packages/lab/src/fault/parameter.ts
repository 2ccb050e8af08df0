/**
 * Owns what a setting of a fault can be: how it is written on the command line, what it may be, and how it is shown. One table
 * of them per fault makes the types, the command line and the documentation. Does not own the faults.
 */

import { errorCode, errorCodeName } from "@holdfast/grpc/http2";

/** `Value` holds `undefined` where a setting without a value means something. */
export interface Parameter<Value> {
  readonly says: string;
  /** As in `a duration such as 350s`. */
  readonly expected: string;
  /** Where the setting is left out. */
  readonly initial: Value;
  /** Of a text; undefined if it is none. */
  read(text: string): Exclude<Value, undefined> | undefined;
  accepts(value: unknown): boolean;
  show(value: Exclude<Value, undefined>): string;
}

export type Parameters = Readonly<Record<string, Parameter<never> | Parameter<unknown>>>;

/** With every setting filled in. */
export type ValuesOf<P> = { readonly [K in keyof P]: P[K] extends Parameter<infer Value> ? Value : never };

/** As a caller says them. */
export type SettingsOf<P> = {
  readonly [K in keyof P]?: P[K] extends Parameter<infer Value> ? Exclude<Value, undefined> : never;
};

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const unitBytes: Readonly<Record<string, number>> = { "": 1, B: 1, KiB: 1_024, MiB: 1_048_576 };
/** 24 days: setTimeout knows no longer wait than 2^31-1 ms. */
const maxMs = 2_073_600_000;
const maxUint32 = 0xffff_ffff;

/** A length of time in ms. */
export function duration<Initial extends number | undefined>(
  says: string,
  initial: Initial,
): Parameter<number | Initial> {
  return {
    says,
    expected: "a duration such as 250ms, 30s, 5m or 1h",
    initial,
    read: (text) => {
      const [, amount, unit = ""] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)$/.exec(text) ?? [];
      const read = amount === undefined ? undefined : Math.round(Number(amount) * (unitMs[unit] as number));
      return (read !== undefined && read <= maxMs ? read : undefined) as never;
    },
    accepts: (value) => typeof value === "number" && value >= 0 && value <= maxMs,
    show: (value) => durationShown(value as number),
  };
}

/** A whole number from `least` up to 2^32-1. */
export function count<Initial extends number | undefined>(
  says: string,
  initial: Initial,
  least = 1,
): Parameter<number | Initial> {
  const fits = (value: number): boolean => Number.isInteger(value) && value >= least && value <= maxUint32;
  return {
    says,
    expected: `a whole number, ${least} or more`,
    initial,
    read: (text) => (/^\d{1,10}$/.test(text) && fits(Number(text)) ? Number(text) : undefined) as never,
    accepts: (value) => typeof value === "number" && fits(value),
    show: (value) => String(value),
  };
}

/** Octets. */
export function octets<Initial extends number | undefined>(
  says: string,
  initial: Initial,
  least = 1,
): Parameter<number | Initial> {
  const fits = (value: number): boolean => Number.isInteger(value) && value >= least && value <= maxUint32;
  return {
    says,
    expected: "a number of octets such as 500, 64KiB or 1MiB",
    initial,
    read: (text) => {
      const [, amount, unit = ""] = /^(\d{1,10})(B|KiB|MiB)?$/.exec(text) ?? [];
      const read = amount === undefined ? undefined : Number(amount) * (unitBytes[unit] as number);
      return (read !== undefined && fits(read) ? read : undefined) as never;
    },
    accepts: (value) => typeof value === "number" && fits(value),
    show: (value) => octetsShown(value as number),
  };
}

/** From 0 to 1; on the command line also `10%`. */
export function share(says: string, initial: number): Parameter<number> {
  const fits = (value: number): boolean => value >= 0 && value <= 1;
  return {
    says,
    expected: "a share such as 0.1 or 10%",
    initial,
    read: (text) => {
      const [, amount, percent] = /^(\d{1,3}(?:\.\d{1,6})?)(%)?$/.exec(text) ?? [];
      const read = amount === undefined ? undefined : Number(amount) / (percent === undefined ? 1 : 100);
      return read !== undefined && fits(read) ? read : undefined;
    },
    accepts: (value) => typeof value === "number" && fits(value),
    show: (value) => String(value),
  };
}

/** An error code of HTTP/2, by number or by name (RFC 9113 §7). */
export function http2Code(says: string, initial: number): Parameter<number> {
  const fits = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= maxUint32;
  return {
    says,
    expected: "an error code by number or name, such as 11 or ENHANCE_YOUR_CALM",
    initial,
    read: (text) => {
      const name = text.toUpperCase().replaceAll("-", "_");
      if (Object.hasOwn(errorCode, name)) return errorCode[name as keyof typeof errorCode];
      return /^\d{1,10}$/.test(text) && fits(Number(text)) ? Number(text) : undefined;
    },
    accepts: (value) => typeof value === "number" && fits(value),
    show: (value) => errorCodeName(value),
  };
}

/** One of some words. */
export function choice<const Word extends string, Initial extends Word | undefined>(
  says: string,
  words: readonly Word[],
  initial: Initial,
): Parameter<Word | Initial> {
  const isOne = (value: unknown): boolean => words.includes(value as Word);
  return {
    says,
    expected: `one of ${words.join(", ")}`,
    initial,
    read: (text) => (isOne(text) ? text : undefined) as never,
    accepts: isOne,
    show: (value) => String(value),
  };
}

/** Any text; on the command line one without commas. */
export function text<Initial extends string | undefined>(says: string, initial: Initial): Parameter<string | Initial> {
  return {
    says,
    expected: "a text without commas",
    initial,
    read: (written) => written as never,
    accepts: (value) => typeof value === "string",
    show: (value) => JSON.stringify(value),
  };
}

/** A word of `words`, or a whole number from 0. */
export function choiceOrCount<const Word extends string, Initial extends Word>(
  says: string,
  words: readonly Word[],
  initial: Initial,
): Parameter<Word | number> {
  const number = count(says, undefined, 0);
  const word = choice(says, words, initial);
  return {
    says,
    expected: `${word.expected}, or a number`,
    initial,
    read: (written) => word.read(written) ?? (number.read(written) as number | undefined),
    accepts: (value) => word.accepts(value) || number.accepts(value),
    show: (value) => String(value),
  };
}

function durationShown(valueMs: number): string {
  if (valueMs === 0) return "0ms";
  for (const [unit, scale] of Object.entries(unitMs).toReversed()) {
    if (valueMs % scale === 0) return `${valueMs / scale}${unit}`;
  }
  return `${valueMs}ms`;
}

function octetsShown(value: number): string {
  for (const [unit, scale] of [["MiB", 1_048_576] as const, ["KiB", 1_024] as const]) {
    if (value > 0 && value % scale === 0) return `${value / scale}${unit}`;
  }
  return String(value);
}
