/** RFC 9113 §8.3 and §8.5: the fields that stand for the request line, and CONNECT, which has fewer. */
import { alive, answered, check, malformed, send, until } from "../wire/expect.mjs";
import { headers } from "../wire/frames.mjs";
import { get, greeted } from "./steps.mjs";

const without = (...names) => get.filter(([name]) => !names.includes(name));
const other = (name, value) => get.map(([field, old]) => [field, field === name ? value : old]);

/** The whole list of fields, why it is malformed, and where that stands. */
const wrong = [
  ["no :method", without(":method"), "§8.3.1"],
  ["no :scheme", without(":scheme"), "§8.3.1"],
  ["no :path", without(":path"), "§8.3.1"],
  ["no pseudo-fields at all", [["x-a", "1"]], "§8.3.1"],
  ["an empty :path", other(":path", ""), "§8.3.1"],
  ["a :path that does not begin with a slash", other(":path", "index.html"), "§8.3.1"],
  ["a :path of * with GET", other(":path", "*"), "§8.3.1"],
  ["an empty :method", other(":method", ""), "§8.3.1"],
  ["a :method that is no token", other(":method", "GE T"), "§8.3.1"],
  [":method twice", [...get, [":method", "GET"]], "§8.3.1"],
  [":scheme twice", [...get, [":scheme", "http"]], "§8.3.1"],
  [":path twice", [...get, [":path", "/"]], "§8.3.1"],
  [":authority twice", [...get, [":authority", "localhost"]], "§8.3"],
  ["a pseudo-field that is not defined", [...get, [":test", "1"]], "§8.3"],
  ["a pseudo-field of answers, :status", [...get, [":status", "200"]], "§8.3"],
  [":protocol, which needs a setting of the server's", [...get, [":protocol", "websocket"]], "§8.3"],
  ["a pseudo-field in upper case", [[":METHOD", "GET"], ...without(":method")], "§8.2.1"],
  ["a pseudo-field behind another field", [...without(":path"), ["x-a", "1"], [":path", "/"]], "§8.3"],
  ["a pseudo-field behind another field, all others being there", [...get, ["x-a", "1"], [":path", "/"]], "§8.3"],
  ["CR LF in :path", other(":path", "/\r\nx: y"), "§8.2.1"],
  ["NUL in :authority", other(":authority", "local\0host"), "§8.2.1"],
  ["LF in :scheme", other(":scheme", "ht\ntp"), "§8.2.1"],
  [":authority and a host that differs", [...get, ["host", "elsewhere.example"]], "§8.3.1"],
  [":authority and two host fields", [...get, ["host", "localhost"], ["host", "elsewhere.example"]], "§8.3.1"],
];

const right = [
  [":authority and the same host", [...get, ["host", "localhost"]], "§8.3.1"],
  [":authority and the same host in another case", [...get, ["host", "LocalHost"]], "§8.3.1"],
  ["host in place of :authority", [...without(":authority"), ["host", "localhost"]], "§8.3.1"],
  ["pseudo-fields in another order", [...get].reverse(), "§8.3"],
  ["a :path with a query", other(":path", "/any?a=b&c=%20"), "§8.3.1"],
];

const connect = (...fields) => [[":method", "CONNECT"], ...fields];
const wrongConnects = [
  ["without :authority", connect()],
  ["with :path", connect([":authority", "localhost:1"], [":path", "/"])],
  ["with :scheme", connect([":authority", "localhost:1"], [":scheme", "http"])],
  ["with :scheme and :path", connect([":authority", "localhost:1"], [":scheme", "http"], [":path", "/"])],
];

export default {
  section: "8.3",
  title: "pseudo-fields and CONNECT",
  cases: [
    ...wrong.map(([words, fields, section]) => ({
      sent: `a request with ${words}`,
      required: `a stream error PROTOCOL_ERROR: the request is malformed (${section})`,
      run: greeted(send(headers(1, fields, { end: true })), malformed(1)),
    })),
    ...right.map(([words, fields, section]) => ({
      sent: `a request with ${words}`,
      required: `an answer (${section})`,
      run: greeted(send(headers(1, fields, { end: true })), answered(1)),
    })),
    ...wrongConnects.map(([words, fields]) => ({
      sent: `CONNECT ${words}`,
      required: "a stream error PROTOCOL_ERROR: the request is malformed (§8.5)",
      run: greeted(send(headers(1, fields, { end: true })), malformed(1)),
    })),
    {
      sent: "CONNECT with :method and :authority alone",
      required: "no PROTOCOL_ERROR: it is not malformed, though a server need not do it (§8.5)",
      run: greeted(
        send(headers(1, connect([":authority", "localhost:1"]), { end: true })),
        until("an answer or a reset", (wire) => wire.endOf(1) || wire.resetOf(1) !== undefined),
        check("no PROTOCOL_ERROR", (wire) => wire.resetOf(1) !== "PROTOCOL_ERROR"),
        alive,
      ),
    },
  ],
};
