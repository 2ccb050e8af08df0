/** HTTP/2 frames and HPACK fields, as bare as the raw peers need them. */

export const type = { data: 0, headers: 1, rstStream: 3, settings: 4, ping: 6, goaway: 7, windowUpdate: 8 };
export const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export function frame(type, flags, streamId, payload = Buffer.alloc(0)) {
  const bytes = Buffer.allocUnsafe(9 + payload.length);
  bytes.writeUIntBE(payload.length, 0, 3);
  bytes[3] = type;
  bytes[4] = flags;
  bytes.writeUInt32BE(streamId, 5);
  payload.copy(bytes, 9);
  return bytes;
}

export function windowUpdate(streamId, increment) {
  const payload = Buffer.alloc(4);
  payload.writeUInt32BE(increment);
  return frame(type.windowUpdate, 0, streamId, payload);
}

/** A message with gRPC's prefix. */
export function framed(message) {
  const bytes = Buffer.allocUnsafe(5 + message.length);
  bytes[0] = 0;
  bytes.writeUInt32BE(message.length, 1);
  message.copy(bytes, 5);
  return bytes;
}

/** RFC 7541 §6.2.1: a field that the peer enters into its table. Names and values under 127 octets. */
export function inserted(name, value) {
  return Buffer.concat([Buffer.from([0x40]), text(name), text(value)]);
}

/** RFC 7541 §6.2.2: a field that leaves the table alone. */
export function literal(name, value) {
  return Buffer.concat([Buffer.from([0x00]), text(name), text(value)]);
}

/** The same, its name by an index of 15 to 142. */
export function literalNamed(index, value) {
  return Buffer.concat([Buffer.from([0x0f, index - 15]), text(value)]);
}

/** RFC 7541 §6.1: a field by an index under 127. */
export function indexed(index) {
  return Buffer.from([0x80 | index]);
}

function text(value) {
  return Buffer.concat([Buffer.from([value.length]), Buffer.from(value, "latin1")]);
}

/**
 * Cuts what a socket gives into frames: `onFrame(type, flags, streamId, bytes, at, length)`, the payload borrowed.
 * `skip`: octets in front that are no frames.
 */
export function frameReader(onFrame, skip = 0) {
  let rest = null;
  let toSkip = skip;
  return (data) => {
    const bytes = rest === null ? data : Buffer.concat([rest, data]);
    let at = 0;
    if (toSkip > 0) {
      if (bytes.length < toSkip) return void (rest = bytes);
      at = toSkip;
      toSkip = 0;
    }
    while (bytes.length - at >= 9) {
      const length = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
      if (bytes.length - at < 9 + length) break;
      onFrame(bytes[at + 3], bytes[at + 4], bytes.readUInt32BE(at + 5) & 0x7fffffff, bytes, at + 9, length);
      at += 9 + length;
    }
    rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
  };
}
