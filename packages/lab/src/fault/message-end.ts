/** Owns where the first message of an answer ends: gRPC's prefix of a flag and a length of four octets, then the message. */

const prefixBytes = 5;

/** The returned function takes the payloads of DATA in order; a number is where in this one the message ends. */
export function firstMessageEnd(): (payload: Uint8Array) => number | undefined {
  const prefix: number[] = [];
  let missing: number | undefined;
  return (payload) => {
    let at = 0;
    while (prefix.length < prefixBytes && at < payload.byteLength) prefix.push(payload[at++] as number);
    if (prefix.length < prefixBytes) return undefined;
    missing ??= Buffer.from(prefix).readUInt32BE(1);
    const here = Math.min(missing, payload.byteLength - at);
    missing -= here;
    return missing === 0 ? at + here : undefined;
  };
}
