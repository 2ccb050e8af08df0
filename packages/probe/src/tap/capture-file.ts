/**
 * What is relayed as a capture that Wireshark and tshark open: classic pcap, raw IP, with TCP headers that are made up around
 * the real bytes. In plain text also where the tap itself speaks TLS: no key is needed to read it. Pure; owns no file.
 */

export type CaptureSide = "client" | "server";

/** One end of a captured connection; `host` an IPv4 address, anything else is shown as one for documentation. */
export interface CaptureEnd {
  readonly host: string;
  readonly port: number;
}

/** https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html: magic of microseconds, version 2.4, LINKTYPE_RAW. */
const rawIp = 101;
const snapLength = 65_535;
/** IP's total length has 16 bits; two headers of 20 octets take part of it. */
const maxPayload = 60_000;

const tcp = { fin: 0x01, syn: 0x02, rst: 0x04, psh: 0x08, ack: 0x10 } as const;

/** The head of the file. */
export function captureHead(): Uint8Array {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(snapLength, 16);
  head.writeUInt32LE(rawIp, 20);
  return head;
}

/** One connection of a capture. Each method returns the packets to append. */
export class CapturedConnection {
  readonly #ends: Readonly<Record<CaptureSide, CaptureEnd>>;
  /** The next sequence number of each side. */
  readonly #next = { client: 1_000, server: 2_000 };

  constructor(ends: Readonly<Record<CaptureSide, CaptureEnd>>) {
    this.#ends = ends;
  }

  open(wallMs: number): Uint8Array {
    return Buffer.concat([
      this.#packet(wallMs, "client", tcp.syn),
      this.#packet(wallMs, "server", tcp.syn | tcp.ack),
      this.#packet(wallMs, "client", tcp.ack),
    ]);
  }

  bytes(wallMs: number, from: CaptureSide, bytes: Uint8Array): Uint8Array {
    const packets: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += maxPayload) {
      packets.push(this.#packet(wallMs, from, tcp.psh | tcp.ack, bytes.subarray(at, at + maxPayload)));
    }
    return Buffer.concat(packets);
  }

  end(wallMs: number, from: CaptureSide, how: "fin" | "rst"): Uint8Array {
    return this.#packet(wallMs, from, tcp.ack | (how === "fin" ? tcp.fin : tcp.rst));
  }

  #packet(wallMs: number, from: CaptureSide, flags: number, payload: Uint8Array = nothing): Uint8Array {
    const to = from === "client" ? "server" : "client";
    const length = 40 + payload.length;
    const packet = Buffer.alloc(16 + 40); // the record's head, and two of IP and TCP
    packet.writeUInt32LE(Math.floor(wallMs / 1_000), 0);
    packet.writeUInt32LE(Math.floor((wallMs % 1_000) * 1_000), 4);
    packet.writeUInt32LE(length, 8);
    packet.writeUInt32LE(length, 12);
    const ip = 16;
    packet[ip] = 0x45; // version 4, five words
    packet.writeUInt16BE(length, ip + 2);
    packet[ip + 8] = 64; // hops
    packet[ip + 9] = 6; // TCP
    packet.set(octetsOf(this.#ends[from].host), ip + 12);
    packet.set(octetsOf(this.#ends[to].host), ip + 16);
    packet.writeUInt16BE(checksum(packet.subarray(ip, ip + 20)), ip + 10);
    const at = ip + 20;
    packet.writeUInt16BE(this.#ends[from].port, at);
    packet.writeUInt16BE(this.#ends[to].port, at + 2);
    packet.writeUInt32BE(this.#next[from] >>> 0, at + 4);
    packet.writeUInt32BE((flags & tcp.ack) === 0 ? 0 : this.#next[to] >>> 0, at + 8);
    packet[at + 12] = 0x50; // five words
    packet[at + 13] = flags;
    packet.writeUInt16BE(0xffff, at + 14);
    const consumed = payload.length + ((flags & (tcp.syn | tcp.fin)) === 0 ? 0 : 1);
    this.#next[from] = (this.#next[from] + consumed) % 0x1_0000_0000;
    return Buffer.concat([packet, payload]);
  }
}

const nothing = new Uint8Array(0);

function octetsOf(host: string): number[] {
  const octets = host.split(".").map(Number);
  const isIPv4 = octets.length === 4 && octets.every((each) => Number.isInteger(each) && each >= 0 && each <= 255);
  return isIPv4 ? octets : [192, 0, 2, 1]; // RFC 5737
}

/** RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += bytes.readUInt16BE(at);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
