/**
 * Owns the recording of one trial: the bytes of its connections in, frames in words out, in time order. Does not own the
 * decoding (`@holdfast/grpc/watch`), nor who listens to a connection.
 */

import type { WatchedFrame } from "@holdfast/grpc/watch";
import { ConnectionWatcher } from "@holdfast/grpc/watch";
import type { LinkWatch } from "../peer/link-watch.ts";
import type { RecordedFrame } from "./recorded-frame.ts";

/** A recording is for a picture; a stream of messages would fill it with what is the same. */
const maxFrames = 200;

export class WireRecording {
  readonly frames: RecordedFrame[] = [];
  #begunMs: number | undefined;

  /** A listener for the connection with this ordinal, from 1. */
  watch(connection: number): LinkWatch {
    const add = (from: RecordedFrame["from"], frame: string): void => {
      if (this.frames.length < maxFrames) this.frames.push({ atMs: this.#nowMs(), connection, from, frame });
    };
    const watcher = new ConnectionWatcher({
      onFrame: (frame) => add(frame.from, frameInPicture(frame)),
      onStranger: (from, words) => add(from, words),
    });
    const ended = new Set<string>();
    add("client", "TCP SYN");
    return {
      bytes: (from, bytes) => watcher.push(from, bytes, this.#nowMs()),
      ended: (from, how) => {
        if (ended.has(from)) return;
        ended.add(from);
        watcher.end(from);
        add(from, `TCP ${how}`);
      },
    };
  }

  #nowMs(): number {
    this.#begunMs ??= performance.now();
    return Math.round((performance.now() - this.#begunMs) * 10) / 10;
  }
}

/** `GOAWAY(NO_ERROR, last=7)`, `HEADERS(1)`, `PING ACK`: as short as an arrow's label. */
export function frameInPicture(frame: WatchedFrame): string {
  const stream = frame.streamId;
  switch (frame.kind) {
    case "headers": {
      const told = toldFields(frame.fields ?? []);
      return `HEADERS(${stream})${told === "" ? "" : ` ${told}`}${endOf(frame)}`;
    }
    case "data":
      return `DATA(${stream}, ${frame.length})${endOf(frame)}`;
    case "rst-stream":
      return `RST_STREAM(${stream}, ${frame.code})`;
    case "goaway":
      return `GOAWAY(${frame.code}, last=${frame.lastStreamId}${frame.debugData === "" ? "" : `, "${frame.debugData}"`})`;
    case "settings": {
      if ((frame.flags & 1) !== 0) return "SETTINGS ACK";
      return `SETTINGS(${frame.settings.map(([name, value]) => `${name}=${value}`).join(", ")})`;
    }
    case "ping":
      return (frame.flags & 1) === 0 ? "PING" : "PING ACK";
    case "window-update":
      return `WINDOW_UPDATE(${stream}, +${frame.increment})`;
    case "malformed":
      return `${frame.type}(${stream}) malformed: ${frame.detail}`;
    case "priority":
    case "push-promise":
    case "continuation":
    case "unknown":
      return stream === 0 ? frame.type : `${frame.type}(${stream})`;
  }
}

function endOf(frame: WatchedFrame): string {
  return frame.flagNames.includes("END_STREAM") ? " END_STREAM" : "";
}

/** What of a header section decides a call. */
function toldFields(fields: readonly (readonly [string, string])[]): string {
  return fields
    .filter(([name, value]) => name === "grpc-status" || (name === ":status" && value !== "200"))
    .map(([name, value]) => `${name} ${value}`)
    .join(" ");
}
