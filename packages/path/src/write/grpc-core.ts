/** Writes Python on grpcio: channel arguments, which C-core ignores without a word when they are misspelt. */

import type { Receiver } from "../hops/path.ts";
import { serviceConfigOf } from "./service-config.ts";
import { explainServiceConfig, type ProgramSheet, programSheet } from "./program-sheet.ts";
import type { Sheet, WriteJob } from "./sheet.ts";

export function writeGrpcCore(job: WriteJob): string {
  const program = programSheet(job, "#");
  if (program.isClient) writeClient(program, job);
  else writeServer(program);
  return program.sheet.text();
}

function argument(name: string, value: number | boolean = 0): string {
  const number = typeof value === "boolean" ? Number(value) : value === Infinity ? 0 : value;
  return `    ("${name}", ${number}),`;
}

function writeClient(program: ProgramSheet, job: WriteJob): void {
  const { sheet, sender } = program;
  const config = JSON.stringify(serviceConfigOf(sender, job.plan.path.workload), undefined, 4);
  sheet.add("import json", "import sys", "", "import grpc", "");
  explainServiceConfig(program, job, "", `SERVICE_CONFIG = json.loads("""${config}""")`);
  sheet.add("OPTIONS = [");
  sheet.set(argument("grpc.keepalive_time_ms", sender.pingEveryMs), "sender.pingEveryMs");
  sheet.set(argument("grpc.keepalive_timeout_ms", sender.pingTimeoutMs), "sender.pingTimeoutMs");
  sheet.why(
    argument("grpc.http2.ping_timeout_ms", sender.pingTimeoutMs),
    "newer versions go by this one: in grpcio 1.84 the timeout above closed nothing",
    "measured",
  );
  sheet.set(argument("grpc.keepalive_permit_without_calls", sender.pingsWithoutCalls), "sender.pingsWithoutCalls");
  sheet.set(argument("grpc.http2.max_pings_without_data", 0), "sender.maxPingsWithoutData");
  sheet.set(argument("grpc.client_idle_timeout_ms", sender.idleAfterMs), "sender.idleAfterMs");
  sheet.set(argument("grpc.max_receive_message_length", sender.maxReceiveBytes), "sender.maxReceiveBytes");
  sheet.set(argument("grpc.max_metadata_size", sender.maxMetadataBytes), "sender.maxMetadataBytes");
  sheet.why(
    argument("grpc.absolute_max_metadata_size", 2 * (sender.maxMetadataBytes ?? 0)),
    "between the two, calls fail at random",
    "core",
    "lm-04",
  );
  sheet.add('    ("grpc.service_config", json.dumps(SERVICE_CONFIG)),', "]", "");
  sheet.add("", "def connect(target):");
  sheet.set(
    sender.tls === true
      ? "    return grpc.secure_channel(target, grpc.ssl_channel_credentials(), OPTIONS)"
      : "    return grpc.insecure_channel(target, OPTIONS)",
    "sender.tls",
  );
  sheet.add(`

if __name__ == "__main__":
    with connect(sys.argv[1] if len(sys.argv) > 1 else "dns:///shop.example:50051") as channel:`);
  sheet.add(`        check = channel.unary_unary("/grpc.health.v1.Health/Check")
        # HealthCheckResponse{status: SERVING} is 08 01.
        print("SERVING" if check(b"", timeout=5) == b"\\x08\\x01" else "NOT_SERVING")`);
}

function writeServer({ sheet, receiver }: ProgramSheet): void {
  const { tls, lameDuckMs = 0, drainMs = 0 } = receiver;
  sheet.add(
    ...(tls === true ? ["import os"] : []),
    "import signal",
    "import sys",
    "import threading",
    "import time",
    "from concurrent import futures",
    "",
    "import grpc",
    "",
    "OPTIONS = [",
  );
  writeServerOptions(sheet, receiver);
  sheet.add("]", "", "stopping = threading.Event()", "", "");
  sheet.add(`def check(_request, _context):
    # HealthCheckResponse{status: SERVING or NOT_SERVING}
    return b"\\x08\\x02" if stopping.is_set() else b"\\x08\\x01"

`);
  sheet.add("def main(address):");
  sheet.why(
    `    workers = futures.ThreadPoolExecutor(max_workers=${Math.min(256, Math.ceil((receiver.maxStreams ?? 0) / 2))})`,
    "a handler holds a thread for as long as its call lasts, streams too: fewer threads than calls is a queue",
    "core",
    "lm-01",
  );
  sheet.add("    server = grpc.server(workers, options=OPTIONS)");
  sheet.add(`    methods = {"Check": grpc.unary_unary_rpc_method_handler(check)}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("grpc.health.v1.Health", methods),))`);
  if (tls === true) {
    sheet.add(`    with open(os.environ["TLS_KEY"], "rb") as key, open(os.environ["TLS_CERT"], "rb") as chain:
        identity = grpc.ssl_server_credentials([(key.read(), chain.read())])`);
    sheet.set("    port = server.add_secure_port(address, identity)", "receiver.tls");
  } else sheet.set("    port = server.add_insecure_port(address)", "receiver.tls");
  sheet.add(`    server.start()
    print("listening", f"{address.rsplit(':', 1)[0]}:{port}", flush=True)
    stopping.wait()`);
  sheet.set(`    time.sleep(${lameDuckMs / 1_000})`, "receiver.lameDuckMs");
  sheet.set(`    server.stop(${(drainMs - lameDuckMs) / 1_000}).wait()`, "receiver.drainMs");
  sheet.add("", "");
  sheet.set("signal.signal(signal.SIGTERM, lambda _signal, _frame: stopping.set())", "receiver.failsHealthFirst");
  sheet.add('main(sys.argv[1] if len(sys.argv) > 1 else "0.0.0.0:50051")');
}

function writeServerOptions(sheet: Sheet, receiver: Receiver): void {
  sheet.set(argument("grpc.keepalive_time_ms", receiver.pingEveryMs), "receiver.pingEveryMs");
  sheet.set(argument("grpc.keepalive_timeout_ms", receiver.pingTimeoutMs), "receiver.pingTimeoutMs");
  sheet.why(
    argument("grpc.http2.ping_timeout_ms", receiver.pingTimeoutMs),
    "newer versions go by this one: in grpcio 1.84 the timeout above closed nothing",
    "measured",
  );
  if (receiver.permitEveryMs !== undefined) {
    sheet.set(
      argument("grpc.http2.min_ping_interval_without_data_ms", receiver.permitEveryMs),
      "receiver.permitEveryMs",
    );
    sheet.set(
      argument("grpc.keepalive_permit_without_calls", receiver.permitsWithoutCalls),
      "receiver.permitsWithoutCalls",
    );
  }
  if (receiver.ageMs !== undefined) {
    sheet.set(argument("grpc.max_connection_age_ms", receiver.ageMs), "receiver.ageMs");
    sheet.set(argument("grpc.max_connection_age_grace_ms", receiver.ageGraceMs), "receiver.ageGraceMs");
  }
  sheet.set(argument("grpc.max_concurrent_streams", receiver.maxStreams), "receiver.maxStreams");
  sheet.set(argument("grpc.max_receive_message_length", receiver.maxReceiveBytes), "receiver.maxReceiveBytes");
  sheet.set(argument("grpc.max_metadata_size", receiver.maxMetadataBytes), "receiver.maxMetadataBytes");
  sheet.why(
    argument("grpc.absolute_max_metadata_size", 2 * (receiver.maxMetadataBytes ?? 0)),
    "between the two, calls fail at random",
    "core",
    "lm-04",
  );
}
