"""Makes one call with grpcio and prints its error in the shapes in which services log it, one JSON line each.

The order is the only argument, a JSON object as in the recorder's wire-event.ts.
"""

import json
import sys
import threading
import traceback

import grpc

ORDER = json.loads(sys.argv[1])
METHOD = ORDER.get("method", "/shop.v1.Orders/Get")
TIMEOUT_S = ORDER.get("deadlineMs", 3000) / 1000


def options():
    found = []
    if "keepaliveMs" in ORDER:
        found.append(("grpc.keepalive_time_ms", ORDER["keepaliveMs"]))
        found.append(("grpc.keepalive_timeout_ms", ORDER["keepaliveMs"]))
    if "maxReceiveBytes" in ORDER:
        found.append(("grpc.max_receive_message_length", ORDER["maxReceiveBytes"]))
    return found


def open_channel():
    tls = ORDER.get("tls", "plain")
    if tls == "plain":
        return grpc.insecure_channel(ORDER["target"], options())
    roots = ORDER["caPem"].encode() if tls == "trust" else None
    return grpc.secure_channel(ORDER["target"], grpc.ssl_channel_credentials(roots), options())


def call(channel):
    request = bytes(ORDER.get("requestBytes", 4))
    if ORDER.get("call") == "server-stream":
        stream = channel.unary_stream(METHOD)(request, timeout=TIMEOUT_S)
        later("cancelAfterMs", stream.cancel)
        for _ in stream:
            pass
        return
    future = channel.unary_unary(METHOD).future(request, timeout=TIMEOUT_S)
    later("cancelAfterMs", future.cancel)
    if "cancelAfterMs" in ORDER:
        future.result()
    else:
        channel.unary_unary(METHOD)(request, timeout=TIMEOUT_S)


def later(name, act):
    if ORDER.get(name, 0) > 0:
        timer = threading.Timer(ORDER[name] / 1000, act)
        timer.daemon = True
        timer.start()


def show(text):
    print(json.dumps({"text": text}), flush=True)


def main():
    channel = open_channel()
    if ORDER.get("closeAfterMs") == 0:
        channel.close()
    later("closeAfterMs", channel.close)
    try:
        call(channel)
    except grpc.RpcError as error:
        show(str(error))
        show(traceback.format_exc())
        show(f"{error.code().name}: {error.details()}")
    except Exception as error:  # what grpcio raises by itself, such as a closed channel
        show(f"{type(error).__name__}: {error}")
        show(traceback.format_exc())


main()
