/**
 * Reflection as its users see it: grpcurl and `buf curl` list and describe our server, and call it without a .proto at
 * hand. One service comes from protobuf-es, one is raw methods with a descriptor set.
 */
import { Shop } from "@holdfast/lab/shop";
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createHealth } from "../../../src/health/index.ts";
import { createReflection } from "../../../src/reflection/index.ts";
import { createServer, type Server } from "../../../src/server/index.ts";
import { type RunOfPeer, runPeer } from "../echo/peer-program.ts";
import { describeWith } from "../echo/present.ts";
import { type BuiltProgram, buildGo, buildLimitMs } from "../health/build.ts";

/** message Text { string text = 1; } service Echo { rpc Say(Text) returns (Text); } */
const echoFile = create(FileDescriptorProtoSchema, {
  name: "acme/echo.proto",
  package: "acme",
  syntax: "proto3",
  messageType: [{ name: "Text", field: [{ name: "text", number: 1, type: 9, label: 1, jsonName: "text" }] }],
  service: [{ name: "Echo", method: [{ name: "Say", inputType: ".acme.Text", outputType: ".acme.Text" }] }],
});
const echoSet = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [echoFile] }));

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** Where it listens. */
async function reflecting(): Promise<string> {
  const server = createServer();
  servers.push(server);
  server.add(Shop, { read: ({ id }) => ({ id, text: `item ${id}` }) });
  createHealth().addTo(server);
  server.addMethod("/acme.Echo/Say", "unary", (bytes) => bytes);
  createReflection({ descriptorSets: [echoSet] }).addTo(server);
  return `127.0.0.1:${(await server.listen("127.0.0.1:0")).port}`;
}

const services = [
  ...["acme.Echo", "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"],
  ...["grpc.reflection.v1alpha.ServerReflection", "holdfast.shop.v1.Shop"],
];

describeWith("Go", ["go", "version"])("grpcurl", () => {
  let grpcurl: BuiltProgram;
  beforeAll(async () => {
    grpcurl = await buildGo("github.com/fullstorydev/grpcurl/cmd/grpcurl");
  }, buildLimitMs);
  afterAll(() => grpcurl.remove());
  const run = (...args: string[]): Promise<RunOfPeer> => runPeer({}, grpcurl.program, "-plaintext", ...args);

  it("lists, describes and calls, over v1", async () => {
    const address = await reflecting();
    expect(await run(address, "list")).toEqual({ status: 0, out: `${services.join("\n")}\n` });
    const described = await run(address, "describe", "acme.Echo");
    expect(described.out).toContain("rpc Say ( .acme.Text ) returns ( .acme.Text );");
    expect((await run(address, "describe", "holdfast.shop.v1.Item.payload")).out).toContain("bytes payload = 3;");
    expect((await run(address, "describe", "grpc.reflection.v1alpha.ErrorResponse")).out).toContain("int32 error_code");
    const said = await run("-d", '{"text":"ü"}', address, "acme.Echo/Say");
    expect(JSON.parse(said.out)).toEqual({ text: "ü" });
    const item = await run("-d", '{"id":"7"}', address, "holdfast.shop.v1.Shop/Read");
    expect(JSON.parse(item.out)).toEqual({ id: "7", text: "item 7" });
    const health = await run("-d", '{"service":""}', address, "grpc.health.v1.Health/Check");
    expect(JSON.parse(health.out)).toEqual({ status: "SERVING" });
    expect(await run(address, "describe", "no.Such")).toMatchObject({
      status: 1,
      out: 'Failed to resolve symbol "no.Such": Symbol not found: no.Such\n',
    });
  });
});

/** Whatever `npx` has; it is not installed here because nothing else needs it (see proto/make.mjs). */
const buf = ["npm", "exec", "--yes", "--package", "@bufbuild/buf@1.75.0", "--", "buf"] as const;

describeWith("buf", [...buf, "--version"])("buf curl", () => {
  it("lists and calls, over v1 and v1alpha", async () => {
    const address = await reflecting();
    const [program, ...first] = buf;
    for (const protocol of ["grpc-v1", "grpc-v1alpha"]) {
      const run = (...args: string[]): Promise<RunOfPeer> =>
        runPeer(
          {},
          ...[program, ...first, "curl", "--protocol", "grpc", "--http2-prior-knowledge"],
          ...["--reflect-protocol", protocol, ...args],
        );
      const listed = await run("--list-services", `http://${address}`);
      expect([listed.status, listed.out.split("\n").filter((line) => services.includes(line))]).toEqual([0, services]);
      const said = await run("-d", '{"text":"ü"}', `http://${address}/acme.Echo/Say`);
      expect(said.out).toMatch(/^\s*"text": "ü"$/m);
    }
  }, 60_000);
});
