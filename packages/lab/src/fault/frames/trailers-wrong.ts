/** Another status than the server gave, or one that is none. */

import { frameType } from "../../peer/frame.ts";
import { literalHeaders } from "../../relay/literal-headers.ts";
import { answerParameters, ChosenStreams } from "../answers.ts";
import { defineFault } from "../define-fault.ts";
import { text } from "../parameter.ts";
import { endsStream } from "../requests.ts";

export const trailersWrong = defineFault({
  id: "trailers-wrong",
  says: "Changes grpc-status in trailers.",
  lead: "status",
  chanceOf: "stream",
  parameters: {
    status: text("the value of grpc-status, a number or not", "13"),
    message: text("the value of grpc-message; default: none", undefined),
    ...answerParameters,
  },
  attach: (values, connection) => {
    const chosen = new ChosenStreams(values, connection);
    return {
      onFrame: (frame, direction) => {
        const { type, streamId, fields } = frame;
        if (chosen.begins(frame, direction) || !chosen.answers(frame, direction)) return undefined;
        if (type !== frameType.HEADERS || !endsStream(frame) || fields === undefined) return undefined;
        connection.tell(`grpc-status ${values.status} on stream ${streamId}`);
        return [literalHeaders(streamId, withStatus(fields, values.status, values.message), true)];
      },
    };
  },
});

function withStatus(fields: readonly string[], status: string, message: string | undefined): readonly string[] {
  const kept = fields.filter((_, at) => !["grpc-status", "grpc-message"].includes(fields[at - (at % 2)] as string));
  return [...kept, "grpc-status", status, ...(message === undefined ? [] : ["grpc-message", message])];
}
