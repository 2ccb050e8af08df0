"""Serves the demo's Shop with grpcio (gRPC C core), as the backends in src/demo/programs do: one JSON order on stdin, then
"ready" on stdout; the end of stdin is the end of the process."""

import json
import os
import signal
import sys
import threading
import time
from concurrent import futures

import grpc

order = json.loads(sys.stdin.readline())
journal = os.open(order["journal"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
asked_to_stop = threading.Event()


def call_id(message):
    """Field 1 of ReadRequest and WriteRequest is the id; it comes first and is shorter than 128 bytes."""
    return message[2 : 2 + message[1]]


def execute(message, _context):
    name = call_id(message)
    os.write(journal, name + b"\n")
    # The same formula as arrivals.ts.
    time.sleep((5 + (int(name[4:]) * 7919 + order["seed"]) % 46) / 1000)
    # Item and Receipt both begin with the id as field 1.
    return b"\x0a" + bytes([len(name)]) + name


def watch_parent():
    sys.stdin.read()
    os._exit(0)


def serve():
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=64))
    handler = grpc.unary_unary_rpc_method_handler(execute)
    methods = {"Read": handler, "Write": handler}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("holdfast.shop.v1.Shop", methods),))
    address = f"127.0.0.1:{order['port']}"
    tls = order.get("tls")
    if tls is None:
        bound = server.add_insecure_port(address)
    else:
        pair = (tls["keyPem"].encode(), tls["certPem"].encode())
        bound = server.add_secure_port(address, grpc.ssl_server_credentials([pair]))
    if bound == 0:
        sys.exit(f"cannot listen on {address}")
    server.start()
    print("ready", flush=True)
    asked_to_stop.wait()
    server.stop(order["drainGraceMs"] / 1000).wait()


signal.signal(signal.SIGTERM, lambda _signal, _frame: asked_to_stop.set())
threading.Thread(target=watch_parent, daemon=True).start()
serve()
sys.stdout.flush()
# Threads of the library may still run; there is nothing left to serve.
os._exit(0)
