/** The echo service as a descriptor, which Connect needs; written out here so that no code has to be generated for it. */
import { create, createFileRegistry } from "@bufbuild/protobuf";
import type { GenService } from "@bufbuild/protobuf/codegenv2";
import {
  type BytesValueSchema,
  file_google_protobuf_wrappers,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";

const message = ".google.protobuf.BytesValue";
const method = (name: string, clientStreaming: boolean, serverStreaming: boolean) => ({
  name,
  inputType: message,
  outputType: message,
  clientStreaming,
  serverStreaming,
});

interface Of<Kind> {
  readonly methodKind: Kind;
  readonly input: typeof BytesValueSchema;
  readonly output: typeof BytesValueSchema;
}

/** As the code generator would type it. */
type EchoService = GenService<{
  unary: Of<"unary">;
  serverStream: Of<"server_streaming">;
  clientStream: Of<"client_streaming">;
  bidi: Of<"bidi_streaming">;
}>;

function describeEcho(): EchoService {
  const file = create(FileDescriptorProtoSchema, {
    name: "holdfast/peers/v1/echo.proto",
    package: "holdfast.peers.v1",
    syntax: "proto3",
    dependency: ["google/protobuf/wrappers.proto"],
    service: [
      {
        name: "Echo",
        method: [
          method("Unary", false, false),
          method("ServerStream", false, true),
          method("ClientStream", true, false),
          method("Bidi", true, true),
        ],
      },
    ],
  });
  const registry = createFileRegistry(file, () => file_google_protobuf_wrappers);
  const service = registry.getService("holdfast.peers.v1.Echo");
  if (service === undefined) throw new Error("the descriptor lost its service");
  return service as EchoService;
}

export const Echo = describeEcho();
