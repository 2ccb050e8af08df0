"""grpcio (gRPC C core) with health and with the channel arguments that it is given as JSON, to be measured from outside. It
says where it listens, stops gracefully at SIGTERM, and ends with its standard input."""

import concurrent.futures
import json
import os
import signal
import sys
import threading

import grpc

SERVING = b"\x08\x01"
GRACE_S = 2


def check(_request, _context):
    return SERVING


def watch(_request, context):
    over = threading.Event()
    context.add_callback(over.set)
    yield SERVING
    over.wait()


class Health(grpc.GenericRpcHandler):
    HANDLERS = {
        "/grpc.health.v1.Health/Check": grpc.unary_unary_rpc_method_handler(check),
        "/grpc.health.v1.Health/Watch": grpc.unary_stream_rpc_method_handler(watch),
    }

    def service(self, details):
        return self.HANDLERS.get(details.method)


given = json.loads(sys.argv[1])
server = grpc.server(
    concurrent.futures.ThreadPoolExecutor(max_workers=20),
    handlers=(Health(),),
    options=list(given["options"].items()),
)
address = f"127.0.0.1:{given.get('port', 0)}"
if "key" in given:
    pair = (given["key"].encode(), given["cert"].encode())
    port = server.add_secure_port(address, grpc.ssl_server_credentials((pair,)))
else:
    port = server.add_insecure_port(address)
server.start()


def leave(*_):
    server.stop(GRACE_S).wait()
    os._exit(0)


signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=leave).start())
print("listening", port, flush=True)
sys.stdin.read()
os._exit(0)
