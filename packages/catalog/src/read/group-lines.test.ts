import { describe, expect, it } from "vitest";
import { groupLines } from "./group-lines.ts";
import { unwrapLine } from "./unwrap-line.ts";

/** First and last line of the group around the line that holds `hit`. */
function group(text: string, hit: string): readonly [number, number] | undefined {
  const lines = text.split("\n");
  const found = groupLines(
    { line: (number) => (lines[number - 1] === undefined ? undefined : unwrapLine(lines[number - 1] ?? "")) },
    lines.findIndex((line) => line.includes(hit)) + 1,
  );
  return found && [found.first, found.last];
}

const node = `ready
Error: 14 UNAVAILABLE: Connection dropped
    at callErrorFromStatus (/app/node_modules/@grpc/grpc-js/build/src/call.js:32:19)
for call at
    at ServiceClientImpl.makeUnaryRequest (/app/node_modules/@grpc/grpc-js/build/src/client.js:160:32) {
  code: 14,
  details: 'Connection dropped',
  metadata: Metadata { internalRepr: Map(0) {}, options: {} }
}
GET /health 200`;

const java = `INFO ready
io.grpc.StatusRuntimeException: UNAVAILABLE: io exception
\tat io.grpc.stub.ClientCalls.toStatusRuntimeException(ClientCalls.java:240)
Caused by: java.net.ConnectException: Connection refused
\t... 11 more
INFO go on`;

const python = `ready
Traceback (most recent call last):
  File "/app/x.py", line 3, in <module>
    stub.Get(req)
grpc._channel._InactiveRpcError: <_InactiveRpcError of RPC that terminated with:
\tstatus = StatusCode.UNAVAILABLE
\tdetails = "Socket closed"
>

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/app/y.py", line 9, in get
shop.Unavailable: no shop
done`;

const rust = `ready
Error: transport error

Caused by:
    0: error trying to connect: tcp connect error: Connection refused (os error 111)
    1: Connection refused (os error 111)
ready`;

const go = `2026/11/21 12:00:00 ready
panic: rpc error: code = Unavailable desc = transport is closing

goroutine 1 [running]:
main.main()
\t/app/main.go:12 +0x1d
exit status 2`;

const dotnet = `Unhandled exception. Grpc.Core.RpcException: Status(StatusCode="Unavailable", Detail="x")
 ---> System.Net.Http.HttpRequestException: Connection refused
   at System.Net.Sockets.Socket.Connect()
   --- End of inner exception stack trace ---
   at Shop.Main()
next`;

describe("lines of one failure", () => {
  it.each([
    ["Node, from its message", node, "14 UNAVAILABLE", [2, 9]],
    ["Node, from its object", node, "details:", [2, 9]],
    ["Java, from the cause", java, "Caused by", [2, 5]],
    ["Python, from details, with what it caused", python, "details =", [2, 14]],
    ["Go, from the panic", go, "panic:", [2, 6]],
    [".NET", dotnet, "Grpc.Core", [1, 5]],
    ["Rust, from the innermost cause", rust, "1: Connection refused", [2, 6]],
    ["Rust, quoted", rust.replace("Caused by", " Caused by"), "1: Connection refused", [2, 6]],
  ] as const)("%s", (_, text, hit, expected) => {
    expect(group(text, hit)).toEqual(expected);
  });

  it("follows one container through the lines of another", () => {
    const text = "a-1 | Error: 14 UNAVAILABLE: x\nb-1 | GET / 200\na-1 |     at f (x.js:1:1)\nb-1 | GET / 200";
    expect(group(text, "14 UNAVAILABLE")).toEqual([1, 3]);
  });

  it("leaves the next record of a logger alone", () => {
    const text = "2026-11-21T12:00:00Z Error: 14 UNAVAILABLE: x\n2026-11-21T12:00:01Z     at rest";
    expect(group(text, "14 UNAVAILABLE")).toEqual([1, 1]);
  });

  it("goes on behind a field of a Rust struct that is still open", () => {
    const text = 'ready\nStatus { code: Cancelled,\nmessage: "Timeout expired" }\nGET / 200';
    expect(group(text, "Cancelled")).toEqual([2, 3]);
    expect(group("Status { code: Cancelled },\nGET / 200", "Cancelled")).toEqual([1, 1]);
  });

  it("never reaches further than its bounds", () => {
    const text = `Error: 14 UNAVAILABLE: x\n${"    at f\n".repeat(500)}`;
    expect(group(text, "14 UNAVAILABLE")).toEqual([1, 81]);
  });
});
