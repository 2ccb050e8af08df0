/** Writes a capture file as a tap relays. Owns the file and its bound: a disk that is too slow loses packets, not memory. */

import { createWriteStream, openSync, type WriteStream } from "node:fs";
import { captureHead, CapturedConnection, type TapEvent } from "@holdfast/probe/tap";

/** 16 MiB wait for the disk, and no more. */
const maxWaitingBytes = 16_777_216;

export class CaptureWriter {
  readonly #file: WriteStream;
  readonly #connections = new Map<number, CapturedConnection>();
  /** Packets that a slow disk has cost. */
  lost = 0;

  /**
   * @param onTrouble The file cannot be written any more; called at most once.
   * @throws what the platform says when the file cannot be opened.
   */
  constructor(path: string, onTrouble: (message: string) => void) {
    this.#file = createWriteStream(path, { fd: openSync(path, "w") });
    this.#file.once("error", (error) => {
      onTrouble(error.message);
      this.#file.on("error", () => {});
    });
    this.#file.write(captureHead());
  }

  event(event: TapEvent): void {
    if (event.kind === "opened") {
      const connection = new CapturedConnection({ client: endOf(event.client), server: endOf(event.server) });
      this.#connections.set(event.connection, connection);
      this.#write(connection.open(event.wallMs));
    }
    if (event.kind !== "ended") return;
    const { connection: number, acts } = event.ending;
    const connection = this.#connections.get(number);
    this.#connections.delete(number);
    if (connection === undefined) return;
    for (const act of acts) {
      if (act.kind === "fin") this.#write(connection.end(event.wallMs, act.by, "fin"));
      if (act.kind === "broken") this.#write(connection.end(event.wallMs, act.by, "rst"));
    }
  }

  bytes(number: number, from: "client" | "server", bytes: Uint8Array, wallMs: number): void {
    const connection = this.#connections.get(number);
    if (connection !== undefined) this.#write(connection.bytes(wallMs, from, bytes));
  }

  /** Resolves when everything is written, or cannot be. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#file.destroyed) {
        resolve();
        return;
      }
      this.#file.once("close", () => resolve());
      this.#file.end();
    });
  }

  #write(packets: Uint8Array): void {
    if (this.#file.writableLength > maxWaitingBytes) this.lost++;
    else if (!this.#file.destroyed) this.#file.write(packets);
  }
}

/** `127.0.0.1:50051`, `[::1]:50051`. */
function endOf(place: string): { readonly host: string; readonly port: number } {
  const at = place.lastIndexOf(":");
  return { host: place.slice(0, at), port: Number(place.slice(at + 1)) };
}
