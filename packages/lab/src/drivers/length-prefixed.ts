/** Owns gRPC's prefix of a message, for the clients that have no gRPC: one byte of flags, four of length. */

export const prefixBytes = 5;

export function lengthPrefixed(message: Uint8Array): Buffer {
  const framed = Buffer.alloc(prefixBytes + message.byteLength);
  framed.writeUInt32BE(message.byteLength, 1);
  framed.set(message, prefixBytes);
  return framed;
}
