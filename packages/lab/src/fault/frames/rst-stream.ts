/** RST_STREAM towards the client, with any code, at any point of an answer. The server is told CANCEL if it has the request. */

import { errorCodeName } from "@holdfast/grpc/http2";
import { dataFrame, frameType, rstStreamFrame } from "../../peer/frame.ts";
import { literalHeaders } from "../../relay/literal-headers.ts";
import { answerParameters, ChosenStreams } from "../answers.ts";
import { defineFault } from "../define-fault.ts";
import type { RelayedFrame } from "../fault.ts";
import { firstMessageEnd } from "../message-end.ts";
import { choice, http2Code, octets } from "../parameter.ts";

export const rstStream = defineFault({
  id: "rst-stream",
  says: "Resets streams towards the client.",
  lead: "code",
  chanceOf: "stream",
  parameters: {
    code: http2Code("the error code", 8),
    at: choice(
      "`request`: the server never hears of it; `before-headers`: the answer has begun, and none of it has gone on; " +
        "`after-headers`, `after-message`: that much of it has; `after-bytes`: so many octets of its DATA",
      ["request", "before-headers", "after-headers", "after-message", "after-bytes"],
      "before-headers",
    ),
    bytes: octets("with `after-bytes`: how many", 1),
    ...answerParameters,
  },
  attach: (values, connection) => {
    const { code, at, bytes } = values;
    const chosen = new ChosenStreams(values, connection);
    const cuts = new Map<number, (payload: Uint8Array) => number | undefined>();
    const end = (streamId: number): Buffer => {
      connection.take(streamId);
      chosen.forget(streamId);
      cuts.delete(streamId);
      connection.tell(`RST_STREAM(${streamId}, ${errorCodeName(code)}) ${at}`);
      return rstStreamFrame(streamId, code);
    };
    const onData = ({ streamId, payload }: RelayedFrame): readonly Uint8Array[] | undefined => {
      const cut = cuts.get(streamId) ?? (at === "after-bytes" ? octetsEnd(bytes) : firstMessageEnd());
      cuts.set(streamId, cut);
      const cutAt = cut(payload);
      return cutAt === undefined ? undefined : [dataFrame(streamId, payload.slice(0, cutAt), false), end(streamId)];
    };
    return {
      onFrame: (frame, direction) => {
        const { type, streamId, fields } = frame;
        if (chosen.begins(frame, direction)) {
          if (at === "request") connection.inject("to-client", end(streamId));
          return undefined;
        }
        if (!chosen.answers(frame, direction)) return undefined;
        if (type === frameType.DATA && (at === "after-message" || at === "after-bytes")) return onData(frame);
        if (type !== frameType.HEADERS) return undefined;
        if (at === "before-headers") return [end(streamId)];
        return at === "after-headers" ? [literalHeaders(streamId, fields ?? [], false), end(streamId)] : undefined;
      },
    };
  },
});

/** As `firstMessageEnd`, after so many octets. */
function octetsEnd(bytes: number): (payload: Uint8Array) => number | undefined {
  let missing = bytes;
  return ({ byteLength }) => {
    const cutAt = missing <= byteLength ? missing : undefined;
    missing -= byteLength;
    return cutAt;
  };
}
