/**
 * grpc.reflection.v1alpha, which older clients still ask for: v1 under another package. Made from v1's descriptor, so that
 * the two cannot differ.
 */
import { clone, createFileRegistry, type DescService } from "@bufbuild/protobuf";
import { type DescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { file_grpc_reflection_v1_reflection as v1 } from "./reflection-pb.ts";

const from = ".grpc.reflection.v1.";
const to = ".grpc.reflection.v1alpha.";

export function v1alphaService(): DescService {
  const proto = clone(FileDescriptorProtoSchema, v1.proto);
  proto.name = "grpc/reflection/v1alpha/reflection.proto";
  proto.package = "grpc.reflection.v1alpha";
  proto.messageType.forEach(rename);
  for (const method of proto.service.flatMap((service) => service.method)) {
    method.inputType = method.inputType.replace(from, to);
    method.outputType = method.outputType.replace(from, to);
  }
  const service = createFileRegistry(proto, () => undefined).getService("grpc.reflection.v1alpha.ServerReflection");
  // It is in v1's file, so it is in this one.
  return service as DescService;
}

function rename(message: DescriptorProto): void {
  for (const field of message.field) field.typeName = field.typeName.replace(from, to);
  message.nestedType.forEach(rename);
}
