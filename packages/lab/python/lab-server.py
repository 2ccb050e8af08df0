"""Serves the lab's calls with grpcio (gRPC C core): keeps the contract of src/subjects/server-order.ts. Its only argument is an
order in JSON; the end of standard input is the end of the process."""

import json
import os
import platform
import signal
import sys
import threading
import time
from concurrent import futures

order = json.loads(sys.argv[1])
settings = order["settings"]
journal = os.open(order["journal"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
out = threading.Lock()
asked_to_stop = threading.Event()

WARM_UP_ID = 0
ASIDE_ID = 0xFFFFFFFF
DEFAULT_HANDLER_MS = 5
# Each call keeps a thread; what one has to wait for is not what the lab measures, unless it is asked for.
DEFAULT_WORKERS = 128


def show(**line):
    with out:
        print(json.dumps(line), flush=True)


try:
    import grpc
except ImportError as error:
    show(kind="failed", text=f"Python has no grpcio: {error}")
    sys.exit(0)


def call_id(message):
    """The first four bytes of a google.protobuf.BytesValue's only field."""
    at = 1
    while message[at] & 0x80:
        at += 1
    return int.from_bytes(message[at + 1 : at + 5], "big")


def execute(message):
    number = call_id(message)
    if number == WARM_UP_ID:
        return
    if number == ASIDE_ID:
        asked_to_stop.wait()
        return
    os.write(journal, f"{number}\n".encode())
    show(kind="executed")
    time.sleep(settings.get("handlerMs", DEFAULT_HANDLER_MS) / 1000)


def unary(message, _context):
    execute(message)
    return b""


def server_stream(message, context):
    execute(message)
    fields = dict(context.invocation_metadata())
    for sent in range(int(fields.get("lab-messages", 1))):
        if sent > 0:
            time.sleep(int(fields.get("lab-message-every-ms", 0)) / 1000)
        yield b""


def client_stream(messages, _context):
    for taken, message in enumerate(messages):
        if taken == 0:
            execute(message)
    return b""


def bidi_stream(messages, _context):
    for taken, message in enumerate(messages):
        if taken == 0:
            execute(message)
        yield b""


# The settings by the names of the core's arguments; https://grpc.github.io/grpc/core/group__grpc__arg__keys.html.
ARGUMENTS = {
    "maxConnectionAgeMs": "grpc.max_connection_age_ms",
    "maxConnectionAgeGraceMs": "grpc.max_connection_age_grace_ms",
    "maxConnectionIdleMs": "grpc.max_connection_idle_ms",
    "maxConcurrentStreams": "grpc.max_concurrent_streams",
}


def make_server():
    options = {ARGUMENTS[name]: settings[name] for name in ARGUMENTS if name in settings}
    if "pings" in settings:
        options["grpc.http2.min_ping_interval_without_data_ms"] = settings["pings"]["minTimeMs"]
        options["grpc.keepalive_permit_without_calls"] = int(settings["pings"]["permitWithoutCalls"])
    named = dict(settings.get("options", {}))
    workers = named.pop("max_workers", DEFAULT_WORKERS)
    limit = named.pop("maximum_concurrent_rpcs", None)
    for name, value in named.items():
        options[name] = int(value) if isinstance(value, bool) else value
    # Two servers on one port would hide that a port is taken.
    options.setdefault("grpc.so_reuseport", 0)
    pool = futures.ThreadPoolExecutor(max_workers=workers)
    return grpc.server(pool, options=list(options.items()), maximum_concurrent_rpcs=limit)


def serve():
    server = make_server()
    methods = {
        "Call": grpc.unary_unary_rpc_method_handler(unary),
        "ServerStream": grpc.unary_stream_rpc_method_handler(server_stream),
        "ClientStream": grpc.stream_unary_rpc_method_handler(client_stream),
        "BidiStream": grpc.stream_stream_rpc_method_handler(bidi_stream),
    }
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("holdfast.lab.v1.Lab", methods),))
    address = f"127.0.0.1:{order['port']}"
    tls = order.get("tls")
    if tls is None:
        port = server.add_insecure_port(address)
    else:
        pair = (tls["keyPem"].encode(), tls["certPem"].encode())
        port = server.add_secure_port(address, grpc.ssl_server_credentials([pair]))
    server.start()
    show(kind="listening", port=port)
    asked_to_stop.wait()
    how = settings.get("onSigterm", "graceful")
    if how == "graceful":
        grace_ms = settings.get("graceMs")
        # With no grace at all grpcio would stop at once; a day is "as long as it takes".
        server.stop(86_400 if grace_ms is None else grace_ms / 1000).wait()
    elif how == "at-once":
        server.stop(None).wait()


def watch_parent():
    sys.stdin.read()
    os._exit(0)


signal.signal(signal.SIGTERM, lambda _signal, _frame: asked_to_stop.set())
threading.Thread(target=watch_parent, daemon=True).start()
show(kind="versions", versions={"grpcio": grpc.__version__, "python": platform.python_version()})
try:
    serve()
except RuntimeError as error:
    show(kind="failed", text=f"{type(error).__name__}: {error}")
sys.stdout.flush()
# Threads of the library may still run; there is nothing left to serve.
os._exit(0)
