/** What loggers, shippers of logs and platforms put around a text. */

import { around, eachLine, indented, type Wrapping } from "./wrapping.ts";

const json = (value: unknown): string => JSON.stringify(value);

export const byLoggers: readonly Wrapping[] = [
  around(
    "log4j pattern",
    "2026-11-21 12:00:01,123 [http-nio-8080-exec-1] ERROR com.example.shop.Orders - order failed: ",
  ),
  around(
    "logback pattern of Spring",
    "2026-11-21T12:00:01.123Z ERROR 7 --- [shop] [nio-8080-exec-1] c.e.shop.Orders : ",
  ),
  around("java.util.logging", "Nov 21, 2026 12:00:01 PM com.example.shop.Orders get\nSEVERE: order failed: "),
  around("java.util.logging, warning", "Nov 21, 2026 12:00:01 PM com.example.shop.Orders get\nWARNING: "),
  around("Serilog console", "[12:00:01 ERR] Order failed: "),
  around("NLog", "2026-11-21 12:00:01.1234|ERROR|Shop.Orders|"),
  { name: "Microsoft.Extensions.Logging", wrap: (text) => `fail: Shop.Orders[0]\n      ${indented(text, "      ")}` },
  around("python logging", "ERROR:shop.orders:"),
  around("python logging with time", "2026-11-21 12:00:01,123 - shop.orders - ERROR - order failed: "),
  around("loguru", "2026-11-21 12:00:01.123 | ERROR    | shop.orders:get:42 - "),
  { name: "structlog console", wrap: (text) => `2026-11-21T12:00:01Z [error    ] order failed   error=${json(text)}` },
  around("uvicorn", "ERROR:    "),
  around("Rust tracing", "2026-11-21T12:00:01.123456Z ERROR shop::orders: order failed: "),
  {
    name: "Rust tracing with fields",
    wrap: (text) => `2026-11-21T12:00:01Z ERROR get{id=1}: shop: failed error=${text}`,
  },
  around("env_logger", "[2026-11-21T12:00:01Z ERROR shop::orders] "),
  around("Ruby Logger", "E, [2026-11-21T12:00:01.123456 #7] ERROR -- shop: "),
  around("PHP monolog", "[2026-11-21T12:00:01.123456+00:00] shop.ERROR: ", ' {"order":7} []'),
  around("klog", "E1121 12:00:01.123456       7 orders.go:42] order failed: "),
  {
    name: "klog structured",
    wrap: (text) => `E1121 12:00:01.123456       7 orders.go:42] "Order failed" err=${json(text)}`,
  },
  { name: "logrus", wrap: (text) => `time="2026-11-21T12:00:01Z" level=error msg=${json(text)} order=7` },
  {
    name: "logrus with error",
    wrap: (text) => `time="2026-11-21T12:00:01Z" level=error msg="order failed" error=${json(text)}`,
  },
  {
    name: "zap",
    wrap: (text) =>
      json({ level: "error", ts: 1795262401.5, caller: "shop/orders.go:42", msg: "order failed", error: text }),
  },
  {
    name: "pino",
    wrap: (text) =>
      json({
        level: 50,
        time: 1795262401500,
        pid: 7,
        msg: "order failed",
        err: { type: "Error", message: text, stack: text },
      }),
  },
  {
    name: "Sentry event",
    wrap: (text) =>
      json({
        event_id: "9f",
        level: "error",
        exception: { values: [{ type: "Error", value: text, mechanism: { type: "generic", handled: true } }] },
      }),
  },
  around("Sentry page", "Error\n", "\n\nlevel: error   environment: production   handled: yes"),
  {
    name: "Datadog event",
    wrap: (text) =>
      json({
        status: "error",
        service: "shop",
        attributes: { error: { kind: "Error", stack: text } },
        message: "order failed",
      }),
  },
  eachLine("CloudWatch", (line) => `2026-11-21T12:00:01.123Z\t5a1b6c1e-0000-4000-8000-1b2c3d4e5f60\tERROR\t${line}`),
  {
    name: "CloudWatch, Lambda",
    wrap: (text) =>
      `2026-11-21T12:00:01.123Z\t5a1b6c1e-0000-4000-8000-1b2c3d4e5f60\tERROR\tInvoke Error \t${json({ errorType: "Error", errorMessage: text, stack: text.split("\n") })}`,
  },
  {
    name: "Stackdriver textPayload",
    wrap: (text) => json({ insertId: "1", severity: "ERROR", textPayload: text, timestamp: "2026-11-21T12:00:01Z" }),
  },
  {
    name: "Stackdriver jsonPayload",
    wrap: (text) =>
      json({ severity: "ERROR", jsonPayload: { message: text, order: 7 }, resource: { type: "k8s_container" } }),
  },
  {
    name: "Stackdriver jsonPayload, printed",
    wrap: (text) => JSON.stringify({ severity: "ERROR", jsonPayload: { message: text, order: 7 } }, undefined, 2),
  },
  {
    name: "Stackdriver protoPayload",
    wrap: (text) => json({ protoPayload: { status: { code: 14, message: text }, methodName: "get" } }),
  },
  {
    name: "Stackdriver as YAML",
    wrap: (text) =>
      `---\ninsertId: "1"\nseverity: ERROR\ntextPayload: ${json(text)}\ntimestamp: "2026-11-21T12:00:01Z"`,
  },
  {
    name: "Elastic ECS",
    wrap: (text) =>
      json({
        "@timestamp": "2026-11-21T12:00:01.123Z",
        "log.level": "ERROR",
        message: "order failed",
        "error.message": text,
        "ecs.version": "1.2.0",
      }),
  },
  {
    name: "Elastic search hit",
    wrap: (text) => json({ _index: "logs", _source: { message: text, log: { level: "error" } } }),
  },
  around("Loki line", '2026-11-21T12:00:01Z {app="shop", pod="shop-1"} '),
  {
    name: "Loki answer",
    wrap: (text) => json({ streams: [{ stream: { app: "shop" }, values: [["1795262401500000000", text]] }] }),
  },
  {
    name: "Fluentd",
    wrap: (text) => `2026-11-21 12:00:01.000000000 +0000 kube.shop: ${json({ log: `${text}\n`, stream: "stderr" })}`,
  },
  eachLine("docker compose", (line) => `shop-1  | ${line}`),
  eachLine("docker compose with times", (line) => `shop-1  | 2026-11-21T12:00:01.123456789Z ${line}`),
  eachLine("CRI", (line) => `2026-11-21T12:00:01.123456789Z stderr F ${line}`),
  eachLine("kubectl --prefix", (line) => `[pod/shop-1/shop] ${line}`),
  eachLine("stern", (line) => `shop-7d9f8c6b5-x2x4z shop ${line}`),
  eachLine("journal", (line) => `Nov 21 12:00:01 host shop[7]: ${line}`),
  eachLine("journal, ISO", (line) => `2026-11-21T12:00:01+0000 host shop[7]: ${line}`),
  eachLine("syslog of RFC 5424", (line) => `<11>1 2026-11-21T12:00:01.123Z host shop 7 - - ${line}`),
  eachLine(
    "syslog of RFC 5424 with data",
    (line) => `<11>1 2026-11-21T12:00:01.123Z host shop 7 ID47 [meta@1 a="b"] ${line}`,
  ),
  eachLine("logcat", (line) => `11-21 12:00:01.123  1234  5678 E ShopOrders: ${line}`),
  eachLine("logcat, brief", (line) => `E/ShopOrders( 1234): ${line}`),
  around("Xcode", "2026-11-21 12:00:01.123456+0000 Shop[1234:56789] "),
  around(
    "Windows event",
    "Log Name:      Application\nSource:        .NET Runtime\nEvent ID:      1026\nLevel:         Error\nDescription:\nApplication: Shop.exe\nThe process was terminated due to an unhandled exception.\nException Info: ",
  ),
  around("k8s event", "3m12s       Warning   Unhealthy   pod/shop-1   Readiness probe failed: "),
  around("kubectl describe", "  Warning  Failed     2m (x4 over 3m)    kubelet            Error: "),
  {
    name: "kubectl describe, last state",
    wrap: (text) =>
      `    Last State:  Terminated\n      Reason:    Error\n      Message:   ${indented(text, "      ")}\n      Exit Code: 1`,
  },
  {
    name: "systemd status",
    wrap: (text) =>
      `● shop.service - Shop\n     Loaded: loaded\n     Active: failed (Result: exit-code)\n\n${eachLine("", (line) => `Nov 21 12:00:01 host shop[7]: ${line}`).wrap(text)}`,
  },
  around(
    "Envoy application log",
    "[2026-11-21 12:00:01.123][7][warning][config] [source/common/config/grpc_stream.h:190] DeltaAggregatedResources gRPC config stream to xds closed: ",
  ),
  around("Airflow", "[2026-11-21, 12:00:01 UTC] {taskinstance.py:1824} ERROR - Task failed with exception: "),
  around("Celery", "[2026-11-21 12:00:01,123: ERROR/ForkPoolWorker-1] Task shop.get[5a1b] raised unexpected: "),
];
