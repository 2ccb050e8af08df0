/**
 * The layers of the sources as a table: where each lives and which others it may import. Every row becomes a lint rule of
 * its own, `holdfast/layer-<name>`, that says its reason when it fails. Tests are not bound by it.
 */

const grpc = "packages/grpc/src";
const catalog = "packages/catalog/src";
const path = "packages/path/src";

/**
 * First match wins, so a narrower path stands above the wider one.
 * `mayImport` names layers beside the layer itself; `typesFrom` those of which only types may be imported; a layer that is
 * `forEveryone` needs no naming.
 */
export const layers = [
  {
    name: "bytes",
    paths: [`${grpc}/http2/bytes.ts`],
    mayImport: [],
    forEveryone: true,
    because: "it is the one place where bytes are handled for every layer, so it stands on nothing",
  },
  {
    name: "http2",
    paths: [`${grpc}/http2/`],
    mayImport: [],
    because: "the engine turns bytes into facts and back; it knows nothing that is built on it",
  },
  {
    name: "rpc",
    paths: [`${grpc}/rpc/`],
    mayImport: ["http2"],
    because: "message framing and statuses stand on the wire alone",
  },
  {
    name: "report",
    paths: [`${grpc}/report/`],
    mayImport: ["http2", "rpc"],
    because:
      "reports are made from facts, so that they can also be read in a browser; they do not reach into what acts",
  },
  {
    name: "watch",
    paths: [`${grpc}/watch/`],
    mayImport: ["http2", "rpc", "report"],
    because: "a bystander turns what it sees into words; it must not touch what it looks at",
  },
  {
    name: "zlib",
    paths: [`${grpc}/host/node/zip.ts`],
    mayImport: [],
    because: "it packs and unpacks octets, which is the same in any world",
  },
  {
    name: "node-host",
    paths: [`${grpc}/host/node/`, `${grpc}/host/index.ts`],
    mayImport: ["host", "zlib"],
    because: "a host moves bytes and keeps time; it decides nothing, so it needs nothing from above",
  },
  {
    name: "host",
    paths: [`${grpc}/host/`],
    mayImport: [],
    because: "the contract of a process must not know who uses it, nor which process is real",
  },
  {
    name: "transport",
    paths: [`${grpc}/transport/`],
    mayImport: ["http2", "rpc", "report", "watch", "host"],
    because: "it joins one socket of the host with one connection of the engine, for clients and servers alike",
  },
  {
    name: "face",
    paths: [
      ...[`${grpc}/index.ts`, `${grpc}/channel/index.ts`, `${grpc}/server/index.ts`],
      ...[`${grpc}/health/index.ts`, `${grpc}/reflection/index.ts`],
    ],
    mayImport: [
      ...["http2", "rpc", "report", "watch", "host", "node-host", "transport", "channel", "server"],
      ...["health", "reflection"],
    ],
    because: "the public faces join the parts with the real host; the simulated world is a subpath of its own",
  },
  {
    name: "channel",
    paths: [`${grpc}/channel/`],
    mayImport: ["http2", "rpc", "report", "watch", "host", "transport"],
    because: "time, chance and sockets come from the Host it was given, real or simulated; it does not know servers",
  },
  {
    name: "server",
    paths: [`${grpc}/server/`],
    mayImport: ["http2", "rpc", "report", "watch", "host", "transport"],
    because: "time, chance and sockets come from the Host it was given, real or simulated; it does not know channels",
  },
  {
    name: "health",
    paths: [`${grpc}/health/`],
    mayImport: ["rpc", "report", "host", "transport", "channel", "server"],
    because: "it is a service on servers and a caller of channels; time and the port for probes come from outside",
  },
  {
    name: "reflection",
    paths: [`${grpc}/reflection/`],
    mayImport: ["rpc", "report"],
    typesFrom: ["server"],
    because: "it answers from descriptors alone, so it needs no time, no socket and no channel",
  },
  {
    name: "sim-search",
    paths: [`${grpc}/sim/search/`, `${grpc}/sim/invariants.ts`],
    mayImport: ["http2", "rpc", "report", "watch", "host", "transport", "face", "channel", "server", "sim"],
    because: "it drives real clients and servers through simulated worlds, so it must not touch the real host",
  },
  {
    name: "sim",
    paths: [`${grpc}/sim/`],
    mayImport: ["host", "zlib", "sim-search"],
    typesFrom: ["http2", "rpc", "report", "transport", "channel", "server"],
    because: "the world stands in for the kernel; it must not lean on the code that it tests",
  },
  {
    name: "catalog-vocabulary",
    paths: [`${catalog}/record/vocabulary.ts`],
    mayImport: [],
    because: "the closed lists are what every room of the catalog agrees on, so they stand on nothing",
  },
  {
    name: "catalog-record",
    paths: [`${catalog}/record/`, `${catalog}/schema/`], // a folder, and the subpath that it is known by outside
    mayImport: ["catalog-vocabulary"],
    because: "a schema says what a record is, not what is done with it",
  },
  {
    name: "catalog-judge",
    paths: [`${catalog}/build/judge/`],
    mayImport: ["catalog-explain"],
    because: "it judges what explains, as its user would call it, and so sees nothing behind that",
  },
  {
    name: "catalog-build",
    paths: [`${catalog}/build/`],
    // The judge is loaded when it is asked for, by the command that it is a part of.
    // The search loads none of that data, and only it knows how its index is made.
    mayImport: [
      ...["report", "catalog-vocabulary", "catalog-record", "catalog-match", "catalog-read", "catalog-judge"],
      "catalog-search",
    ],
    because: "it makes the data that the others load, so it must not need those that load it",
  },
  {
    name: "catalog-match",
    paths: [`${catalog}/match/`],
    mayImport: ["catalog-vocabulary"],
    because: "matching knows texts and templates; what a hit means is explained above it",
  },
  {
    name: "catalog-read",
    paths: [`${catalog}/read/`],
    mayImport: ["report", "catalog-vocabulary", "catalog-match"],
    typesFrom: ["catalog-explain"],
    because: "it takes a log apart and says what stands there, without deciding what happened",
  },
  {
    name: "catalog-explain",
    paths: [`${catalog}/explain/`],
    mayImport: ["report", "catalog-vocabulary", "catalog-match", "catalog-read"],
    typesFrom: ["catalog-record"],
    because: "an explanation is plain data that every face shows, and explaining at run time costs no zod",
  },
  {
    name: "catalog-render",
    paths: [`${catalog}/render/`],
    mayImport: ["report", "catalog-vocabulary", "catalog-read"],
    typesFrom: ["catalog-record", "catalog-match", "catalog-explain"],
    because: "it turns records and explanations into words, in Node and in a browser; it decides nothing",
  },
  {
    name: "catalog-search",
    paths: [`${catalog}/search/`],
    mayImport: ["catalog-vocabulary", "catalog-render"],
    typesFrom: ["catalog-record"],
    because: "it finds records by their words; errors are matched, not searched",
  },
  {
    name: "catalog-face",
    paths: [`${catalog}/index.ts`],
    mayImport: ["catalog-vocabulary", "catalog-match", "catalog-read", "catalog-explain", "catalog-render"],
    typesFrom: ["catalog-record"],
    because: "the face is what a browser loads: it has no schema and no build in it",
  },
  {
    name: "path-hops",
    paths: [`${path}/hops/`],
    mayImport: [],
    because: "what a path is made of must not know what is said, judged or written about it",
  },
  {
    name: "path-facts",
    paths: [`${path}/facts/`],
    mayImport: ["path-hops"],
    because: "it reads what a user says; what follows from that is planned above it",
  },
  {
    name: "path-rules",
    paths: [`${path}/rules/`],
    mayImport: ["path-hops", "path-facts"],
    because: "rules judge any path, planned, read from files or typed, so they know none of these",
  },
  {
    name: "path-plan",
    paths: [`${path}/plan/`],
    mayImport: ["path-hops", "path-facts"],
    typesFrom: ["path-rules"],
    because: "a planner that asked the rules would prove nothing by keeping them",
  },
  {
    name: "path-write",
    paths: [`${path}/write/`],
    mayImport: ["path-hops", "path-facts"],
    typesFrom: ["path-plan", "path-rules"],
    because: "a writer puts a plan into a program's words; it decides no value",
  },
  {
    name: "path-article",
    paths: [`${path}/article/`],
    mayImport: ["path-hops", "path-facts", "path-rules"],
    because: "it is one more path to be judged",
  },
  {
    name: "path-face",
    paths: [`${path}/index.ts`],
    mayImport: ["path-hops", "path-facts", "path-rules", "path-plan", "path-write", "path-article"],
    because: "the face joins the rooms and does nothing itself",
  },
  {
    name: "lab",
    paths: ["packages/lab/src/"],
    mayImport: ["http2", "rpc", "report", "watch", "node-host", "face", "sim"],
    because: "the lab uses the library through its public faces, as a user does",
  },
  {
    name: "probe",
    paths: ["packages/probe/src/"],
    mayImport: ["http2", "rpc", "report", "watch", "node-host", "face"],
    because: "it looks at servers through the engine's public faces; the catalog it knows by ids alone",
  },
  {
    name: "command",
    paths: ["packages/holdfast/src/"],
    mayImport: [
      "http2",
      "rpc",
      "report",
      "watch",
      "node-host",
      "face",
      "lab",
      "probe",
      "catalog-vocabulary",
      "catalog-record",
      "catalog-explain",
      "catalog-render",
      "catalog-search",
      "catalog-face",
      ...["path-facts", "path-rules", "path-face"],
    ],
    because: "the command collects, calls and renders through public faces; the simulated world does not ship with it",
  },
];

/** The layer that a path from the repository's root belongs to; undefined for tests, scripts and other packages. */
export function layerOf(file) {
  return layers.find((layer) => layer.paths.some((prefix) => file.startsWith(prefix)));
}

/** Public import names → the file behind them, so that a detour over a package's name is judged like the straight way. */
export function fileOfPackageImport(specifier) {
  const [, scope, name, subpath] = /^(@holdfast\/)?([a-z-]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (scope === undefined) return undefined;
  return subpath === undefined ? `packages/${name}/src/index.ts` : `packages/${name}/src/${subpath}/index.ts`;
}
