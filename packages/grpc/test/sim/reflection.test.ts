/**
 * A client that knows nothing asks a server what it can do, in both versions of grpc.reflection, as grpcurl does: the
 * services, then the files that declare them. What cannot be answered is an error_response, and the stream goes on.
 */
import { create, createFileRegistry, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Type,
  file_google_protobuf_descriptor,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { Shop } from "@holdfast/lab/shop";
import { afterEach, expect, it } from "vitest";
import { createHealth } from "../../src/health/index.ts";
import { createReflection, ServerReflection } from "../../src/reflection/index.ts";
import type { ServerReflectionRequestSchema, ServerReflectionResponse } from "../../src/reflection/reflection-pb.ts";
import { v1alphaService } from "../../src/reflection/v1alpha.ts";
import type { Server } from "../../src/server/index.ts";
import { ChannelWorld, leaveNothingOpen } from "../channel/channel-world.ts";

afterEach(leaveNothingOpen);

type Asked = NonNullable<MessageInitShape<typeof ServerReflectionRequestSchema>["messageRequest"]>;

/** Asks questions on one stream, and gives what was answered. */
async function asked(prepare: (server: Server) => void, questions: readonly Asked[], service = ServerReflection) {
  const world = new ChannelWorld();
  await world.serve("shop", prepare);
  async function* requests() {
    for (const messageRequest of questions) {
      await Promise.resolve();
      yield { host: "shop", messageRequest };
    }
  }
  const client = world.channel("shop").client(service);
  return (await world.all(client.serverReflectionInfo(requests()))).map(said);
}

function said({ messageResponse }: ServerReflectionResponse): unknown {
  switch (messageResponse.case) {
    case "listServicesResponse":
      return messageResponse.value.service.map(({ name }) => name);
    case "fileDescriptorResponse":
      return messageResponse.value.fileDescriptorProto.map(
        (bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name,
      );
    case "allExtensionNumbersResponse":
      return [messageResponse.value.baseTypeName, ...messageResponse.value.extensionNumber];
    case "errorResponse":
      return `${messageResponse.value.errorCode} ${messageResponse.value.errorMessage}`;
    case undefined:
      return undefined;
  }
}

const symbol = (value: string): Asked => ({ case: "fileContainingSymbol", value });
const listServices: Asked = { case: "listServices", value: "" };

/** A file that extends descriptor.proto, and one that imports it. */
function extensions(): readonly FileDescriptorProto[] {
  const { STRING, MESSAGE } = FieldDescriptorProto_Type;
  const options = create(FileDescriptorProtoSchema, {
    name: "acme/options.proto",
    package: "acme",
    dependency: ["google/protobuf/descriptor.proto"],
    extension: [
      { name: "owner", number: 50_001, type: STRING, label: 1, extendee: ".google.protobuf.MethodOptions" },
      { name: "team", number: 50_000, type: STRING, label: 1, extendee: ".google.protobuf.MethodOptions" },
    ],
    enumType: [{ name: "Kind", value: [{ name: "KIND_NONE", number: 0 }] }],
  });
  const store = create(FileDescriptorProtoSchema, {
    name: "acme/store.proto",
    package: "acme",
    dependency: ["acme/options.proto"],
    messageType: [
      {
        name: "Outer",
        oneofDecl: [{ name: "choice" }],
        field: [{ name: "inner", number: 1, type: MESSAGE, label: 1, typeName: ".acme.Outer.Inner", oneofIndex: 0 }],
        extension: [
          { name: "nested", number: 50_002, type: STRING, label: 1, extendee: ".google.protobuf.MethodOptions" },
        ],
        nestedType: [{ name: "Inner", enumType: [{ name: "E", value: [{ name: "E_ZERO", number: 0 }] }] }],
      },
    ],
    service: [{ name: "Store", method: [{ name: "Get", inputType: ".acme.Outer", outputType: ".acme.Outer" }] }],
  });
  return [file_google_protobuf_descriptor.proto, options, store];
}

const setOf = (file: readonly FileDescriptorProto[]): Uint8Array =>
  toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [...file] }));

const withSet = (server: Server): void => {
  createReflection({ descriptorSets: [setOf(extensions())] }).addTo(server);
  server.addMethod("/acme.Store/Get", "unary", (bytes) => bytes);
};

