/** Answers without their trailers, as a proxy makes them that does not know trailers. */

import { code, dataFrame, frameType, rstStreamFrame } from "../../peer/frame.ts";
import { literalHeaders } from "../../relay/literal-headers.ts";
import { answerParameters, ChosenStreams } from "../answers.ts";
import { defineFault } from "../define-fault.ts";
import { choice } from "../parameter.ts";
import { endsStream } from "../requests.ts";

export const trailersMissing = defineFault({
  id: "trailers-missing",
  says: "Takes the trailers off answers.",
  lead: "then",
  chanceOf: "stream",
  parameters: {
    then: choice(
      "what stands in their place: an empty DATA that ends the stream, RST_STREAM(NO_ERROR), nothing at all",
      ["end-stream", "rst", "nothing"],
      "end-stream",
    ),
    ...answerParameters,
  },
  attach: (values, connection) => {
    const chosen = new ChosenStreams(values, connection);
    const begun = new Set<number>();
    return {
      onFrame: (frame, direction) => {
        const { type, streamId, fields = [] } = frame;
        if (chosen.begins(frame, direction) || !chosen.answers(frame, direction)) return undefined;
        if (type !== frameType.HEADERS) return undefined;
        if (!endsStream(frame)) {
          begun.add(streamId);
          return undefined;
        }
        connection.tell(`no trailers on stream ${streamId}`);
        // An answer of trailers alone (gRPC's Trailers-Only) keeps the headers that are HTTP's.
        const head = begun.delete(streamId) ? [] : [literalHeaders(streamId, withoutStatus(fields), false)];
        if (values.then === "nothing") return head.length === 0 ? "drop" : head;
        const end =
          values.then === "rst" ? rstStreamFrame(streamId, code.NO_ERROR) : dataFrame(streamId, new Uint8Array(), true);
        return [...head, end];
      },
    };
  },
});

function withoutStatus(fields: readonly string[]): readonly string[] {
  return fields.filter((_, at) => !(fields[at - (at % 2)] as string).startsWith("grpc-"));
}
