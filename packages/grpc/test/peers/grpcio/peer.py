"""grpcio (gRPC C core) as a peer: `serve` answers the echo service of ../echo, `call TARGET` runs every kind of call
against a server of ours and prints what came back as one line of JSON, `load TARGET CALLS` counts how many calls end."""

import collections
import concurrent.futures
import json
import sys
import threading

import grpc

SERVICE = "/holdfast.peers.v1.Echo/"
# Four times the default: messages of 1 MB and their copies fit easily.
OPTIONS = [("grpc.max_receive_message_length", 16 << 20)]
LIMIT_S = 10
# google.rpc.Status{5, details: [ErrorInfo{reason: "GONE"}]}
DETAILS = b"\x08\x05\x1a\x32\x0a\x28type.googleapis.com/google.rpc.ErrorInfo\x12\x06\x0a\x04GONE"


def begin(context):
    asked = dict(context.invocation_metadata())
    context.set_trailing_metadata((("x-tail", "end"),))
    does = asked.get("x-do")
    if does == "fail":
        context.set_trailing_metadata((("x-tail", "end"), ("grpc-status-details-bin", DETAILS)))
        context.abort(grpc.StatusCode.NOT_FOUND, "no such item: ü")
    context.send_initial_metadata([(name, asked[name]) for name in ("x-text", "x-data-bin") if name in asked])
    if does == "hang":
        over = threading.Event()
        context.add_callback(over.set)
        over.wait(LIMIT_S)
    return asked


def unary(request, context):
    begin(context)
    return request


def server_stream(request, context):
    for _ in range(int(begin(context)["x-count"])):
        yield request


def client_stream(requests, context):
    begin(context)
    last, received = b"", 0
    for last in requests:
        received += 1
    context.set_trailing_metadata((("x-tail", "end"), ("x-received", str(received))))
    return last


def bidi(requests, context):
    begin(context)
    yield from requests


class Echo(grpc.GenericRpcHandler):
    HANDLERS = {
        SERVICE + "Unary": grpc.unary_unary_rpc_method_handler(unary),
        SERVICE + "ServerStream": grpc.unary_stream_rpc_method_handler(server_stream),
        SERVICE + "ClientStream": grpc.stream_unary_rpc_method_handler(client_stream),
        SERVICE + "Bidi": grpc.stream_stream_rpc_method_handler(bidi),
    }

    def service(self, details):
        return self.HANDLERS.get(details.method)


def serve():
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=10), handlers=(Echo(),), options=OPTIONS)
    port = server.add_insecure_port("localhost:0")
    server.start()
    print("listening", port, flush=True)
    sys.stdin.read()
    server.stop(0).wait()


def hexed(value):
    return (value if isinstance(value, bytes) else value.encode()).hex()


def call(target):
    channel = grpc.insecure_channel(target, OPTIONS)
    facts = {}
    request = b"0123456789" * 100_000
    metadata = (("x-text", "text"), ("x-data-bin", b"\x00\x01\xff"))
    answer, rpc = channel.unary_unary(SERVICE + "Unary").with_call(request, metadata=metadata, timeout=LIMIT_S)
    head, tail = dict(rpc.initial_metadata()), dict(rpc.trailing_metadata())
    facts["unary"] = {
        "same": answer == request,
        "head": head["x-text"],
        "bytes": hexed(head["x-data-bin"]),
        "tail": tail["x-tail"],
    }
    watch = channel.unary_stream(SERVICE + "ServerStream")
    facts["serverStream"] = len(list(watch(b"x" * 20_000, metadata=(("x-count", "50"),), timeout=LIMIT_S)))
    upload = channel.stream_unary(SERVICE + "ClientStream")
    answer, rpc = upload.with_call(iter([b"y" * 20_000] * 50 + [b"last"]), timeout=LIMIT_S)
    facts["clientStream"] = [answer.decode(), dict(rpc.trailing_metadata())["x-received"]]
    chat = channel.stream_stream(SERVICE + "Bidi")
    facts["bidi"] = b"".join(chat(iter([b"a", b"b", b"c"]), timeout=LIMIT_S)).decode()
    facts.update(failures(channel.unary_unary(SERVICE + "Unary")))
    channel.close()
    return facts


def failures(method):
    facts = {}
    try:
        method(b"", metadata=(("x-do", "fail"),), timeout=LIMIT_S)
    except grpc.RpcError as error:
        details = dict(error.trailing_metadata())["grpc-status-details-bin"].count(b"ErrorInfo")
        facts["fail"] = [error.code().value[0], error.details(), details]
    hang = method.future(b"", metadata=(("x-do", "hang"),), timeout=0.2)
    facts["deadline"] = hang.exception().code().value[0]
    hang = method.future(b"", metadata=(("x-do", "hang"),), timeout=LIMIT_S)
    threading.Timer(0.2, hang.cancel).start()
    try:
        hang.exception()
    except grpc.FutureCancelledError:
        facts["cancel"] = hang.code().value[0]
    return facts


def load(target, calls):
    channel = grpc.insecure_channel(target, OPTIONS)
    method = channel.unary_unary(SERVICE + "Unary")
    slots = threading.Semaphore(20)
    codes = collections.Counter()
    done = threading.Semaphore(0)

    def ended(future):
        codes[future.code().name] += 1
        slots.release()
        done.release()

    for _ in range(calls):
        slots.acquire()
        method.future(b"load", wait_for_ready=True, timeout=2 * LIMIT_S).add_done_callback(ended)
    for _ in range(calls):
        done.acquire()
    channel.close()
    return dict(codes)


if sys.argv[1] == "serve":
    serve()
elif sys.argv[1] == "call":
    print(json.dumps(call(sys.argv[2])))
else:
    print(json.dumps(load(sys.argv[2], int(sys.argv[3]))))
