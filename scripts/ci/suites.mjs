/**
 * What CI runs, in this order, each in a process of its own. A suite that reports counts (HOLDFAST_COUNTS) adds them to the total;
 * any other counts as one test. There is no way to leave a suite out but to take its row away.
 */

/** Worlds that the search tries in CI; a person or a nightly run tries more. */
const seeds = "200";

/**
 * grpc-java and tonic would be compiled for minutes; grpcio loses a race after a GOAWAY now more, now less often, by how busy the
 * machine is.
 */
const clientsInCi = "grpc-js,nice-grpc,connect-node,node-http2,undici,holdfast,grpc-go";

/** Ten trials show a control that no longer fails; the time is for the machine that CI has. */
const proveInCi = ["--ci", "--trials", "10", "--within", "150s", "--clients", clientsInCi];

export const suites = [
  { name: "tests", command: ["npm", "test"] },
  { name: "check", command: ["npm", "run", "check"] },
  { name: "peers", command: ["npm", "run", "peers"], env: { HOLDFAST_PEERS: "required" } },
  { name: "conformance", command: ["npm", "run", "conformance"], env: { HOLDFAST_PEERS: "required" } },
  { name: "simulation search", command: ["npm", "run", "sim", "--", "--seeds", seeds] },
  { name: "fuzz", command: ["npm", "run", "fuzz", "--", "--for", "30s"] },
  { name: "planted bugs", command: ["npm", "run", "planted"] },
  { name: "scoreboard", command: ["npm", "run", "score"] },
  // What this commit touches, and a tenth of all by turns: small trials, and certain disagreements only.
  { name: "experiments", command: ["npm", "run", "prove", "--", "--changed", "--tenth", ...proveInCi] },
  { name: "Node 22 and 24: tests", command: ["npm", "run", "matrix", "--", "--nodes", "22,24", "--", "npm", "test"] },
  { name: "Node 20, 22, 24: demo", command: ["npm", "run", "matrix", "--", "--", "npm", "start", "--", "--for", "5s"] },
];
