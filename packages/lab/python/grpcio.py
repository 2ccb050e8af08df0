"""Drives grpcio (gRPC C core) as the drivers in src/clients do: one JSON order in, one JSON line for each settled call out."""

import json
import os
import sys
import threading

order = json.loads(sys.argv[1])
out = threading.Lock()


def show(line):
    with out:
        print(json.dumps(line), flush=True)


try:
    import grpc
except ImportError as error:
    show({"kind": "skipped", "why": f"Python has no grpcio: {error}"})
    sys.exit(0)

METHOD = "/holdfast.lab.v1.Lab/Call"
POLICY = {
    "methodConfig": [
        {
            "name": [{}],
            "retryPolicy": {
                "maxAttempts": 5,
                "initialBackoff": "0.1s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ]
}


def varint(value):
    out_bytes = bytearray()
    while value > 0x7F:
        out_bytes.append(value & 0x7F | 0x80)
        value >>= 7
    out_bytes.append(value)
    return bytes(out_bytes)


def message(call_id):
    """A google.protobuf.BytesValue that begins with the call's number."""
    payload = call_id.to_bytes(4, "big") + bytes(max(0, order["requestBytes"] - 4))
    return b"\x0a" + varint(len(payload)) + payload


def open_channel():
    options = [("grpc.service_config", json.dumps(POLICY))] if order["policy"] else []
    target = f"127.0.0.1:{order['port']}"
    if order.get("caPem") is None:
        return grpc.insecure_channel(target, options=options)
    return grpc.secure_channel(target, grpc.ssl_channel_credentials(order["caPem"].encode()), options=options)


def run():
    call = open_channel().unary_unary(METHOD)
    deadline_s = order["deadlineMs"] / 1000
    call(message(0), timeout=deadline_s)
    free = threading.Semaphore(order["inFlight"])
    settled = threading.Semaphore(0)

    def start(call_id):
        future = call.future(message(call_id), timeout=deadline_s)

        def finish(ended):
            error = ended.exception()
            if error is None:
                show({"kind": "ok", "id": call_id})
            else:
                show({"kind": "failed", "id": call_id, "code": ended.code().name, "detail": ended.details()})
            free.release()
            settled.release()

        future.add_done_callback(finish)

    grace_s = deadline_s + 5
    for call_id in range(1, order["calls"] + 1):
        free.acquire(timeout=grace_s)
        start(call_id)
    for _ in range(order["calls"]):
        settled.acquire(timeout=grace_s)
    show({"kind": "done"})


run()
sys.stdout.flush()
# Threads of the library may still run; the run is over.

os._exit(0)
