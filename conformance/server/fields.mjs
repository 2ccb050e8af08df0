/** RFC 9113 §8.2: names and values of fields. */
import { rightFields, wrongFields } from "../faults/fields.mjs";
import { answered, malformed, send } from "../wire/expect.mjs";
import { headers } from "../wire/frames.mjs";
import { get, greeted } from "./steps.mjs";

const wrong = [
  ...wrongFields,
  ["te other than trailers", "te", "gzip", "§8.2.2"],
  ["te with trailers and more", "te", "trailers, deflate;q=0.5", "§8.2.2"],
];
const right = [...rightFields, ["te: trailers", [["te", "trailers"]], "§8.2.2"]];

export default {
  section: "8.2",
  title: "fields",
  cases: [
    ...wrong.map(([words, name, value, section]) => ({
      sent: `a request with ${words}`,
      required: `a stream error PROTOCOL_ERROR: the request is malformed (${section})`,
      run: greeted(send(headers(1, [...get, [name, value]], { end: true })), malformed(1)),
    })),
    ...right.map(([words, fields, section]) => ({
      sent: `a request with ${words}`,
      required: `an answer (${section})`,
      run: greeted(send(headers(1, [...get, ...fields], { end: true })), answered(1)),
    })),
  ],
};
