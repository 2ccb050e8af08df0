"""Makes trials with grpcio (gRPC C core): keeps the contract of src/experiment/client-order.ts as the drivers in src/drivers do."""

import json
import os
import platform
import sys
import threading
import time
import traceback

out = threading.Lock()
order = json.loads(sys.stdin.read() if sys.argv[1] == "-" else sys.argv[1])
setup, plan = order["setup"], order["plan"]

WARM_UP_ID = 0
ASIDE_ID = 0xFFFFFFFF
# A call is given up as never settled so long after its deadline.
GRACE_S = 5
METHODS = {
    "unary": "/holdfast.lab.v1.Lab/Call",
    "server-streaming": "/holdfast.lab.v1.Lab/ServerStream",
    "client-streaming": "/holdfast.lab.v1.Lab/ClientStream",
    "bidi-streaming": "/holdfast.lab.v1.Lab/BidiStream",
}
CANNOT = {
    "session": "the client keeps its sessions to itself",
    "skipVerification": "grpcio cannot leave out the verification of a certificate",
}


def show(**line):
    with out:
        print(json.dumps(line), flush=True)


try:
    import grpc
except ImportError as error:
    show(kind="skipped", why=f"Python has no grpcio: {error}")
    sys.exit(0)


def varint(value):
    octets = bytearray()
    while value > 0x7F:
        octets.append(value & 0x7F | 0x80)
        value >>= 7
    octets.append(value)
    return bytes(octets)


def message(call_id):
    """A google.protobuf.BytesValue that begins with the call's number."""
    payload = call_id.to_bytes(4, "big") + bytes(max(0, plan["requestBytes"] - 4))
    return b"\x0a" + varint(len(payload)) + payload


def messages(call_id):
    """So far apart as the plan says."""
    for sent in range(plan["messages"]):
        if sent > 0:
            time.sleep(plan["messageEveryMs"] / 1000)
        yield message(call_id)


def service_config():
    """As src/drivers/service-config.ts makes it; None if no setting asks for one."""
    if "serviceConfig" in setup:
        return setup["serviceConfig"]
    config = {}
    if "loadBalancing" in setup:
        config["loadBalancingConfig"] = [{setup["loadBalancing"]: {}}]
    retry = setup.get("retry", "off")
    if retry != "off":
        policy = {
            "maxAttempts": retry["maxAttempts"],
            "initialBackoff": f"{retry['initialBackoffMs'] / 1000:g}s",
            "maxBackoff": f"{retry['maxBackoffMs'] / 1000:g}s",
            "backoffMultiplier": 2,
            "retryableStatusCodes": retry["codes"],
        }
        config["methodConfig"] = [{"name": [{}], "retryPolicy": policy}]
    return json.dumps(config) if config else None


def channel_options(trial):
    options = {}
    config = service_config()
    if config is not None:
        options["grpc.service_config"] = config
    if setup.get("retry") == "off":
        options["grpc.enable_retries"] = 0
    if "keepalive" in setup:
        options["grpc.keepalive_time_ms"] = setup["keepalive"]["timeMs"]
        options["grpc.keepalive_timeout_ms"] = setup["keepalive"]["timeoutMs"]
        options["grpc.keepalive_permit_without_calls"] = int(setup["keepalive"]["permitWithoutCalls"])
    if setup.get("channels", 1) > 1:
        # Without it channels to one address share one connection, and a pool is none.
        options["grpc.use_local_subchannel_pool"] = 1
    if "serverName" in trial:
        options["grpc.ssl_target_name_override"] = trial["serverName"]
    for name, value in setup.get("options", {}).items():
        options[name] = int(value) if isinstance(value, bool) else value
    return list(options.items())


def open_channel(trial):
    if trial.get("caPem") is None:
        return grpc.insecure_channel(trial["target"], options=channel_options(trial))
    credentials = grpc.ssl_channel_credentials(trial["caPem"].encode())
    return grpc.secure_channel(trial["target"], credentials, options=channel_options(trial))


def make_call(channel, call_id, kind, timeout_s, cancel_after_s=None):
    """Raises what the client raises."""
    settings = {"timeout": timeout_s, "wait_for_ready": setup.get("waitForReady")}
    if kind == "server-streaming":
        settings["metadata"] = [
            ("lab-messages", str(plan["messages"])),
            ("lab-message-every-ms", str(plan["messageEveryMs"])),
        ]
    path = METHODS[kind]
    streams = kind in ("client-streaming", "bidi-streaming")
    request = messages(call_id) if streams else message(call_id)
    make = {
        "unary": channel.unary_unary,
        "server-streaming": channel.unary_stream,
        "client-streaming": channel.stream_unary,
        "bidi-streaming": channel.stream_stream,
    }[kind](path)
    one_answer = kind in ("unary", "client-streaming")
    if one_answer and cancel_after_s is None:
        make(request, **settings)
        return
    call = make.future(request, **settings) if one_answer else make(request, **settings)
    timer = threading.Timer(cancel_after_s, call.cancel) if cancel_after_s is not None else None
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        if one_answer:
            call.result()
        else:
            for _ in call:
                pass
    except grpc.FutureCancelledError:
        # What a future raises has no words; the call that it stands for has.
        raise call from None
    finally:
        if timer is not None:
            timer.cancel()


def failure_of(error):
    if isinstance(error, grpc.RpcError) and error.code() is not None:
        return {"code": error.code().name, "text": str(error)}
    return {"code": type(error).__name__, "text": "".join(traceback.format_exception_only(error)).strip()}


