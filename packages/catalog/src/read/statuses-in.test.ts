import { describe, expect, it } from "vitest";
import { statusesIn } from "./statuses-in.ts";

/** A line, and the codes, messages and implementations that must be read from it, outermost first. */
const lines: readonly (readonly [line: string, ...statuses: readonly string[]])[] = [
  ["Error: 14 UNAVAILABLE: Connection dropped", "UNAVAILABLE|Connection dropped|grpc-js"],
  ["order failed: 13 INTERNAL: Received RST_STREAM with code 2", "INTERNAL|Received RST_STREAM with code 2|grpc-js"],
  ["rpc error: code = Unavailable desc = transport is closing", "UNAVAILABLE|transport is closing|grpc-go"],
  [
    "rpc error: code = Internal desc = call: rpc error: code = DeadlineExceeded desc = late",
    "INTERNAL|call: rpc error: code = DeadlineExceeded desc = late|grpc-go",
    "DEADLINE_EXCEEDED|late|grpc-go",
  ],
  [
    "rpc error: code = Canceled desc = grpc: the client connection is closing",
    "CANCELLED|grpc: the client connection is closing|grpc-go",
  ],
  ["WARN grpc:shop{peer=10.0.0.1:5 m=Get}: request failed with NotFound: no order 7", "NOT_FOUND|no order 7|"],
  ["WARN tonic call: error: Internal: broken", "INTERNAL|broken|"],
  ['INFO grpc{id=7}: done, error: code=NotFound, message="no order"', "NOT_FOUND|no order|"],
  ["WARN shop{id=7}: request failed with NotFound: no order 7"],
  ["order 7: 14 UNAVAILABLE:", "UNAVAILABLE||grpc-js"],
  ["order 7: 14 UNAVAILABLE", "UNAVAILABLE||grpc-js"],
  ["order 7: 4 DEADLINE_EXCEEDED.", "DEADLINE_EXCEEDED||grpc-js"],
  ["jobs: 3 DONE, 1 CANCELLED"],
  ["nodes: 114 UNAVAILABLE"],
  ["no nodes: 7 UNAVAILABLE"],
  ["rpc failed: code = Unavailable desc =", "UNAVAILABLE||grpc-go"],
  ["ConnectError: [unavailable]", "UNAVAILABLE||connect-node"],
  [
    "Server terminated abruptly (error code: 14, error message: 'Socket closed', log file: '/srv/jvm.out')",
    "UNAVAILABLE|Socket closed|grpc-core",
  ],
  ["Rpc failed with status code 14, message: Socket closed", "UNAVAILABLE|Socket closed|"],
  [
    "Failure: unavailable: dial tcp 127.0.0.1:8080: connect: connection refused",
    "UNAVAILABLE|dial tcp 127.0.0.1:8080: connect: connection refused|connect-node",
  ],
  ["Unimplemented desc = unknown service shop.Shop", "UNIMPLEMENTED|unknown service shop.Shop|grpc-go"],
  ["`code = Unavailable desc = transport is closing", "UNAVAILABLE|transport is closing|grpc-go"],
  ['dialled twice, code = "Internal", desc = "transport: broken"', "INTERNAL|transport: broken|grpc-go"],
  ['503: {"code":14, "message":"EOF", "details":[]}', "UNAVAILABLE|EOF|grpc-go"],
  ['503: {"error":"a","message":"a","code":14}', "UNAVAILABLE|a|grpc-go"],
  ["unavailable: 502 Bad Gateway", "UNAVAILABLE|502 Bad Gateway|connect-node"],
  ["unavailable: the moon"],
  ["unknown: 505 HTTP Version Not Supported", "UNKNOWN|505 HTTP Version Not Supported|connect-node"],
  ['err="{"code":14,"details":"Connection dropped","metadata":{}}"', "UNAVAILABLE|Connection dropped|grpc-js"],
  [
    'ConnectError(code: unavailable, message: "Could not connect to the server.", exception: nil)',
    "UNAVAILABLE|Could not connect to the server.|connect-node",
  ],
  ["[config] StreamListeners gRPC config stream closed: 5, no such node", "NOT_FOUND|no such node|"],
  ["io.grpc.StatusRuntimeException: UNAVAILABLE: io exception", "UNAVAILABLE|io exception|grpc-java"],
  ["Caused by: io.grpc.StatusException: CANCELLED", "CANCELLED||grpc-java"],
  ["Status{code=UNAVAILABLE, description=Keepalive failed, cause=null}", "UNAVAILABLE|Keepalive failed|grpc-java"],
  [
    'Status(StatusCode="Unavailable", Detail="Error starting gRPC call.")',
    "UNAVAILABLE|Error starting gRPC call.|grpc-dotnet",
  ],
  ["GRPC::InvalidArgument (3:Request contains one.)", "INVALID_ARGUMENT|Request contains one.|grpc-core"],
  ["responded with gRPC status code 2. Error message: Failed to connect", "UNKNOWN|Failed to connect|"],
  ["d1{code=UNAVAILABLE, description=Keepalive failed, cause=null}.", "UNAVAILABLE|Keepalive failed|grpc-java"],
  ["Status(StatusCode=Unavailable, Detail=Empty update)", "UNAVAILABLE|Empty update|grpc-dotnet"],
  ['Status (StatusCode="Internal", Detail="Bad gRPC response.")', "INTERNAL|Bad gRPC response.|grpc-dotnet"],
  ['status: Unavailable, message: "a \\"b\\" c", details: []', 'UNAVAILABLE|a "b" c|tonic'],
  [
    'RpcFailure(RpcStatus { code: 4-DEADLINE_EXCEEDED, message: "Deadline Exceeded", details: [] })',
    "DEADLINE_EXCEEDED|Deadline Exceeded|grpc-core",
  ],
  [
    'RpcFailure(RpcStatus { status: Unavailable, details: Some("Connect Failed") })',
    "UNAVAILABLE|Connect Failed|grpc-core",
  ],
  [
    'RpcFinished(Some(RpcStatus { status: RpcStatusCode(14), details: Some("Socket closed") }))',
    "UNAVAILABLE|Socket closed|grpc-core",
  ],
  ["gRPC error: RpcFailure: 14-UNAVAILABLE failed to connect", "UNAVAILABLE|failed to connect|grpc-core"],
  ['Status { code: DeadlineExceeded, message: "Timeout expired" }', "DEADLINE_EXCEEDED|Timeout expired|tonic"],
  [`code: 'The service is currently unavailable', message: "tcp connect error"`, "UNAVAILABLE|tcp connect error|tonic"],
  [
    `status: 'The system is not in a state required for the operation's execution', message: "no"`,
    "FAILED_PRECONDITION|no|tonic",
  ],
  ["ConnectError: [unavailable] PING timed out", "UNAVAILABLE|PING timed out|connect-node"],
  ["[canceled] This operation was aborted", "CANCELLED|This operation was aborted|connect-node"],
  ["ClientError: /shop.Shop/Get UNAVAILABLE: Connection dropped", "UNAVAILABLE|Connection dropped|nice-grpc"],
  [
    '<AioRpcError status = StatusCode.UNAVAILABLE\\n\\tdetails = "Socket closed"\\n>',
    "UNAVAILABLE|Socket closed|grpc-core",
  ],
  ["GRPC::Unavailable: 14:Socket closed. debug_error_string:{}", "UNAVAILABLE|Socket closed|grpc-core"],
  ["google.api_core.exceptions.ServiceUnavailable: 503 Socket closed", "UNAVAILABLE|Socket closed|grpc-core"],
  [
    "gRPC Error (code: 14, codeName: UNAVAILABLE, message: Missing trailers, details: null, trailers: {})",
    "UNAVAILABLE|Missing trailers|",
  ],
  ["Error: gRPC Error (14, Closed in non-idle state)", "UNAVAILABLE|Closed in non-idle state|"],
  ["Got a GrpcError(code: 14, messsage: 'Closed in non-idle state').", "UNAVAILABLE|Closed in non-idle state|"],
  [
    "[query], <_MultiThreadedRendezvous: StatusCode.UNAVAILABLE, Socket closed>, <Time:{}>",
    "UNAVAILABLE|Socket closed|grpc-core",
  ],
  ["InferenceServerException: [StatusCode.UNAVAILABLE] Socket closed", "UNAVAILABLE|Socket closed|grpc-core"],
  ["StatusCode.UNAVAILABLE, Socket closed", "UNAVAILABLE|Socket closed|grpc-core"],
  ["RPC failed: StatusCode.UNAVAILABLE: Socket closed", "UNAVAILABLE|Socket closed|grpc-core"],
  ["Google::Cloud::DeadlineExceededError: 4:Deadline Exceeded", "DEADLINE_EXCEEDED|Deadline Exceeded|grpc-core"],
  ["RetryError: Timeout of 60.0s exceeded, last exception: 503 EOF", "UNAVAILABLE|EOF|grpc-core"],
  [
    "Thread-ConsumeBidirectionalStream caught error 503 Socket closed and will exit. Generally this is due to the RPC",
    "UNAVAILABLE|Socket closed|grpc-core",
  ],
  [
    "GaxError RPC failed, caused by 3:The deadline is too late.",
    "INVALID_ARGUMENT|The deadline is too late.|grpc-core",
  ],
  ["<StatusCode.DEADLINE_EXCEEDED: (4, 'deadline exceeded')>", "DEADLINE_EXCEEDED|deadline exceeded|grpc-core"],
  ["FirebaseError: [code=failed-precondition]: not in this mode", "FAILED_PRECONDITION|not in this mode|"],
  ["WriteStream (7f92) Stream error: 'Permission denied: No access.'", "PERMISSION_DENIED|No access.|"],
  ["tensorflow.errors_impl.UnavailableError: Socket closed", "UNAVAILABLE|Socket closed|grpc-core"],
  ['Error Domain=io.grpc Code=14 "Connect Failed" UserInfo={}', "UNAVAILABLE|Connect Failed|grpc-core"],
  ['ApiException: {"message": "EOF","code": 14,"status": "UNAVAILABLE","details": []}', "UNAVAILABLE|EOF|grpc-core"],
  ["AioRpcError: statusCode.UNAVAILABLE, GOAWAY received", "UNAVAILABLE|GOAWAY received|grpc-core"],
  ["ServiceUnavailable: 503 Transport closed", "UNAVAILABLE|Transport closed|grpc-core"],
  ["'InternalServerError': 500 Stream removed", "INTERNAL|Stream removed|grpc-core"],
  ["grpc error code: 14, message: Socket closed", "UNAVAILABLE|Socket closed|"],
  ["[gRPC] call failed, error_code=4 error_message=late", "DEADLINE_EXCEEDED|late|"],
  ["mysql error code: 14, message: Socket closed", ...[]],
  ["gRPC Error UNAVAILABLE (14): Socket closed", "UNAVAILABLE|Socket closed|"],
  ["UNAVAILABLE (15): Socket closed", ...[]],
  ["google.api_core.exceptions.Unknown: None Stream removed", "UNKNOWN|Stream removed|grpc-core"],
  ["Unknown: None Stream removed", "UNKNOWN|Stream removed|"],
  ["pick failed: error=UNKNOWN: ipv4:10.0.0.7:443: Connection refused", ...[]],
  ["no connection; last error: UNKNOWN: ipv4:10.0.0.7:443: Connection refused", ...[]],
  ["pick failed: error=UNAVAILABLE: no address", "UNAVAILABLE|no address|"],
  [
    "error(s): the grpc server returns error (Unknown error): , detailed error message: Service was not ready: transport error",
    "UNKNOWN|Service was not ready: transport error|tonic",
  ],
  [
    "the grpc server returns error (The service is currently unavailable): , detailed error message: tcp connect error",
    "UNAVAILABLE|tcp connect error|tonic",
  ],
  ["ServiceUnavailable: 203 items", ...[]],
  [
    "Call failed with gRPC error status. Status code: 'Unavailable', Message: 'It broke.'.",
    "UNAVAILABLE|It broke.|grpc-dotnet",
  ],
  ["unavailable (14): Transport became inactive", "UNAVAILABLE|Transport became inactive|"],
  ["in `check_status': 14:Endpoint read failed (GRPC::Unavailable)", "UNAVAILABLE|Endpoint read failed|grpc-core"],
  [
    "<_Rendezvous of RPC that terminated with (StatusCode.UNAVAILABLE, Connect Failed)>",
    "UNAVAILABLE|Connect Failed|grpc-core",
  ],
  [
    '{"description":"Error received from peer","grpc_message":"Socket closed","grpc_status":14}',
    "UNAVAILABLE|Socket closed|grpc-core",
  ],
  ['peer ipv4:10.0.0.1:80 {grpc_status:14, grpc_message:"Socket closed"}', "UNAVAILABLE|Socket closed|grpc-core"],
  [
    "rpc error: code = 14 desc = grpc: the connection is unavailable",
    "UNAVAILABLE|grpc: the connection is unavailable|grpc-go",
  ],
  ["Unavailable; The service is away. [code=8a75]", "UNAVAILABLE|The service is away. [code=8a75]|grpc-dotnet"],
  ["Unavailable; see the manual for [code=8a75]".toLowerCase(), ...[]],
  ["GRPCError: (<Status.UNKNOWN: 2>, 'Missing grpc-status header', None)", "UNKNOWN|Missing grpc-status header|"],
  [`(<Status.UNAVAILABLE: 14>, "Received :status = '502'", None)`, "UNAVAILABLE|Received :status = '502'|"],
  ["<Status.UNKNOWN: 14>, 'the number is that of another code'", ...[]],
  [
    "ERROR: Code: Unavailable Message: error reading from server: EOF",
    "UNAVAILABLE|error reading from server: EOF|grpc-go",
  ],
  ["grpc-status: 14, grpc-message: upstream%20down", "UNAVAILABLE|upstream down|"],
  ["UNAVAILABLE: the name has no address", "UNAVAILABLE|the name has no address|"],
  [
    "org.apache.dubbo.rpc.StatusRpcException: CANCELLED : Canceled by client ,errorCode=8",
    "CANCELLED|Canceled by client ,errorCode=8|",
  ],
  ['{:error, %GRPC.RPCError{status: 4, message: "Deadline expired"}}', "DEADLINE_EXCEEDED|Deadline expired|"],
  ["%GRPC.RPCError{status: 14, message: nil}", "UNAVAILABLE||"],
  [
    String.raw`%GRPC.RPCError{__exception__: true, details: nil, message: ":stream_error: :\"reset\"", status: 13}`,
    'INTERNAL|:stream_error: :"reset"|',
  ],
  ['unavailable: "channel isn\'t ready" (cause: "x")', "UNAVAILABLE|channel isn't ready|"],
  [`RPCError(code: unavailable, message: "channel isn't ready", metadata: [:])`, "UNAVAILABLE|channel isn't ready|"],
  ['GRPCStatus(code: aborted (10), message: Optional("again"))', "ABORTED|again|"],
  ['internalError: "no trailers"', "INTERNAL|no trailers|"],
  ["12:30:01 Error: 4:Deadline Exceeded. debug_error_string:{x}", "DEADLINE_EXCEEDED|Deadline Exceeded|grpc-core"],
  [
    'Error Domain=FIRFirestoreErrorDomain Code=14 "The operation could not be completed" UserInfo={}',
    "UNAVAILABLE|The operation could not be completed|",
  ],
  ['Error Domain=NSURLErrorDomain Code=14 "not ours"', ...[]],
  [
    "WatchStream (113a) Stream error: 'Unavailable: Network connectivity changed'",
    "UNAVAILABLE|Network connectivity changed|",
  ],
  ["12 monkeys: UNKNOWN", ...[]],
  ["7 UNAVAILABLE: the number is that of another code", "UNAVAILABLE|the number is that of another code|"],
  ["0 OK: fine", ...[]],
  ["grpc-status: 0", ...[]],
];

describe("statuses in a line", () => {
  it.each(lines)("%s", (line, ...expected) => {
    const found = statusesIn(line).map(
      ({ code, message, implementation = "" }) => `${code}|${message}|${implementation}`,
    );
    expect(found).toEqual(expected);
  });

  it("ends a message where the quote ends that began before it", () => {
    expect(statusesIn(`err="14 UNAVAILABLE: Connection dropped" user=7`)[0]?.message).toBe("Connection dropped");
  });

  it("reads a hostile line in time that grows with its length", () => {
    const evil =
      `Status(StatusCode="Unavailable", Detail="`.repeat(400) + "rpc error: code = Unavailable desc = ".repeat(400);
    expect(statusesIn(evil).length).toBeLessThanOrEqual(8);
  });
});
