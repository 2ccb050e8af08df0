/**
 * The header blocks of a raw client's calls: a gRPC client's fields with six entries of metadata.
 *
 * - `changing`: as clients in the field encode. The first block enters everything into the table; later ones name what
 *   stays by index and send three values anew: the deadline's rest, a trace and a request id.
 * - `static`: later blocks are indexes alone.
 * - `fresh`: every block enters its new values into the table, the worst for whoever remembers blocks.
 */
import { indexed, inserted, literal, literalNamed } from "./frames.mjs";

const steady = [
  [":authority", "localhost"],
  ["content-type", "application/grpc"],
  ["te", "trailers"],
  ["user-agent", "raw/1.0"],
  ["authorization", "Bearer 4f1d2b7c9e8a4f1d2b7c9e8a4f1d2b7c9e8a"],
  ["x-tenant", "acme-eu-west-1"],
  ["x-app", "checkout/3.14.2"],
  ["x-locale", "de-CH"],
];
const zeros = "0000000000000000";
const changing = [
  ["grpc-timeout", "19990000u"],
  ["traceparent", `00-4bf92f3577b34da6a3ce929d0e0e4736-${zeros}-01`],
  ["x-request-id", `7d2c1a90-44f1-4e0b-${zeros}`],
];

export class RequestBlock {
  #first;
  #later;
  /** Where the digits of the changing values stand in a later block. */
  #digitsAt;
  #count = 0;

  constructor(path, headers) {
    const fields = [[":path", path], ...steady, ...changing];
    // :method POST and :scheme http stand in the static table, RFC 7541 appendix A.
    const pseudo = Buffer.concat([indexed(3), indexed(6)]);
    this.#first = Buffer.concat([pseudo, ...fields.map(([name, value]) => inserted(name, value))]);
    // The newest entry has index 62.
    const indexOf = (i) => 61 + fields.length - i;
    const later = fields.map(([name, value], i) => {
      if (headers === "static") return indexed(indexOf(i));
      const changes = i >= fields.length - changing.length;
      if (headers === "fresh") return changes ? inserted(name, value) : literal(name, value);
      return changes ? literalNamed(indexOf(i), value) : indexed(indexOf(i));
    });
    this.#later = Buffer.concat([pseudo, ...later]);
    this.#digitsAt = headers === "static" ? [] : placesOf(this.#later);
  }

  /** The next call's block; borrowed until the one after it. */
  next() {
    if (this.#count++ === 0) return this.#first;
    for (const at of this.#digitsAt) writeDigits(this.#later, at, this.#count);
    return this.#later;
  }
}

function placesOf(block) {
  const ids = [block.indexOf(zeros), block.lastIndexOf(zeros)].map((at) => at + zeros.length - 8);
  return [...ids, block.indexOf("19990000u") + 3].map((at, i) => ({ at, digits: i < 2 ? 8 : 5 }));
}

function writeDigits(block, { at, digits }, number) {
  let rest = number;
  for (let i = at + digits - 1; i >= at; i--) {
    block[i] = 0x30 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}
