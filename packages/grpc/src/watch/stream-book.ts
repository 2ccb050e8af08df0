/**
 * The streams of a connection as a bystander counts them: which are open, what was asked on each, how each ended. Bounded,
 * whatever the two ends do.
 */

import type { FrameSender, WatchedField, WatchedFrame } from "./watched-frame.ts";

/** What a stream's last frame brought to an end. */
export interface StreamEnding {
  readonly kind: "ended";
  readonly streamId: number;
  readonly method: string;
  readonly path: string;
  /** From its first frame to its last, ms. */
  readonly durationMs: number;
  /** `:status` of the answer; absent if none came. */
  readonly httpStatus?: string;
  /** `grpc-status` of the answer's trailers. */
  readonly grpcStatus?: string;
  /** Set when RST_STREAM ended it. */
  readonly reset?: { readonly by: FrameSender; readonly code: string };
}

export interface StreamBeginning {
  readonly kind: "began";
  readonly streamId: number;
  readonly method: string;
  readonly path: string;
}

interface OpenStream {
  readonly beganAtMs: number;
  method: string;
  path: string;
  told: boolean;
  httpStatus: string | undefined;
  grpcStatus: string | undefined;
  readonly ended: Record<FrameSender, boolean>;
}

/** More streams at once than any server allows by default; of older ones nothing is known any more. */
const maxOpen = 10_000;

export class StreamBook {
  readonly #open = new Map<number, OpenStream>();
  #everOpened = 0;

  /** Takes note of the next frame of either direction. What it begins or ends is returned. */
  note(frame: WatchedFrame): StreamBeginning | StreamEnding | undefined {
    switch (frame.kind) {
      case "headers":
        return this.#onHeaders(frame, frame.fields, (frame.flags & endStreamFlag) !== 0);
      case "continuation":
        return this.#onBlockEnd(frame, frame.fields);
      case "data":
        return (frame.flags & endStreamFlag) === 0 ? undefined : this.#onEnd(frame);
      case "rst-stream":
        return this.#close(frame, { by: frame.from, code: frame.code });
      case "priority":
      case "settings":
      case "push-promise":
      case "ping":
      case "goaway":
      case "window-update":
      case "unknown":
      case "malformed":
        return undefined;
    }
  }

  get openCount(): number {
    return this.#open.size;
  }

  get everOpened(): number {
    return this.#everOpened;
  }

  /** Lowest first, at most `limit`. */
  openIds(limit: number): number[] {
    const ids: number[] = [];
    for (const id of this.#open.keys()) {
      if (ids.length >= limit) break;
      ids.push(id);
    }
    return ids;
  }

  /** Of an open stream. */
  pathOf(streamId: number): string | undefined {
    return this.#open.get(streamId)?.path;
  }

  #onHeaders(
    frame: WatchedFrame,
    fields: readonly WatchedField[] | undefined,
    endStream: boolean,
  ): StreamBeginning | StreamEnding | undefined {
    let stream = this.#open.get(frame.streamId);
    if (stream === undefined) {
      if (frame.from === "server") return undefined;
      stream = this.#add(frame);
    }
    if (endStream) stream.ended[frame.from] = true;
    return fields === undefined ? undefined : this.#onBlockEnd(frame, fields);
  }

  /** END_STREAM stands on HEADERS, and holds only when CONTINUATION has brought the rest, RFC 9113 §6.2. */
  #onBlockEnd(
    frame: WatchedFrame,
    fields: readonly WatchedField[] | undefined,
  ): StreamBeginning | StreamEnding | undefined {
    const stream = this.#open.get(frame.streamId);
    if (stream === undefined) return undefined;
    for (const [name, value] of fields ?? []) {
      if (frame.from === "client") {
        if (name === ":method") stream.method = value;
        if (name === ":path") stream.path = value;
      } else {
        if (name === ":status") stream.httpStatus = value;
        if (name === "grpc-status") stream.grpcStatus = value;
      }
    }
    if (frame.from === "client" && !stream.told && fields !== undefined) {
      stream.told = true;
      return { kind: "began", streamId: frame.streamId, method: stream.method, path: stream.path };
    }
    return this.#whenOver(frame, stream);
  }

  #onEnd(frame: WatchedFrame): StreamEnding | undefined {
    const stream = this.#open.get(frame.streamId);
    if (stream === undefined) return undefined;
    stream.ended[frame.from] = true;
    return this.#whenOver(frame, stream);
  }

  #whenOver(frame: WatchedFrame, { ended }: OpenStream): StreamEnding | undefined {
    return ended.client && ended.server ? this.#close(frame, undefined) : undefined;
  }

  #close(frame: WatchedFrame, reset: StreamEnding["reset"]): StreamEnding | undefined {
    const stream = this.#open.get(frame.streamId);
    if (stream === undefined) return undefined;
    this.#open.delete(frame.streamId);
    const { method, path, beganAtMs, httpStatus, grpcStatus } = stream;
    return {
      kind: "ended",
      streamId: frame.streamId,
      method,
      path,
      durationMs: frame.atMs - beganAtMs,
      ...(httpStatus === undefined ? {} : { httpStatus }),
      ...(grpcStatus === undefined ? {} : { grpcStatus }),
      ...(reset === undefined ? {} : { reset }),
    };
  }

  #add(frame: WatchedFrame): OpenStream {
    if (this.#open.size >= maxOpen) for (const oldest of this.openIds(1)) this.#open.delete(oldest);
    const stream: OpenStream = {
      beganAtMs: frame.atMs,
      method: "",
      path: "",
      told: false,
      httpStatus: undefined,
      grpcStatus: undefined,
      ended: { client: false, server: false },
    };
    this.#open.set(frame.streamId, stream);
    this.#everOpened++;
    return stream;
  }
}

const endStreamFlag = 0x1;
