/** A page of HTML where gRPC was expected: what proxies and load balancers answer by themselves. */

import { dataFrame, frameType } from "../../peer/frame.ts";
import { literalHeaders } from "../../relay/literal-headers.ts";
import { answerParameters, ChosenStreams } from "../answers.ts";
import { defineFault } from "../define-fault.ts";
import { choice, count } from "../parameter.ts";

export const htmlAnswer = defineFault({
  id: "html-answer",
  says: "Answers requests with a page of HTML.",
  lead: "status",
  chanceOf: "stream",
  parameters: {
    status: count("the status of HTTP", 502, 100),
    reached: choice("whether the server gets the request, and its answer is replaced", ["no", "yes"], "no"),
    ...answerParameters,
  },
  attach: (values, connection) => {
    const { status, reached } = values;
    const chosen = new ChosenStreams(values, connection);
    const answer = (streamId: number): readonly Uint8Array[] => {
      connection.take(streamId);
      chosen.forget(streamId);
      connection.tell(`HTTP ${status} and a page on stream ${streamId}`);
      const page = Buffer.from(`<html><body><h1>${status}</h1></body></html>\n`);
      const fields = [
        ":status",
        String(status),
        "content-type",
        "text/html",
        "content-length",
        String(page.byteLength),
      ];
      return [literalHeaders(streamId, fields, false), dataFrame(streamId, page, true)];
    };
    return {
      onFrame: (frame, direction) => {
        if (chosen.begins(frame, direction)) {
          if (reached === "no") for (const each of answer(frame.streamId)) connection.inject("to-client", each);
          return undefined;
        }
        if (!chosen.answers(frame, direction) || frame.type !== frameType.HEADERS) return undefined;
        return answer(frame.streamId);
      },
    };
  },
});