class Pool:
    """Channels side by side, used by turns: what an application's pool is."""

    def __init__(self, trial):
        self.trial = trial
        self.channels = [open_channel(trial) for _ in range(setup.get("channels", 1))]
        self.turn = 0
        self.lock = threading.Lock()

    def next(self):
        with self.lock:
            self.turn += 1
            return (self.turn - 1) % len(self.channels)

    def replace(self, place, old):
        with self.lock:
            if self.channels[place] is not old:
                return
            self.channels[place] = open_channel(self.trial)
        old.close()

    def close(self):
        for channel in self.channels:
            channel.close()


def time_left_s(started, deadline_s):
    again = setup.get("again", {})
    if deadline_s is None or not again.get("sameDeadline"):
        return deadline_s
    return max(0, deadline_s - (time.monotonic() - started))


def call_as_often(pool, call_id):
    """The last failure, or None: the call, and what an application makes of a failure by itself."""
    again = setup.get("again")
    place = pool.next()
    started = time.monotonic()
    deadline_s = None if plan["deadlineMs"] == "none" else plan["deadlineMs"] / 1000
    cancel_s = None if plan["cancelAfterMs"] == "never" else plan["cancelAfterMs"] / 1000
    times = 0
    while True:
        channel = pool.channels[place]
        passed = time.monotonic() - started
        try:
            left_s = None if cancel_s is None else max(0, cancel_s - passed)
            make_call(channel, call_id, plan["kind"], time_left_s(started, deadline_s), left_s)
            return None
        except Exception as error:
            failure = failure_of(error)
        if again is None or times == again["times"]:
            return failure
        if cancel_s is not None and time.monotonic() - started >= cancel_s:
            return failure
        if again["codes"] != "any" and failure["code"] not in again["codes"]:
            return failure
        if "texts" in again and not any(text in failure["text"] for text in again["texts"]):
            return failure
        time.sleep(again["pauseMs"] / 1000)
        if time_left_s(started, deadline_s) == 0:
            return failure
        if again.get("newChannel"):
            pool.replace(place, channel)
        times += 1


def patience_s():
    if plan["deadlineMs"] == "none":
        return GRACE_S
    again = setup.get("again", {})
    times = again.get("times", 0)
    deadlines = 1 if again.get("sameDeadline") else times + 1
    return (deadlines * plan["deadlineMs"] + times * again.get("pauseMs", 0)) / 1000 + GRACE_S


def settle(pool, trial, call_id):
    """Prints how the call ended; prints nothing if it does not end in time."""
    started = time.monotonic()
    ended = threading.Event()
    result = []

    def run():
        failure = call_as_often(pool, call_id)
        result.append((failure, round((time.monotonic() - started) * 1000)))
        ended.set()

    threading.Thread(target=run, daemon=True).start()
    if not ended.wait(patience_s()):
        return
    failure, took_ms = result[0]
    line = {"trial": trial["trial"], "id": call_id, "tookMs": took_ms}
    if failure is None:
        show(kind="ok", **line)
    else:
        show(kind="failed", **line, **failure)


def make_aside_calls(pool):
    aside = plan.get("aside", {"calls": 0})
    made = [
        pool.channels[pool.next()].unary_unary(METHODS["unary"]).future(message(ASIDE_ID))
        for _ in range(aside["calls"])
    ]
    if made and aside["then"] == "cancel":
        time.sleep(0.001)
        for call in made:
            call.cancel()
    return made


def run_trial(trial):
    try:
        exec(setup.get("pasted", ""), {})
    except Exception as error:
        # The program ends here, and makes none of its calls.
        for call_id in trial["callIds"]:
            show(kind="failed", trial=trial["trial"], id=call_id, tookMs=0, **failure_of(error))
        return
    pool = Pool(trial)
    try:
        if plan["warmUp"]:
            try:
                for channel in pool.channels:
                    make_call(channel, WARM_UP_ID, "unary", GRACE_S)
            except Exception as error:
                show(kind="broken", trial=trial["trial"], why=f"the warm-up failed: {failure_of(error)['text']}")
                return
        time.sleep(plan["idleMs"] / 1000)
        aside = make_aside_calls(pool)
        if plan["closeChannelAfterMs"] != "never":
            closer = threading.Timer(plan["closeChannelAfterMs"] / 1000, pool.close)
            closer.daemon = True
            closer.start()
        make_calls(pool, trial)
        del aside
    finally:
        threading.Thread(target=pool.close, daemon=True).start()


def make_calls(pool, trial):
    if plan["everyMs"] > 0:
        for at, call_id in enumerate(trial["callIds"]):
            if at > 0:
                time.sleep(plan["everyMs"] / 1000)
            settle(pool, trial, call_id)
        return
    waiting = [threading.Thread(target=settle, args=(pool, trial, call_id), daemon=True) for call_id in trial["callIds"]]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()


def run():
    show(kind="versions", versions={"grpcio": grpc.__version__, "python": platform.python_version()})
    for setting, why in CANNOT.items():
        if setup.get(setting):
            show(kind="unsupported", setting=setting, why=why)
            return
    trials = iter(order["trials"])
    taking = threading.Lock()

    def work():
        while True:
            with taking:
                trial = next(trials, None)
            if trial is None:
                return
            run_trial(trial)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(order["atOnce"])]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    show(kind="done")


run()
sys.stdout.flush()
# Threads of the library may still run; the run is over.
os._exit(0)
