/** The header lists of our own stories, worked out from a fixed seed. Encoding them is make.mjs's business. */

let state = 0x2545_f491;
/** xorshift, 32 bits. */
function below(limit) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}
const pick = (choices) => choices[below(choices.length)];
const hex = (digits) => Array.from({ length: digits }, () => "0123456789abcdef"[below(16)]).join("");
const base64 = (octets) => Buffer.from(Array.from({ length: octets }, () => below(256))).toString("base64").replace(/=+$/, "");
const repeat = (count, make) => Array.from({ length: count }, (_, i) => make(i));

const methods = ["Shop/Read", "Shop/Write", "Shop/List", "Stock/Reserve", "Stock/Release", "Price/Quote", "Price/Watch"];
const traceparent = () => `00-${hex(32)}-${hex(16)}-0${below(2)}`;

function grpcRequest(method, ...metadata) {
  return [
    [":method", "POST", ":scheme", "http", ":path", `/market.v1.${method}`, ":authority", "market.internal:8443"],
    ["te", "trailers", "content-type", "application/grpc", "user-agent", "market-client/2.4 (linux; amd64)"],
    metadata,
  ].flat();
}

const unary = {
  name: "grpc-unary",
  description: "one method, a deadline and a trace context that change with each call",
  requests: true,
  cases: repeat(24, () => ({
    list: grpcRequest("Shop/Read", "grpc-timeout", `${1 + below(9999)}m`, "traceparent", traceparent()),
  })),
};

const mixed = {
  name: "grpc-many-methods",
  description: "seven methods in any order; metadata that stays, changes or is absent",
  requests: true,
  cases: repeat(32, () => {
    const metadata = ["grpc-accept-encoding", "identity,deflate,gzip", "x-tenant", pick(["acme", "globex", "initech"])];
    if (below(2) === 0) metadata.push("grpc-timeout", pick(["1S", "250m", "15S"]));
    if (below(3) === 0) metadata.push("x-attempt", String(below(5)), "grpc-trace-bin", base64(29));
    if (below(4) === 0) metadata.push("x-experiment", "a", "x-experiment", pick(["b", "c"]));
    return { list: grpcRequest(pick(methods), ...metadata) };
  }),
};

const secrets = {
  name: "grpc-secrets",
  description: "credentials that the encoder was told never to index",
  requests: true,
  sensitive: ["authorization", "cookie", "x-api-key"],
  cases: repeat(16, (i) => ({
    list: grpcRequest(
      pick(methods),
      ...["authorization", `Bearer ${base64(90)}`, "x-api-key", hex(32)],
      ...(i % 3 === 0 ? ["cookie", `session=${hex(12)}`] : []),
    ),
  })),
};

const resized = {
  name: "grpc-table-sizes",
  description: "SETTINGS_HEADER_TABLE_SIZE shrinks, grows, goes to nothing and back, twice between two blocks",
  requests: true,
  cases: repeat(40, (i) => ({
    ...(i % 5 === 4 ? { tableSizes: [[0], [4096], [256], [128, 1024], [0, 4096], [64], [300, 200, 500]][(i - 4) / 5] } : {}),
    list: grpcRequest(pick(methods), "x-shard", String(below(4)), "grpc-timeout", `${1 + below(99)}S`),
  })),
};

const answers = {
  name: "grpc-answers",
  description: "response headers, trailers and answers of trailers alone, errors with texts and details among them",
  requests: false,
  cases: repeat(48, (i) => ({ list: answer(i) })),
};

function answer(i) {
  const head = [":status", "200", "content-type", "application/grpc"];
  if (i % 2 === 0) return i % 8 === 0 ? [...head, "grpc-encoding", "gzip", "x-served-by", pick(["a-1", "b-7"])] : head;
  if (below(4) > 0) return ["grpc-status", "0"];
  const text = pick(["no stock of %E2%82%AC 5 items", "deadline passed", "try the other region", ""]);
  const error = ["grpc-status", pick(["5", "9", "14"]), "grpc-message", text];
  return below(2) > 0 ? [...error, "grpc-status-details-bin", base64(60)] : [...head, ...error];
}

const odd = {
  name: "odd-values",
  description: "empty and long values, every octet, names of one letter, names again and again, entries larger than the table",
  requests: false,
  cases: [
    { list: [] },
    { list: ["a", ""] },
    { list: ["a", "", "a", "", "b", "a"] },
    { list: ["octets", String.fromCharCode(...repeat(256, (i) => i))] },
    { list: ["octets", String.fromCharCode(...repeat(64, () => 128 + below(128)))] },
    { list: ["long", hex(3000)] },
    { list: ["longer", hex(4100), "after", "1"] },
    { list: ["after", "1", "long", hex(3000)] },
    { list: [":status", "299", ":status", "200", "set-cookie", "a=1", "set-cookie", "b=2"] },
    { list: repeat(60, (i) => [`n${i % 30}`, `v${i}`]).flat() },
    { list: repeat(60, (i) => [`n${i % 30}`, `v${i}`]).flat() },
    { list: ["x".repeat(200), "y".repeat(300)] },
    { list: ["tab", "a\tb", "space", " ", "percent", "%25~^\\|{}<>"] },
  ],
};

const plain = {
  name: "plain-http2",
  description: "a JSON client of an HTTP API: paths with ids, dates, etags",
  requests: true,
  cases: repeat(24, (i) => ({
    list: [
      [":method", i % 4 === 3 ? "PUT" : "GET", ":scheme", "https", ":path", `/v2/orders/${below(1e6)}${i % 5 ? "" : "?full=1"}`],
      [":authority", "api.market.example", "accept", "application/json", "accept-encoding", "gzip, br"],
      i % 3 === 0 ? ["if-none-match", `"${hex(16)}"`] : ["if-modified-since", "Sat, 21 Nov 2026 09:00:0" + (i % 10) + " GMT"],
      i % 4 === 3 ? ["content-type", "application/json", "content-length", String(below(5000))] : [],
      ["x-request-id", hex(24)],
    ].flat(),
  })),
};

export const stories = [unary, mixed, secrets, resized, answers, odd, plain];
