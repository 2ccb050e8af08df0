import type { Core } from "./connection-core.ts";
import { errorCode } from "./error-code.ts";
import { connectionError, isIdle, streamError } from "./frame/frame.ts";
import type { HeaderList } from "./header-list.ts";
import { contentLength, faultInRequest, faultInResponse, faultInTrailers } from "./header-rules.ts";
import { reclaimMemory } from "./message-memory.ts";
import { Http2Stream } from "./stream.ts";
import type { Violation } from "./violation.ts";

/**
 * What a whole header block means: a new request, a response, an informational response or trailers, RFC 9113 §8.1.
 * Every block is decoded, also those of streams that are refused or gone: the decoder's table must follow (RFC 9113
 * §4.3).
 */
export function receiveSection(
  core: Core,
  streamId: number,
  endStream: boolean,
  block: Uint8Array,
): Violation | undefined {
  if (block.length === 0 && !core.spend("limit-empty-frames")) return undefined;
  const decoded = core.decoder.decode(block);
  if (!isList(decoded)) {
    if (decoded.scope === "connection") return decoded;
    if (core.role === "server") core.highestPeerId = Math.max(core.highestPeerId, streamId);
    return { ...decoded, streamId };
  }
  const stream = core.streams.get(streamId);
  if (stream !== undefined && stream.state !== "idle") return onStream(core, stream, decoded, endStream);
  if (core.role === "server" && streamId > core.highestPeerId) return onRequest(core, streamId, decoded, endStream);
  if (isIdle(core, streamId)) {
    return connectionError("rfc9113-5.1", "PROTOCOL_ERROR", `HEADERS on stream ${streamId}, which is idle`);
  }
  return onClosed(core, streamId);
}

function onRequest(core: Core, streamId: number, list: HeaderList, endStream: boolean): Violation | undefined {
  if (streamId % 2 === 0) {
    return connectionError(
      "rfc9113-5.1.1",
      "PROTOCOL_ERROR",
      `a client opened stream ${streamId}, expected an odd number`,
    );
  }
  core.highestPeerId = streamId;
  const { goingAway } = core;
  if (goingAway.kind === "leaving" && streamId > goingAway.lastStreamId) {
    core.closed.note(streamId, "reset-by-us");
    return undefined;
  }
  reclaimMemory(core);
  const tooMany = core.streams.size >= core.limits.maxConcurrentStreams;
  if (tooMany || core.budget.spent) {
    // A peer that ignores our SETTINGS opens streams for ever; that our memory is spent is no fault of this one.
    if (tooMany && !core.spend("limit-rapid-reset")) return undefined;
    core.closed.note(streamId, "reset-by-us");
    core.sendReset(streamId, errorCode.REFUSED_STREAM);
    core.answered(13);
    return undefined;
  }
  const fault = faultInRequest(list, core.soundList) ?? faultInLength(list, endStream);
  if (fault !== undefined) return malformed(streamId, fault);
  core.soundList = list;
  const stream = new Http2Stream(streamId, core.streamWindows.make(), core.peer.initialWindowSize, core);
  stream.move("recv-headers");
  stream.expectedBytes = contentLength(list);
  core.addStream(stream);
  stream.events = core.sink.onStream(stream);
  if (stream.end !== undefined) {
    stream.events.onClosed(stream.end);
    return undefined;
  }
  deliverHead(core, stream, list, endStream);
  return undefined;
}

function onStream(core: Core, stream: Http2Stream, list: HeaderList, endStream: boolean): Violation | undefined {
  switch (stream.received) {
    case "end":
      return streamError("rfc9113-5.1", "STREAM_CLOSED", stream.id, "HEADERS after END_STREAM");
    case "head":
      return onTrailers(core, stream, list, endStream);
    case "nothing":
      return onResponse(core, stream, list, endStream);
  }
}

function onResponse(core: Core, stream: Http2Stream, list: HeaderList, endStream: boolean): Violation | undefined {
  // The decoder hands out the very same frozen list for the same octets, so one look at it is enough.
  const fault = list === core.soundList ? undefined : faultInResponse(list);
  if (fault !== undefined) return malformed(stream.id, fault);
  core.soundList = list;
  const statusCode = Number(list[1]);
  if (statusCode < 200) {
    if (endStream || statusCode === 101)
      return malformed(stream.id, `:status ${statusCode} that ends or upgrades the stream`);
    if (core.spend("limit-empty-frames")) stream.events.onInformational?.(list);
    return undefined;
  }
  if (!stream.bodiless && statusCode !== 204 && statusCode !== 304) {
    const mismatch = faultInLength(list, endStream);
    if (mismatch !== undefined) return malformed(stream.id, mismatch);
    stream.expectedBytes = contentLength(list);
  }
  deliverHead(core, stream, list, endStream);
  return undefined;
}

function onTrailers(core: Core, stream: Http2Stream, list: HeaderList, endStream: boolean): Violation | undefined {
  if (!endStream) return malformed(stream.id, "a second header section without END_STREAM");
  const fault = list === core.soundTrailers ? undefined : faultInTrailers(list);
  if (fault !== undefined) return malformed(stream.id, fault);
  core.soundTrailers = list;
  if (stream.expectedBytes >= 0 && stream.receivedBytes !== stream.expectedBytes) {
    return malformed(stream.id, `body of ${stream.receivedBytes} octets, content-length says ${stream.expectedBytes}`);
  }
  stream.received = "end";
  stream.events.onTrailers(list);
  core.endReceiving(stream);
  return undefined;
}

function deliverHead(core: Core, stream: Http2Stream, list: HeaderList, endStream: boolean): void {
  stream.received = endStream ? "end" : "head";
  stream.events.onHeaders(list, endStream);
  if (endStream) core.endReceiving(stream);
}

function onClosed(core: Core, streamId: number): Violation | undefined {
  switch (core.closed.of(streamId)) {
    case "ended-by-peer":
      return connectionError("rfc9113-5.1", "STREAM_CLOSED", `HEADERS on stream ${streamId} after END_STREAM`);
    case "reset-by-peer":
      return streamError("rfc9113-5.1", "STREAM_CLOSED", streamId, "HEADERS after RST_STREAM");
    case "reset-by-us":
      return undefined;
    case "forgotten":
      // RFC 9113 §5.1.1: a client may not go back to a lower id.
      if (core.role === "server") {
        return connectionError(
          "rfc9113-5.1.1",
          "PROTOCOL_ERROR",
          `stream ${streamId} opened after ${core.highestPeerId}`,
        );
      }
      core.spend("limit-useless-frames");
      return undefined;
  }
}

function faultInLength(list: HeaderList, endStream: boolean): string | undefined {
  if (!endStream) return undefined;
  const expected = contentLength(list);
  return expected > 0 ? `no body, content-length says ${expected}` : undefined;
}

function malformed(streamId: number, detail: string): Violation {
  return streamError("rfc9113-8.1.1", "PROTOCOL_ERROR", streamId, detail);
}

function isList(decoded: HeaderList | Violation): decoded is HeaderList {
  return Array.isArray(decoded);
}
