/**
 * What code may not call or import, by place: the right-hand column of ARCHITECTURE.md's table of layers. Every row becomes a
 * lint rule of its own, `holdfast/<id>`, that says its reason when it fails. Which layer may import which stands in
 * `layers.mjs`.
 */

const grpc = "packages/grpc/src/**";
const pure = [
  ...["http2", "rpc", "report", "watch"].map((room) => `packages/grpc/src/${room}/**`),
  ...["record", "match", "read", "explain", "render", "search"].map((room) => `packages/catalog/src/${room}/**`),
];
const realHost = "packages/grpc/src/host/node/**";
/** The program behind `npm run sim`: reads arguments, prints. */
const searchProgram = "packages/grpc/src/sim/search/main.ts";
const catalog = "packages/catalog/src/**";
/** Makes the data, on the machine of whoever builds: the one room of the catalog that touches a disk. */
const catalogBuild = "packages/catalog/src/build/**";
const shipping = [grpc, catalog, "packages/holdfast/src/**"];

/**
 * `imports`: patterns of module names; `globals`: names, or `object.member`, or `new Name()` for a construction without
 * arguments; `throws`: the only classes that may be thrown. `dynamicIn`: folders where a dynamic import is the allowed way.
 */
export const bans = [
  {
    id: "no-node-import",
    files: [grpc, catalog],
    except: [realHost, searchProgram, catalogBuild],
    imports:
      /^(node:|(assert|buffer|child_process|crypto|dns|events|fs|http|http2|https|net|os|path|stream|tls|url|util|zlib)(\/|$))/,
    because: "only the real host may touch Node, so that everything else also runs in a simulated world (or a browser)",
  },
  {
    id: "no-node-http2",
    files: shipping,
    imports: /^(node:)?http2$/,
    because: "shipping code has an engine of its own; Node's hides the GOAWAY that we must explain",
  },
  {
    id: "no-buffer-global",
    files: pure,
    except: ["packages/grpc/src/http2/bytes.ts"],
    globals: ["Buffer"],
    because: "the pure layers speak Uint8Array; http2/bytes.ts is the one file that knows Node's faster class",
  },
  {
    id: "no-clock",
    files: [grpc, catalog],
    except: [realHost, searchProgram, catalogBuild],
    globals: ["Date.now", "performance.now", "new Date()", "Date()"],
    because: "time comes in as `nowMs` or from the Host, or a simulated day would take a day",
  },
  {
    id: "no-timer",
    files: [grpc, catalog],
    except: [realHost],
    globals: ["setTimeout", "setInterval", "AbortSignal.timeout", "scheduler"],
    because: "timers come from the Host; a timer of the platform fires outside the simulated time",
  },
  {
    id: "no-immediate",
    files: [grpc, catalog],
    except: [realHost, "packages/grpc/src/sim/**"], // the world has exactly one; a house rule counts
    globals: ["setImmediate", "queueMicrotask"],
    because: "what comes later is said with `host.defer`, whose order the world knows",
  },
  {
    id: "no-process",
    files: [grpc, catalog],
    except: [realHost, searchProgram, catalogBuild],
    globals: ["process"],
    because: "signals, environment and nextTick are learnt from the Host: a world holds many processes in one",
  },
  {
    id: "no-chance",
    files: [grpc, catalog],
    except: [realHost],
    globals: ["Math.random", "crypto"],
    because: "chance comes from the Host's seeded source, so that a failing run can be repeated",
  },
  {
    id: "no-log",
    files: [grpc, catalog],
    except: [realHost, searchProgram, catalogBuild],
    globals: ["console"],
    because: "a library that prints is noise in somebody's logs; facts go to the report or to the Host's log",
  },
  {
    id: "no-garbage-timing",
    files: [grpc, catalog],
    globals: ["WeakRef", "FinalizationRegistry"],
    because: "they show when the collector ran, which no seed repeats",
  },
  {
    id: "no-web-stream",
    files: [grpc, catalog],
    globals: ["ReadableStream", "WritableStream", "TransformStream"],
    because: "their queues settle promises at times of their own, and each chunk costs several",
  },
  {
    id: "no-throw-in-pure",
    files: pure,
    throws: ["TypeError", "RangeError"],
    because:
      "a breach by the peer is data (a Violation); only misuse by our own caller throws, as TypeError or RangeError",
  },
  {
    id: "no-zod",
    files: [catalog],
    except: ["packages/catalog/src/record/**", catalogBuild],
    imports: /^zod(\/|$)/,
    because: "records are checked when they are built; loading zod takes longer than explaining an error",
  },
  {
    id: "no-yaml",
    files: shipping,
    except: [catalogBuild],
    imports: /^yaml(\/|$)/,
    because: "the catalog ships as compiled data; YAML is what its writers edit",
  },
  {
    id: "no-static-engine",
    files: [catalog, "packages/holdfast/src/**"],
    imports: /^(re2js|minisearch)(\/|$)/,
    dynamicIn: ["packages/catalog/src/", "packages/holdfast/src/"],
    because: "few inputs need them and every start would pay: `import()` where the first one does",
  },
  {
    id: "no-static-lab",
    files: ["packages/holdfast/src/**"],
    // The faults and the relay stand on Node alone.
    imports: /^@holdfast\/lab(\/(?!fault$|relay$)|$)/,
    dynamicIn: ["demo", "score", "prove", "web/live"].map((folder) => `packages/holdfast/src/${folder}/`),
    because:
      "the lab brings grpc-js and others with it: it is loaded on demand, by `import()` in demo, score, prove and web/live",
  },
  {
    id: "no-process-exit",
    files: ["packages/holdfast/src/**"],
    globals: ["process.exit"],
    because: "output still on its way would be cut off: set `process.exitCode` and let go of what is open",
  },
];
