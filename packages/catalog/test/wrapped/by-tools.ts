/** What build systems, test runners and languages' own errors put around a text. */

import { around, eachLine, indented, type Wrapping } from "./wrapping.ts";

const json = (value: unknown): string => JSON.stringify(value);

export const byTools: readonly Wrapping[] = [
  eachLine("GitHub Actions, times", (line) => `2026-11-21T12:00:00.1234567Z ${line}`),
  eachLine(
    "GitHub Actions, error",
    (line, index) => `2026-11-21T12:00:00.1234567Z ${index === 0 ? "##[error]" : ""}${line}`,
  ),
  around("GitHub Actions, annotation", "Error: Process failed: "),
  eachLine("GitHub Actions, downloaded", (line) => `test\tRun tests\t2026-11-21T12:00:00.1234567Z ${line}`),
  { name: "GitHub Actions, command", wrap: (text) => `::error file=orders.ts,line=4::${text.replaceAll("\n", "%0A")}` },
  eachLine("GitLab", (line) => `2026-11-21T12:00:00.123456Z 01O ${line}`),
  eachLine("Jenkins", (line) => `[2026-11-21T12:00:00.123Z] ${line}`),
  eachLine("TeamCity", (line) => `[12:00:00]W:\t [Step 2/3] ${line}`),
  {
    name: "TeamCity message",
    wrap: (text) =>
      `##teamcity[testFailed name='get' message='${text.replaceAll("|", "||").replaceAll("'", "|'").replaceAll("\n", "|n").replaceAll("[", "|[").replaceAll("]", "|]")}']`,
  },
  eachLine("Azure pipelines", (line) => `2026-11-21T12:00:00.1234567Z ##[error]${line}`),
  eachLine("Maven", (line) => `[ERROR] ${line}`),
  around("Maven failure", "[ERROR] Tests run: 1, Failures: 0, Errors: 1 <<< ERROR! - in com.example.shop.OrdersTest\n"),
  { name: "Gradle", wrap: (text) => `OrdersTest > get() FAILED\n    ${indented(text, "    ")}` },
  {
    name: "Gradle, what went wrong",
    wrap: (text) => `* What went wrong:\nExecution failed for task ':shop:run'.\n> ${text}`,
  },
  eachLine("npm ERR!", (line) => `npm ERR! ${line}`),
  eachLine("npm error", (line) => `npm error ${line}`),
  { name: "mocha", wrap: (text) => `  1) orders\n       get:\n     ${indented(text, "     ")}` },
  { name: "jest", wrap: (text) => `  ● orders › get\n\n    ${indented(text, "    ")}` },
  { name: "vitest", wrap: (text) => ` FAIL  orders.test.ts > orders > get\n${text}\n ❯ get orders.test.ts:4:12` },
  eachLine("pytest", (line) => `E   ${line}`),
  eachLine("pytest, wide", (line) => `E           ${line}`),
  around("pytest summary", "FAILED tests/test_orders.py::test_get - "),
  {
    name: "go test",
    wrap: (text) => `--- FAIL: TestGet (0.01s)\n    orders_test.go:12: ${indented(text, "        ")}`,
  },
  {
    name: "testify",
    wrap: (text) =>
      `        \tError Trace:\torders_test.go:12\n        \tError:      \tReceived unexpected error:\n        \t            \t${indented(text, "        \t            \t")}\n        \tTest:       \tTestGet`,
  },
  {
    name: "cargo test",
    wrap: (text) =>
      `---- get stdout ----\nthread 'get' panicked at src/orders.rs:12:10:\ncalled \`Result::unwrap()\` on an \`Err\` value: ${text}`,
  },
  eachLine("Terraform", (line, index) => (index === 0 ? `╷\n│ Error: ${line}` : `│ ${line}`)),
  {
    name: "Terraform, whole box",
    wrap: (text) =>
      `╷\n│ Error: reading order\n│ \n│   with shop_order.one,\n│   on main.tf line 4\n│ \n│ ${indented(text, "│ ")}\n╵`,
  },
  around("Bazel", "ERROR: /src/shop/BUILD:4:1: Executing genrule //shop:get failed: "),
  around("Bazel remote", "WARNING: Reading from Remote Cache:\n"),
  around("docker build", "#12 4.123 ERROR: failed to solve: "),
  eachLine("docker build, plain", (line) => `#12 4.123 ${line}`),
  around("helm", "Error: INSTALLATION FAILED: failed to get order: "),
  around("shell", "shop: line 4: order failed: "),
  around("curl-like", "* Closing connection 0\ncurl: (56) "),
  // Chains of errors
  around("anyhow", "Error: order failed\n\nCaused by:\n    0: could not get order\n    1: "),
  around("anyhow, one cause", "Error: order failed\n\nCaused by:\n    "),
  around("eyre", "Error: \n   0: order failed\n   1: "),
  { name: "anyhow in one line", wrap: (text) => `Error: order failed: could not get order: ${text}` },
  { name: "Rust Debug", wrap: (text) => `Error { context: "order failed", source: ${json(text)} }` },
  { name: "Rust Debug, lines", wrap: (text) => `OrderError {\n    id: 7,\n    source: ${json(text)},\n}` },
  around("Rust panic", "thread 'main' panicked at 'order failed: ", "', src/main.rs:12:10"),
  around("Go panic", "panic: order failed: ", "\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d"),
  around("Go %w chain", "get order 7: load: "),
  { name: "Go %q", wrap: (text) => `order failed: err=${json(text)}` },
  {
    name: "Go %+v",
    wrap: (text) =>
      `${text}\norder failed\nmain.get\n\t/src/shop/main.go:12\nmain.main\n\t/src/shop/main.go:4\nruntime.main\n\t/usr/local/go/src/runtime/proc.go:283`,
  },
  { name: "Go struct", wrap: (text) => `&errors.withStack{msg:${json(text)}, code:7}` },
  { name: "Go multierror", wrap: (text) => `2 errors occurred:\n\t* order 1: ${text}\n\t* order 2: not tried` },
  around(
    "Java Caused by",
    "com.example.shop.OrderException: order failed\n\tat com.example.shop.Orders.get(Orders.java:42)\nCaused by: ",
    "\n\t... 12 more",
  ),
  around(
    "Java Suppressed",
    "com.example.shop.OrderException: order failed\n\tat com.example.shop.Orders.get(Orders.java:42)\n\tSuppressed: ",
  ),
  around("Java CompletionException", "java.util.concurrent.CompletionException: "),
  around("Java ExecutionException", "java.util.concurrent.ExecutionException: "),
  around("Java UncheckedExecutionException", "com.google.common.util.concurrent.UncheckedExecutionException: "),
  around("Java in thread", 'Exception in thread "main" '),
  around("Java toString in brackets", "Order[id=7, error=", "]"),
  around(
    ".NET inner",
    "System.InvalidOperationException: order failed\n ---> ",
    "\n   at Shop.Orders.Get() in /src/Orders.cs:line 42\n   --- End of inner exception stack trace ---",
  ),
  around(".NET inner in one line", "System.AggregateException: One or more errors occurred. (order failed) ---> "),
  around(
    ".NET aggregate",
    "System.AggregateException: One or more errors occurred. (failed)\n ---> (Inner Exception #0) ",
    "<---",
  ),
  around(".NET unhandled", "Unhandled exception. "),
  around(
    "Ruby backtrace",
    "/srv/shop/orders.rb:42:in `get': ",
    " (RuntimeError)\n\tfrom /srv/shop/main.rb:4:in `<main>'",
  ),
  around(
    "PHP uncaught",
    "PHP Fatal error:  Uncaught Exception: ",
    " in /srv/shop/orders.php:42\nStack trace:\n#0 {main}\n  thrown in /srv/shop/orders.php on line 42",
  ),
  around(
    "Python traceback",
    'Traceback (most recent call last):\n  File "/srv/shop/orders.py", line 42, in get\n    raise OrderError(error)\nOrderError: ',
  ),
  around(
    "Python chained",
    'Traceback (most recent call last):\n  File "/srv/shop/orders.py", line 42, in get\n    call()\nValueError: bad\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/srv/shop/orders.py", line 50, in get\n    raise\nOrderError: ',
  ),
  { name: "Python repr", wrap: (text) => `OrderError(${json(text)})` },
  around("Node cause", "OrderError: order failed\n    at get (file:///srv/shop/orders.js:4:9) {\n  [cause]: ", "\n}"),
  {
    name: "Node AggregateError",
    wrap: (text) =>
      `AggregateError: All promises were rejected\n    at get (file:///srv/shop/orders.js:4:9) {\n  [errors]: [\n    ${indented(text, "    ")}\n  ]\n}`,
  },
  around("Node unhandled rejection", "(node:7) UnhandledPromiseRejectionWarning: "),
  around(
    "Node unhandled rejection, code",
    '[UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch block. The promise rejected with the reason "',
    "\".] { code: 'ERR_UNHANDLED_REJECTION' }",
  ),
  around("browser", "Uncaught (in promise) "),
  { name: "printed object", wrap: (text) => `{\n  ok: false,\n  order: 7,\n  error: ${json(text)}\n}` },
  {
    name: "HTTP client dump",
    wrap: (text) =>
      `AxiosError: Request failed with status code 502\n    at settle (/srv/shop/node_modules/axios/lib/core/settle.js:19:12) {\n  response: {\n    status: 502,\n    data: ${json({ error: text })}\n  }\n}`,
  },
  {
    name: "GraphQL",
    wrap: (text) =>
      json({ errors: [{ message: text, path: ["order"], extensions: { code: "INTERNAL_SERVER_ERROR" } }], data: null }),
  },
  {
    name: "HTTP body",
    wrap: (text) =>
      `HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\n\r\n${json({ error: text })}`,
  },
  { name: "gateway body", wrap: (text) => json({ code: 14, message: text, details: [] }) },
  {
    name: "problem JSON",
    wrap: (text) => json({ type: "about:blank", title: "Bad Gateway", status: 502, detail: text }),
  },
  {
    name: "XML",
    wrap: (text) =>
      `<error><message>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")}</message></error>`,
  },
  { name: "CDATA", wrap: (text) => `<failure type="Error"><![CDATA[${text}]]></failure>` },
  {
    name: "JUnit attribute",
    wrap: (text) =>
      `<failure message="${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll("\n", "&#10;")}" type="Error"/>`,
  },
  { name: "YAML", wrap: (text) => `status: failed\nerror: ${json(text)}\nretries: 3` },
  { name: "YAML block", wrap: (text) => `status: failed\nerror: |\n  ${indented(text, "  ")}\nretries: 3` },
  { name: "YAML single quotes", wrap: (text) => `error: '${text.replaceAll("'", "''")}'` },
  { name: "CSV", wrap: (text) => `time,order,error\n2026-11-21,7,"${text.replaceAll('"', '""')}",retry` },
  around("TSV", "2026-11-21\t7\t", "\tretry"),
];
