import { describe, expect, it } from "vitest";
import { unwrapLine } from "./unwrap-line.ts";

const text = "Error: 14 UNAVAILABLE: Connection dropped";

describe("a line without its wrapping", () => {
  it.each([
    ["colours", `\u001b[31m${text}\u001b[0m`],
    ["compose", `shop-1  | ${text}`],
    ["compose and colours", `\u001b[36mshop-1  |\u001b[0m ${text}`],
    ["journal", `Nov 21 12:00:01 host unit[123]: ${text}`],
    ["journal with ISO time", `2026-11-21T12:00:01+0000 host unit[123]: ${text}`],
    ["CRI", `2026-11-21T12:00:01.123456789Z stderr F ${text}`],
    ["container JSON", JSON.stringify({ log: `${text}\n`, stream: "stderr", time: "2026-11-21T12:00:01Z" })],
    ["pytest", `E   ${text}`],
    ["kubectl --prefix", `[pod/shop-1/shop] ${text}`],
    ["CRLF", `${text}\r`],
    ["logcat", `07-22 09:54:45.649 W/System.err( 8546): ${text}`],
    ["logcat, in short", `E/ShopClient(8546): ${text}`],
    ["logcat of Android Studio", `08-20 23:50:18.082 3165-5160/com.shop W/ShopClient: ${text}`],
    ["time stamp", `2026-11-21 12:00:01,123 ${text}`],
    ["time stamp in brackets", `[2026-11-21T12:00:01.123Z] ${text}`],
  ])("%s", (_, line) => {
    expect(unwrapLine(line).texts).toEqual([text]);
  });

  it("reads the time of every wrapping", () => {
    const at = Date.UTC(2026, 10, 21, 12, 0, 1, 500);
    expect(unwrapLine(`2026-11-21T12:00:01.5Z stderr F ${text}`).timeMs).toBe(at);
    expect(unwrapLine(JSON.stringify({ level: 50, time: at, msg: text })).timeMs).toBe(at);
    expect(unwrapLine(JSON.stringify({ level: "error", ts: at / 1_000, msg: text })).timeMs).toBe(at); // s
    expect(unwrapLine(`2026/11/21 14:00:01 [error] 7#7: *1 x`).timeMs).toBe(Date.UTC(2026, 10, 21, 14, 0, 1));
    expect(unwrapLine(text).timeMs).toBeUndefined();
  });

  it("names the source, so that containers do not mix", () => {
    expect(unwrapLine(`shop-1  | ${text}`).source).toBe("shop-1");
    expect(unwrapLine(`07-22 09:54:45.649 W/System.err( 8546): ${text}`).source).toBe("W/System.err 8546");
    expect(unwrapLine(text).source).toBeUndefined();
  });

  it("takes texts and the status out of pino's, bunyan's and winston's records", () => {
    const stack = `${text}\n    at f (/app/x.js:1:1)`;
    const { texts, statuses, begins } = unwrapLine(
      JSON.stringify({
        level: 50,
        msg: "order failed",
        err: { type: "Error", stack, code: 14, details: "Connection dropped" },
      }),
    );
    expect(texts).toContain("order failed");
    expect(texts).toContain(text);
    expect(texts).toContain("    at f (/app/x.js:1:1)");
    expect(statuses).toEqual([
      { code: "UNAVAILABLE", message: "Connection dropped", implementation: "grpc-js", proof: "form" },
    ]);
    expect(begins).toBe(true);
  });

  it("takes the status out of the core's own record of an error, with and without words of the peer", () => {
    const core = { created: "@1663638747.95", file_line: 1056, grpc_status: 14 };
    const status = { code: "UNAVAILABLE", implementation: "grpc-core", proof: "form" };
    const told = { ...core, description: "Error received from peer ipv4:10.0.0.7:2222", grpc_message: "Socket closed" };
    expect(unwrapLine(`:${JSON.stringify(told)}`).statuses).toEqual([{ ...status, message: "Socket closed" }]);
    const own = { ...core, description: "Endpoint read failed" };
    expect(unwrapLine(JSON.stringify(own)).statuses).toEqual([{ ...status, message: "Endpoint read failed" }]);
    expect(unwrapLine(JSON.stringify({ ...own, grpc_status: 0 })).statuses).toEqual([]);
  });

  it("reads the errors of grpc-gateway, and takes no other object with a small number for one", () => {
    const status = { code: "UNAVAILABLE", message: "gone", implementation: "grpc-go", proof: "form" };
    expect(unwrapLine('{"code":14,"message":"gone","details":[]}').statuses).toEqual([status]);
    expect(unwrapLine('{"error":"gone","code":14}').statuses).toEqual([status]);
    expect(unwrapLine('{"code":14,"message":"gone"}').statuses).toEqual([]);
    expect(unwrapLine('{"error":"gone","code":14,"user":"x"}').statuses).toEqual([]);
  });

  it("takes texts out of logfmt and of zap's console", () => {
    expect(unwrapLine(`time="2026-11-21T12:00:01Z" level=error msg="get" error="a \\"b\\""`).texts).toEqual([
      "get",
      'a "b"',
    ]);
    expect(unwrapLine(`2026-11-21T12:00:01.000Z\tERROR\tshop/x.go:3\tget\t{"error": "x"}`).texts.at(-1)).toBe("x");
  });

  it("reads the last value of logfmt to the end of the line when its quote was cut off", () => {
    expect(unwrapLine(`level=error msg="get \\"a b\\" failed`).texts).toEqual(['get "a b" failed']);
    expect(unwrapLine(`level=error msg="get failed\\`).texts).toEqual(["get failed"]);
  });

  it("keeps the record for signatures that name fields", () => {
    expect(unwrapLine('{"response_flags":"UC"}').record).toContain('"response_flags":"UC"');
  });

  it("leaves broken JSON as text", () => {
    expect(unwrapLine('{"log": "x').texts).toEqual(['{"log": "x']);
  });
});
