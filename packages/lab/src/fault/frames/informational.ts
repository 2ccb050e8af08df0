/** Informational answers before the real one (RFC 9110 §15.2), which clients may not know how to skip. */

import { frameType } from "../../peer/frame.ts";
import { literalHeaders } from "../../relay/literal-headers.ts";
import { answerParameters, ChosenStreams } from "../answers.ts";
import { defineFault } from "../define-fault.ts";
import { count } from "../parameter.ts";

export const informational = defineFault({
  id: "informational",
  says: "Sends informational answers before the real one.",
  lead: "status",
  chanceOf: "stream",
  parameters: {
    status: count("the status: 100 to 199", 103, 100),
    count: count("how many", 1),
    ...answerParameters,
  },
  attach: (values, connection) => {
    const chosen = new ChosenStreams(values, connection);
    return {
      onFrame: (frame, direction) => {
        const { streamId, type } = frame;
        if (chosen.begins(frame, direction) || !chosen.answers(frame, direction)) return undefined;
        if (type !== frameType.HEADERS) return undefined;
        chosen.forget(streamId);
        for (let sent = 0; sent < values.count; sent++) {
          connection.inject("to-client", literalHeaders(streamId, [":status", String(values.status)], false));
        }
        connection.tell(`${values.count} of HTTP ${values.status} on stream ${streamId}`);
        return undefined;
      },
    };
  },
});
