/** Descriptor sets as a user gives them: the output of `buf build -o` or `protoc --descriptor_set_out`. */
import { fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** @throws TypeError for bytes that are no google.protobuf.FileDescriptorSet. */
export function readDescriptorSet(bytes: unknown, number: number): readonly FileDescriptorProto[] {
  const what = `descriptor set ${number}`;
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(
      `${what}: expected the bytes of a google.protobuf.FileDescriptorSet, got ${bytes === null ? "null" : typeof bytes}`,
    );
  }
  let files: readonly FileDescriptorProto[];
  try {
    files = fromBinary(FileDescriptorSetSchema, bytes).file;
  } catch (cause) {
    const text = `${what}: these ${bytes.length} bytes are no google.protobuf.FileDescriptorSet; make one with buf build -o`;
    throw new TypeError(text, { cause });
  }
  if (files.length === 0 || files.some(({ name }) => name === ""))
    throw new TypeError(`${what}: ${files.length === 0 ? "there is no file in it" : "a file in it has no name"}`);
  return files;
}
