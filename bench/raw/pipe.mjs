/** A socket as messages of known lengths, with nothing between the bytes. */
const pieceBytes = 65_536; // 64 KiB: what libuv reads at once

export class Pipe {
  #socket;
  #copying;
  #wanted = 0;
  #have = 0;
  #buffer;
  #resolve;

  constructor(socket, copying) {
    this.#socket = socket;
    this.#copying = copying;
    socket.on("data", (data) => this.#take(data));
  }

  /** Resolves when the whole message is handed to the kernel or waits in front of it. */
  async write(message) {
    const step = this.#copying ? pieceBytes : message.length;
    for (let at = 0; at < message.length; at += step) {
      if (this.#socket.write(message.subarray(at, at + step))) continue;
      await new Promise((resolve) => this.#socket.once("drain", resolve));
    }
  }

  /** Resolves when `length` bytes came: with the buffer of them if copying. One reader at a time. */
  read(length) {
    return new Promise((resolve) => {
      this.#wanted = length;
      this.#resolve = resolve;
      this.#buffer = this.#copying ? Buffer.allocUnsafe(length) : undefined;
    });
  }

  #take(data) {
    if (this.#buffer !== undefined) data.copy(this.#buffer, this.#have);
    this.#have += data.length;
    if (this.#have < this.#wanted) return;
    this.#have = 0;
    this.#resolve(this.#buffer);
  }
}
