/** Makes UTF-8 of input in UTF-16, as PowerShell writes it with `>`. Owns the guess, which only a byte order mark makes. */

export class ToUtf8 {
  /** The input's first two bytes, until both are there. */
  #head: Uint8Array | undefined = new Uint8Array(0);
  #decoder: InstanceType<typeof TextDecoder> | undefined;
  readonly #encoder = new TextEncoder();

  /** What the bytes come to so far; those of UTF-8 come back as they are. */
  push(bytes: Uint8Array): Uint8Array {
    if (this.#head === undefined) return this.#converted(bytes);
    const head = new Uint8Array(this.#head.length + bytes.length);
    head.set(this.#head);
    head.set(bytes, this.#head.length);
    if (head.length < 2) {
      this.#head = head;
      return new Uint8Array(0);
    }
    this.#head = undefined;
    // Neither byte stands in any UTF-8.
    if (head[0] === 0xff && head[1] === 0xfe) this.#decoder = new TextDecoder("utf-16le");
    if (head[0] === 0xfe && head[1] === 0xff) this.#decoder = new TextDecoder("utf-16be");
    return this.#converted(head);
  }

  /** What was held back, at the end of the input. */
  end(): Uint8Array {
    if (this.#head !== undefined) return this.#head;
    return this.#decoder === undefined ? new Uint8Array(0) : this.#encoder.encode(this.#decoder.decode());
  }

  #converted(bytes: Uint8Array): Uint8Array {
    return this.#decoder === undefined ? bytes : this.#encoder.encode(this.#decoder.decode(bytes, { stream: true }));
  }
}
