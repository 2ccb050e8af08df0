"""grpcio servers: one order a line on standard input, one answer a line on standard output.

    {"open": 3, "answerMs": 200, "options": {…}, "stop": {"how": "grace-none", "afterMs": 50, "downMs": 50}}
    {"close": 3}

Each `open` is a server of its own and is answered by {"opened": 3, "port": 40123}. Where it has a `stop`, it is stopped in
the way named so long after its first counted call has begun, and so long after that another listens on its port. Executed
calls are told as {"executed": 3, "call": 17}.
"""

import json
import sys
import threading
import time
from concurrent import futures

import grpc

OUT = threading.Lock()
EMPTY_MESSAGE = b""
WARM_UP = 0


def tell(line):
    with OUT:
        print(json.dumps(line), flush=True)


def call_id(message):
    """The number behind the tag and the length of a google.protobuf.BytesValue."""
    at = 1
    while message[at] & 0x80:
        at += 1
    return int.from_bytes(message[at + 1 : at + 5], "big")


class Lab(grpc.GenericRpcHandler):
    def __init__(self, number, answer_ms, on_begun):
        self.number, self.answer_ms, self.on_begun = number, answer_ms, on_begun
        self.leaving = threading.Event()

    def service(self, details):
        if details.method.endswith("/ServerStream"):
            return grpc.unary_stream_rpc_method_handler(self.stream)
        return grpc.unary_unary_rpc_method_handler(self.call)

    def work(self, message, context):
        number = call_id(message)
        if number == WARM_UP:
            return
        tell({"executed": self.number, "call": number})
        self.on_begun()
        if self.leaving.wait(self.answer_ms / 1000):
            context.abort(grpc.StatusCode.UNAVAILABLE, "server is leaving")

    def call(self, message, context):
        self.work(message, context)
        return EMPTY_MESSAGE

    def stream(self, message, context):
        yield EMPTY_MESSAGE
        self.work(message, context)


class Subject:
    def __init__(self, order):
        self.order = order
        self.begun = threading.Event()
        self.closed = threading.Event()
        self.lab = Lab(order["open"], order["answerMs"], self.begun.set)
        self.server = self.listen(self.lab, 0)
        self.next = None
        if "stop" in order:
            threading.Thread(target=self.restart, args=(order["stop"],), daemon=True).start()

    def listen(self, lab, port):
        server = grpc.server(futures.ThreadPoolExecutor(4), handlers=[lab], options=[*self.order.get("options", {}).items()])
        self.port = server.add_insecure_port(f"127.0.0.1:{port}")
        server.start()
        return server

    def restart(self, stop):
        self.begun.wait()
        time.sleep(stop["afterMs"] / 1000)
        if self.closed.is_set():
            return
        try:
            self.stop(stop["how"])
        except AttributeError as error:
            # As in a signal handler: the traceback is printed, the server goes on.
            tell({"note": self.order["open"], "text": str(error)})
        time.sleep(stop["downMs"] / 1000)
        self.next = self.listen(Lab(self.order["open"], 5, lambda: None), self.port)

    def stop(self, how):
        if how == "grace-none":
            self.server.stop(None)
        elif how == "grace-zero":
            self.server.stop(0)
        elif how == "grace-long":
            self.server.stop(grace=20)
        elif how == "graceful-shutdown-method":
            # What articles paste does not exist; the supervisor's patience ends, and the process with its calls.
            try:
                self.server.graceful_shutdown(timeout=30)
            finally:
                self.server.stop(None)
        elif how == "end-first":
            self.lab.leaving.set()
            self.server.stop(grace=20)

    def close(self):
        self.closed.set()
        for server in (self.server, self.next):
            if server is not None:
                server.stop(None)


def main():
    subjects = {}
    for line in sys.stdin:
        order = json.loads(line)
        if "open" in order:
            subject = subjects[order["open"]] = Subject(order)
            tell({"opened": order["open"], "port": subject.port})
        else:
            subject = subjects.pop(order["close"], None)
            if subject is not None:
                subject.close()


main()