it("tells every service, also those that were added later, and the files that declare them", async () => {
  const heard = await asked(
    (server) => {
      createReflection().addTo(server);
      server.add(Shop, {});
      createHealth().addTo(server);
      server.addMethod("/raw.Raw/Call", "unary", (bytes) => bytes);
    },
    [
      ...[listServices, symbol("holdfast.shop.v1.Shop"), symbol(".holdfast.shop.v1.Shop.Read")],
      ...[symbol("holdfast.shop.v1.Item.payload"), symbol("grpc.health.v1.HealthCheckResponse.SERVING")],
      ...[symbol("raw.Raw"), symbol("holdfast.shop.v1.Nothing")],
      { case: "fileByFilename", value: "shop.proto" },
      { case: "fileByFilename", value: "../etc/passwd" },
    ],
  );
  expect(heard).toEqual([
    [
      ...["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"],
      ...["holdfast.shop.v1.Shop", "raw.Raw"],
    ],
    ["shop.proto"],
    ["shop.proto"],
    ["shop.proto"],
    ["grpc/health/v1/health.proto"],
    "5 the server has raw.Raw, but no descriptor of it: it was not added as one of protobuf-es, nor given in a set",
    '5 no symbol "holdfast.shop.v1.Nothing"',
    ["shop.proto"],
    '5 no file "../etc/passwd"',
  ]);
});

it("sends what a file imports once a stream, from a descriptor set", async () => {
  const heard = await asked(withSet, [
    symbol("acme.Store"),
    symbol("acme.Outer.Inner.E_ZERO"),
    symbol("acme.Outer.choice"),
    { case: "fileByFilename", value: "acme/options.proto" },
    symbol("acme.KIND_NONE"),
    symbol("google.protobuf.MethodOptions"),
  ]);
  expect(heard).toEqual([
    ["acme/store.proto", "acme/options.proto", "google/protobuf/descriptor.proto"],
    ["acme/store.proto"],
    ["acme/store.proto"],
    ["acme/options.proto"],
    ["acme/options.proto"],
    ["google/protobuf/descriptor.proto"],
  ]);
});

it("knows extensions by message and number", async () => {
  const containingType = "google.protobuf.MethodOptions";
  const heard = await asked(withSet, [
    { case: "fileContainingExtension", value: { containingType, extensionNumber: 50_000 } },
    { case: "fileContainingExtension", value: { containingType, extensionNumber: 7 } },
    { case: "allExtensionNumbersOfType", value: containingType },
    symbol("acme.Outer.nested"),
    { case: "allExtensionNumbersOfType", value: "acme.Outer" },
    { case: "allExtensionNumbersOfType", value: "acme.Nobody" },
    { case: undefined },
    listServices,
  ]);
  expect(heard).toEqual([
    ["acme/options.proto", "google/protobuf/descriptor.proto"],
    '5 no extension 7 of "google.protobuf.MethodOptions"',
    [containingType, 50_000, 50_001, 50_002],
    ["acme/store.proto"],
    ["acme.Outer"],
    '5 no message "acme.Nobody"',
    "3 the request asks nothing that this server knows of",
    ["acme.Store", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"],
  ]);
});

it("speaks v1alpha as it speaks v1, and describes it rightly", async () => {
  const v1alpha = v1alphaService() as typeof ServerReflection;
  const own = symbol("grpc.reflection.v1alpha.ServerReflectionRequest.host");
  const heard = await asked((server) => createReflection().addTo(server), [listServices, own], v1alpha);
  expect(heard).toEqual([
    ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"],
    ["grpc/reflection/v1alpha/reflection.proto"],
  ]);
  // A client links what it gets, and finds nothing of v1 in it.
  const [info] =
    createFileRegistry(v1alphaService().file.proto, () => undefined).getService(v1alpha.typeName)?.methods ?? [];
  expect([info?.input.typeName, info?.output.typeName]).toEqual([
    "grpc.reflection.v1alpha.ServerReflectionRequest",
    "grpc.reflection.v1alpha.ServerReflectionResponse",
  ]);
  expect(JSON.stringify(v1alphaService().file.proto)).not.toContain("grpc.reflection.v1.");
});

it("refuses mistakes when they are made", () => {
  const wrong: [unknown, RegExp][] = [
    [{ descriptorSet: [] }, /"descriptorSet" is unknown; did you mean descriptorSets/],
    [{ descriptorSets: new Uint8Array(2) }, /descriptorSets: expected a list, got object/],
    [{ descriptorSets: ["x.binpb"] }, /descriptor set 1: expected the bytes of a .*, got string/],
    [{ descriptorSets: [setOf(extensions()), Uint8Array.of(255, 255)] }, /descriptor set 2: these 2 bytes are no/],
    [{ descriptorSets: [new Uint8Array()] }, /descriptor set 1: there is no file in it/],
    [
      { descriptorSets: [setOf(extensions().slice(1))] },
      /acme\/options.proto imports google\/protobuf\/descriptor.proto, which is in none of them; .* --include_imports/,
    ],
  ];
  for (const [options, words] of wrong) expect(() => createReflection(options as never)).toThrow(words);
});
