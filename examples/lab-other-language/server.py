"""A server of grpcio that prints the id of each call that it executes: a journal in a language that the lab does not speak."""

import sys
from concurrent import futures

import grpc


def sell(request, context):
    metadata = dict(context.invocation_metadata())
    print(metadata.get("holdfast-lab-call", "?"), flush=True)
    return b"sold"


server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
handler = grpc.unary_unary_rpc_method_handler(sell)
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("shop.Shop", {"Buy": handler}),))
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print(f"listening {port}", flush=True)
# The end of standard input is the end of the server, so that none is left behind.
sys.stdin.read()
server.stop(0)
