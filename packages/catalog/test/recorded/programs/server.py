"""A grpcio server for the recorder: prints its port, then does what its argument says. Ends by itself after 30 s."""

import os
import sys
import threading
import time
from concurrent import futures

import grpc

ACT = sys.argv[1]


def get(request, context):
    if ACT == "raise":
        raise KeyError("price")
    if ACT == "stop-at-once":
        threading.Timer(0.2, lambda: SERVER.stop(0)).start()
    if ACT == "kill":
        threading.Timer(0.2, lambda: os._exit(137)).start()
    time.sleep(20)
    return request


OPTIONS = [("grpc.max_receive_message_length", 1000)] if ACT == "limit" else []
SERVER = grpc.server(futures.ThreadPoolExecutor(4), options=OPTIONS)
METHODS = {"Get": grpc.unary_unary_rpc_method_handler(get)}
SERVER.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("shop.v1.Orders", METHODS),))
PORT = SERVER.add_insecure_port("127.0.0.1:0")
SERVER.start()
print(PORT, flush=True)
time.sleep(30)
os._exit(0)
