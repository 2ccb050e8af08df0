/**
 * The world's only source of chance: sfc32, a small fast generator of known quality whose whole state is 128 bits, so
 * that a seed is all that is needed to see a run again.
 */

/** A stream of numbers in [0, 1). Equal seeds give equal streams. */
export type Random = () => number;

// 2^32, the number of values one step can give.
const range = 4_294_967_296;

/** `seed` is any number; its lower 32 bits count. */
export function createRandom(seed: number): Random {
  // The golden ratio's bits: neighbouring seeds must not give neighbouring states.
  let a = (seed ^ 0x9e3779b9) | 0;
  let b = Math.imul(seed, 0x85ebca6b) | 0;
  let c = Math.imul(seed ^ 0x5bd1e995, 0xc2b2ae35) | 0;
  let counter = 1;
  const next: Random = () => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + out) | 0;
    return (out >>> 0) / range;
  };
  // Twelve steps mix the seed into every bit of the state.
  for (let i = 0; i < 12; i++) next();
  return next;
}
