/**
 * What `npm run mutate -- NAME` changes, and the tests that must notice: those beside the source, and those on bytes that
 * reach it. All names are of `packages/grpc`.
 */

/** @type {Readonly<Record<string, { readonly mutate: readonly string[], readonly tests: readonly string[] }>>} */
export const folders = {
  hpack: {
    // Without the two tables of the RFC: they are data, which tests compare with independent decoders field by field.
    mutate: ["src/http2/hpack/*.ts", "!src/http2/hpack/{huffman,static}-table.ts"],
    tests: ["src/http2/hpack/*.test.ts", "test/hpack/appendix-c.test.ts"],
  },
  windows: {
    mutate: ["src/http2/*window*.ts"],
    tests: ["src/http2/*window*.test.ts", "test/http2/{flow-control,messages,limits}.test.ts"],
  },
  states: {
    mutate: ["src/**/*-state.ts"],
    tests: ["src/**/*-state.test.ts", "test/http2/stream-states.test.ts"],
  },
  policies: {
    mutate: ["src/**/*-policy.ts"],
    tests: ["src/**/*-policy.test.ts"],
  },
  rpc: {
    mutate: ["src/rpc/*.ts"],
    tests: ["src/rpc/*.test.ts"],
  },
};
