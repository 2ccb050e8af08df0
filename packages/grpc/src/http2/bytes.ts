/**
 * The one file of the pure layers that knows the global `Buffer`: its latin1 and utf-8 loops are native and its pool
 * makes small allocations cheap. Everything else sees `Uint8Array`.
 */

// The global is a getter, a call each time.
const buffers = Buffer;

/** Uninitialised bytes: the caller fills all of them. */
export function allocate(length: number): Uint8Array {
  return buffers.allocUnsafe(length);
}

/**
 * Zeroed bytes in memory of their own. Of the kind that sockets give, unlike a plain `Uint8Array`: parsing code that has
 * seen only one kind is faster, and need not be compiled anew when the other comes.
 */
export function zeroed(length: number): Uint8Array {
  return buffers.alloc(length);
}

// As Node's own pool: so much a small copy may keep in memory, while others that came beside it are gone.
const poolBytes = 8_192;
// A quarter: the end of a pool that is not used is less than that.
const pooledBytes = 2_048;
let pool = buffers.allocUnsafeSlow(0);
let poolEnd = 0;

/** An independent copy, for what must outlive a borrowed slice. */
export function copyOf(bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array {
  const whole = end === bytes.length && start < 8;
  // Making views is most of the cost: the few octets in front of a message are copied, too, where that saves one (bench
  // row `streaming-client-bytes`: `Buffer.from` of a slice takes 140 ns of 100 octets, this 80).
  const source = whole ? bytes : bytes.subarray(start, end);
  const { length } = source;
  if (length > pooledBytes) return buffers.from(start > 0 && whole ? bytes.subarray(start) : source);
  if (poolEnd + length > pool.length) {
    pool = buffers.allocUnsafeSlow(poolBytes);
    poolEnd = 0;
  }
  const at = poolEnd;
  pool.set(source, at);
  poolEnd = (at + length + 7) & ~7; // at an address that any typed array may begin at
  return pool.subarray(whole ? at + start : at, at + length);
}

export function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  return buffers.concat(parts, length);
}

/** Octets as a string of the same length, each char one octet. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return asBuffer(bytes).latin1Slice(start, end);
}

/** A string whose chars are octets, as bytes. Chars above 0xff lose their upper bits. */
export function fromLatin1(text: string): Uint8Array {
  return buffers.from(text, "latin1");
}

/** UTF-8 with U+FFFD for what is not. */
export function utf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  return asBuffer(bytes).utf8Slice(start, end);
}

export function fromUtf8(text: string): Uint8Array {
  return buffers.from(text, "utf8");
}

export function base64(bytes: Uint8Array): string {
  return asBuffer(bytes).toString("base64");
}

/** Padding optional, whitespace and other strangers skipped, as Node does. */
export function fromBase64(text: string): Uint8Array {
  // A plain Uint8Array: these reach users, to whom Buffer's `slice` would lend memory of the pool.
  return new Uint8Array(buffers.from(text, "base64"));
}

export function equalBytes(a: Uint8Array, aStart: number, aEnd: number, b: Uint8Array): boolean {
  return asBuffer(a).compare(b, 0, b.length, aStart, aEnd) === 0;
}

function asBuffer(bytes: Uint8Array): NativeBuffer {
  return (
    buffers.isBuffer(bytes) ? bytes : buffers.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  ) as NativeBuffer;
}

/** Node has had these since 0.x; its types leave them out. They skip the encoding look-up of `toString`. */
interface NativeBuffer extends Buffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  latin1Write(text: string, offset: number): number;
}

// 16 KiB: a default-sized frame's worth of small frames in one chunk of a writev.
const slabBytes = 16_384;

const nothing = buffers.allocUnsafeSlow(0) as NativeBuffer;

// What writers left of their slabs. Two are enough: seldom do more than two connections have something to send at a time.
const maxSpares = 2;
const spareSlabs: NativeBuffer[] = [];
const spareStarts: number[] = [];

