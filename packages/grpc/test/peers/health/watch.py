"""Watches a service's health with grpcio: `watch.py ADDRESS SERVICE` prints each status that the server tells, until
standard input ends. Debian has no package of health's generated code; two messages of one field need none."""

import sys
import threading

import grpc

NAMES = {0: "UNKNOWN", 1: "SERVING", 2: "NOT_SERVING", 3: "SERVICE_UNKNOWN"}

address, service = sys.argv[1], sys.argv[2].encode()
request = b"\x0a" + bytes([len(service)]) + service
call = grpc.insecure_channel(address).unary_stream("/grpc.health.v1.Health/Watch")(request)
threading.Thread(target=lambda: (sys.stdin.read(), call.cancel()), daemon=True).start()
try:
    for answer in call:
        # HealthCheckResponse.status, field 1; 0 is not written.
        print(NAMES[answer[1] if answer else 0], flush=True)
except grpc.RpcError:
    pass
