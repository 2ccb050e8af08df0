/** Owns the lab's service as a descriptor of protobuf-es, written out so that no code has to be generated for it. */

import type { DescService } from "@bufbuild/protobuf";
import { create, createFileRegistry } from "@bufbuild/protobuf";
import { file_google_protobuf_wrappers, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

/** `holdfast.lab.v1.Lab`: `call`, `serverStream`, `clientStream`, `bidiStream`, all from BytesValue to BytesValue. */
export function describeLab(): DescService {
  const file = create(FileDescriptorProtoSchema, {
    name: "holdfast/lab/v1/lab.proto",
    package: "holdfast.lab.v1",
    syntax: "proto3",
    dependency: ["google/protobuf/wrappers.proto"],
    service: [
      {
        name: "Lab",
        method: [
          method("Call", false, false),
          method("ServerStream", false, true),
          method("ClientStream", true, false),
          method("BidiStream", true, true),
        ],
      },
    ],
  });
  const service = createFileRegistry(file, () => file_google_protobuf_wrappers).getService("holdfast.lab.v1.Lab");
  if (service === undefined) throw new Error("the descriptor lost the lab's service");
  return service;
}

function method(name: string, clientStreaming: boolean, serverStreaming: boolean): object {
  const bytesValue = ".google.protobuf.BytesValue";
  return { name, inputType: bytesValue, outputType: bytesValue, clientStreaming, serverStreaming };
}