/**
 * An append-only run of bytes over a slab. `detach` hands out what was written so far; whoever writes next goes on behind
 * it in the same slab, so that many small frames become one chunk without a copy. A writer that holds nothing has no slab:
 * thousands of idle connections share two.
 */
export class ByteWriter {
  #slab: NativeBuffer = nothing;
  #start = 0;
  #end = 0;

  /** Bytes written since the last `detach`. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Room for `bytes` more; after it, that many may be written without a check. */
  reserve(bytes: number): void {
    if (this.#end + bytes > this.#slab.length) this.#makeRoom(bytes);
  }

  u8(value: number): void {
    this.reserve(1);
    this.#slab[this.#end++] = value;
  }

  u16(value: number): void {
    this.reserve(2);
    this.#end = this.#slab.writeUInt16BE(value, this.#end);
  }

  u32(value: number): void {
    this.reserve(4);
    this.#end = this.#slab.writeUInt32BE(value, this.#end);
  }

  /** A frame header, RFC 9113 §4.1. */
  frameHeader(length: number, type: number, flags: number, streamId: number): void {
    this.reserve(9);
    const slab = this.#slab;
    let at = this.#end;
    slab[at++] = length >>> 16;
    slab[at++] = length >>> 8;
    slab[at++] = length;
    slab[at++] = type;
    slab[at++] = flags;
    slab[at++] = streamId >>> 24;
    slab[at++] = streamId >>> 16;
    slab[at++] = streamId >>> 8;
    slab[at++] = streamId;
    this.#end = at;
  }

  bytes(source: Uint8Array): void {
    this.reserve(source.length);
    this.#slab.set(source, this.#end);
    this.#end += source.length;
  }

  /** As `bytes`, for a few of them: a loop here costs less than a call into the runtime. */
  run(source: Uint8Array): void {
    this.reserve(source.length);
    for (let i = 0; i < source.length; i++) this.#slab[this.#end++] = source[i] as number;
  }

  /** Each char one octet; chars above 0xff lose their upper bits. */
  latin1(text: string): void {
    this.reserve(text.length);
    this.#end += this.#slab.latin1Write(text, this.#end);
  }

  /** The current place, to come back to with `patchU24`. Only valid until the next `detach`. */
  mark(): number {
    return this.length;
  }

  /** Overwrites three bytes at a mark, for a frame length that is known late. */
  patchU24(mark: number, value: number): void {
    const at = this.#start + mark;
    this.#slab[at] = value >>> 16;
    this.#slab[at + 1] = value >>> 8;
    this.#slab[at + 2] = value;
  }

  /** What was written so far, without detaching: borrowed until the next write. */
  peek(): Uint8Array {
    return this.#slab.subarray(this.#start, this.#end);
  }

  /** Forgets what was written since the mark. */
  rewindTo(mark: number): void {
    this.#end = this.#start + mark;
  }

  /** Hands out what was written; it is never touched again. */
  detach(): Uint8Array {
    const out = this.#slab.subarray(this.#start, this.#end);
    this.#giveBack();
    return out;
  }

  #makeRoom(bytes: number): void {
    const written = this.length;
    const last = spareSlabs.length - 1;
    const start = spareStarts[last];
    if (this.#slab === nothing && start !== undefined && start + bytes <= slabBytes) {
      this.#slab = spareSlabs.pop() as NativeBuffer;
      this.#start = this.#end = start;
      spareStarts.length = last;
      return;
    }
    const next = buffers.allocUnsafeSlow(Math.max(slabBytes, 2 * (written + bytes))) as NativeBuffer;
    if (written > 0) next.set(this.#slab.subarray(this.#start, this.#end), 0);
    this.#slab = next;
    this.#start = 0;
    this.#end = written;
  }

  /** The rest of the slab, to whoever writes next. */
  #giveBack(): void {
    if (this.#slab.length === slabBytes && slabBytes - this.#end >= 512 && spareSlabs.length < maxSpares) {
      spareSlabs.push(this.#slab);
      spareStarts.push(this.#end);
    }
    this.#slab = nothing;
    this.#start = this.#end = 0;
  }
}
