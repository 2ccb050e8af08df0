"""A server of grpcio (gRPC C core) that answers health by hand, because Debian's package brings no health service; no
reflection. It says where it listens, and ends with its standard input."""

import concurrent.futures
import sys

import grpc


class Health(grpc.GenericRpcHandler):
    def service(self, call):
        if call.method != "/grpc.health.v1.Health/Check":
            return None
        return grpc.unary_unary_rpc_method_handler(lambda request, context: b"\x08\x01")


server = grpc.server(concurrent.futures.ThreadPoolExecutor(max_workers=2))
server.add_generic_rpc_handlers((Health(),))
port = server.add_insecure_port("127.0.0.1:0")
server.start()
print("listening", port, flush=True)
sys.stdin.read()
server.stop(None)
