/** What every server on trial serves: `/octets/N` is N octets, `/unread` never reads its body, anything else is a few octets. */
export function octetsOf(path) {
  const [, length] = /^\/octets\/([0-9]+)$/.exec(path) ?? [];
  return Buffer.alloc(length === undefined ? 5 : Number(length), "x");
}
