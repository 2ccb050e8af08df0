/** RFC 9113 §8.2 and §8.3.2: the fields of an answer, :status first. */
import { rightFields, wrongFields } from "../faults/fields.mjs";
import { send } from "../wire/expect.mjs";
import { headers } from "../wire/frames.mjs";
import { called, delivered, malformed, ok } from "./steps.mjs";

const only = (fields) => send(headers(1, fields, { end: true }));

const wrongStatuses = ["", "2", "20", "2000", "abc", "+20", "-20", "2e2", "20 ", " 200", "200 OK", "0x9", "2.0", "000"];
const wrongPseudo = [
  [":status missing", [["x-a", "1"]]],
  [":status twice", [...ok, ...ok]],
  [":status twice, with values that differ", [...ok, [":status", "204"]]],
  [":status behind another field", [["x-a", "1"], ...ok]],
  [":status behind another field and in front of it", [...ok, ["x-a", "1"], ...ok]],
  ["a pseudo-field that is not defined", [...ok, [":version", "HTTP/2"]]],
  ["a pseudo-field that is not defined in front of :status", [[":version", "HTTP/2"], ...ok]],
  ["a pseudo-field of requests, :path", [...ok, [":path", "/"]]],
  ["a pseudo-field of requests, :method, and no :status", [[":method", "GET"]]],
  [":STATUS in upper case", [[":STATUS", "200"]]],
];

export default {
  section: "8.2",
  title: "fields of an answer",
  cases: [
    ...wrongFields.map(([words, name, value, section]) => ({
      sent: `an answer with ${words}`,
      required: `a stream error PROTOCOL_ERROR: the answer is malformed (${section})`,
      run: called(only([...ok, [name, value]]), malformed),
    })),
    ...rightFields.map(([words, fields, section]) => ({
      sent: `an answer with ${words}`,
      required: `it is delivered (${section})`,
      run: called(only([...ok, ...fields]), delivered({ octets: 0 })),
    })),
    ...wrongPseudo.map(([words, fields]) => ({
      sent: `an answer with ${words}`,
      required: "a stream error PROTOCOL_ERROR: the answer is malformed (§8.3, §8.3.2)",
      run: called(only(fields), malformed),
    })),
    ...wrongStatuses.map((value) => ({
      sent: `:status ${JSON.stringify(value)}`,
      required: "a stream error PROTOCOL_ERROR: it is not three digits (§8.3.2, RFC 9110 §15)",
      run: called(only([[":status", value]]), malformed),
    })),
  ],
};
