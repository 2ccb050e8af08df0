/**
 * Just enough of RFC 7541 to send any header block, true or false, and to read the status of an answer. No table is kept: what
 * is sent are literals unless a case says otherwise, and a status that hides in the dynamic table is not read.
 */

/** Fields as pairs, each a literal without indexing and without Huffman code (§6.2.2). */
export function block(fields) {
  return Buffer.concat(fields.map(([name, value]) => Buffer.concat([Buffer.from([0]), string(name), string(value)])));
}

/** A literal with incremental indexing and a new name (§6.2.1): it enters the dynamic table. */
export function indexedLiteral(name, value) {
  return Buffer.concat([Buffer.from([0x40]), string(name), string(value)]);
}

/** An indexed field (§6.1). */
export function indexed(index) {
  return integer(0x80, 7, index);
}

/** A dynamic table size update (§6.3). */
export function sizeUpdate(size) {
  return integer(0x20, 5, size);
}

/** A string literal of octets that are said to be in Huffman code (§5.2), whether they are or not. */
export function huffmanString(octets) {
  return Buffer.concat([integer(0x80, 7, octets.length), Buffer.from(octets)]);
}

/** A string literal (§5.2), each char an octet. */
export function string(text) {
  const octets = Buffer.from(text, "latin1");
  return Buffer.concat([integer(0, 7, octets.byteLength), octets]);
}

/** §5.1; `pattern` is what stands above the prefix. */
export function integer(pattern, prefixBits, value) {
  const most = 2 ** prefixBits - 1;
  if (value < most) return Buffer.from([pattern | value]);
  const octets = [pattern | most];
  let rest = value - most;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) octets.push(0x80 | (rest % 0x80));
  return Buffer.from([...octets, rest]);
}

/** RFC 7541 Appendix A, indices 8 to 14. */
const staticStatuses = [200, 204, 206, 304, 400, 404, 500];

/** RFC 7541 Appendix B: the codes of the digits, as bits. */
const digitCodes = ["00000", "00001", "00010", "011001", "011010", "011011", "011100", "011101", "011110", "011111"];

/** The `:status` with which a block begins; undefined when it is said in a way that is not read here. */
export function statusOf(octets) {
  let at = 0;
  while ((octets[at] & 0xe0) === 0x20) at = afterInteger(octets, at, 5);
  const first = octets[at] ?? 0;
  if (first >= 0x88 && first <= 0x8e) return staticStatuses[first - 0x88];
  const prefix = first >= 0x40 ? 0x3f : 0x0f;
  const nameIndex = first & prefix;
  if (first >= 0x80 || nameIndex < 8 || nameIndex > 14) return undefined;
  const length = octets[at + 1] & 0x7f;
  const value = octets.subarray(at + 2, at + 2 + length);
  return Number((octets[at + 1] & 0x80) === 0 ? value.toString("latin1") : digits(value));
}

/** How many fields of a block enter the dynamic table (§6.2.1): what a table's size is about. */
export function insertions(octets) {
  let count = 0;
  for (let at = 0; at < octets.length;) {
    const first = octets[at];
    if (first >= 0x80) at = afterInteger(octets, at, 7);
    else if ((first & 0xe0) === 0x20) at = afterInteger(octets, at, 5);
    else {
      const inserts = first >= 0x40;
      const prefixBits = inserts ? 6 : 4;
      const hasName = (first & (2 ** prefixBits - 1)) === 0;
      at = afterInteger(octets, at, prefixBits);
      if (hasName) at = afterString(octets, at);
      at = afterString(octets, at);
      if (inserts) count++;
    }
  }
  return count;
}

function digits(octets) {
  let bits = [...octets].map((octet) => octet.toString(2).padStart(8, "0")).join("");
  let text = "";
  for (let digit = 0; text.length < 3;) {
    digit = digitCodes.findIndex((code) => bits.startsWith(code));
    if (digit < 0) return "";
    text += digit;
    bits = bits.slice(digitCodes[digit].length);
  }
  return text;
}

function afterString(octets, at) {
  const start = afterInteger(octets, at, 7);
  let length = octets[at] & 0x7f;
  for (let next = at + 1, scale = 1; next < start; next++, scale *= 0x80) length += (octets[next] & 0x7f) * scale;
  return start + length;
}

function afterInteger(octets, at, prefixBits) {
  const most = 2 ** prefixBits - 1;
  if ((octets[at] & most) < most) return at + 1;
  let end = at + 1;
  while (octets[end] >= 0x80) end++;
  return end + 1;
}
