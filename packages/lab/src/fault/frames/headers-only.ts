/** Answers that begin and never go on. The connection stands, and so does the stream; the server is told CANCEL. */

import { frameType } from "../../peer/frame.ts";
import { literalHeaders } from "../../relay/literal-headers.ts";
import { answerParameters, ChosenStreams } from "../answers.ts";
import { defineFault } from "../define-fault.ts";

export const headersOnly = defineFault({
  id: "headers-only",
  says: "Sends an answer's headers, and then nothing more of it.",
  chanceOf: "stream",
  parameters: answerParameters,
  attach: (values, connection) => {
    const chosen = new ChosenStreams(values, connection);
    return {
      onFrame: (frame, direction) => {
        const { streamId, type, fields = [] } = frame;
        if (chosen.begins(frame, direction) || !chosen.answers(frame, direction)) return undefined;
        if (type !== frameType.HEADERS) return undefined;
        chosen.forget(streamId);
        connection.take(streamId);
        connection.tell(`nothing behind the headers of stream ${streamId}`);
        return [literalHeaders(streamId, fields, false)];
      },
    };
  },
});
