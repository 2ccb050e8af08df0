/**
 * Files of descriptors, found by what they declare. Owns the names; the files come from descriptors of protobuf-es or from
 * descriptor sets. Where two files have one name, or two declarations, the first one stays.
 */
import type { DescFile } from "@bufbuild/protobuf";
import { toBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";

/** A file as it is sent. */
export interface IndexedFile {
  readonly name: string;
  readonly imports: readonly string[];
  /** A google.protobuf.FileDescriptorProto; made on first use. */
  readonly bytes: Uint8Array;
}

export class DescriptorIndex {
  readonly #files = new Map<string, IndexedFile>();
  /** Fully-qualified name → the file that declares it. */
  readonly #symbols = new Map<string, string>();
  readonly #messages = new Set<string>();
  /** Extended message → number → the file that declares the extension. */
  readonly #extensions = new Map<string, Map<number, string>>();

  /** Takes on a file of protobuf-es and everything that it imports. */
  addDescriptor(file: DescFile): void {
    if (this.#files.has(file.proto.name)) return;
    this.add(file.proto);
    for (const imported of file.dependencies) this.addDescriptor(imported);
  }

  /** Takes on one file. Its imports are named, not looked for. */
  add(proto: FileDescriptorProto): void {
    const { name, dependency, package: scope } = proto;
    if (this.#files.has(name)) return;
    let made: Uint8Array | undefined;
    this.#files.set(name, {
      name,
      imports: dependency,
      get bytes() {
        return (made ??= toBinary(FileDescriptorProtoSchema, proto));
      },
    });
    const declare = (outer: string, inner: string): string => this.#declare(name, outer, inner);
    for (const message of proto.messageType) this.#addMessage(name, scope, message);
    for (const enumeration of proto.enumType) this.#addEnum(name, scope, enumeration);
    for (const extension of proto.extension) this.#addExtension(name, scope, extension);
    for (const service of proto.service) {
      const typeName = declare(scope, service.name);
      for (const method of service.method) declare(typeName, method.name);
    }
  }

  file(name: string): IndexedFile | undefined {
    return this.#files.get(name);
  }

  get files(): Iterable<IndexedFile> {
    return this.#files.values();
  }

  /** The file that declares a message, a field, an enum, one of its values, an extension, a service or a method. */
  fileOfSymbol(symbol: string): IndexedFile | undefined {
    return this.#fileOf(this.#symbols.get(symbol));
  }

  fileOfExtension(message: string, number: number): IndexedFile | undefined {
    return this.#fileOf(this.#extensions.get(message)?.get(number));
  }

  /** Ascending; undefined when there is no such message. */
  extensionNumbers(message: string): readonly number[] | undefined {
    if (!this.#messages.has(message)) return undefined;
    return [...(this.#extensions.get(message)?.keys() ?? [])].sort((a, b) => a - b);
  }

  #fileOf(name: string | undefined): IndexedFile | undefined {
    return name === undefined ? undefined : this.#files.get(name);
  }

  #declare(file: string, scope: string, name: string): string {
    const symbol = scope === "" ? name : `${scope}.${name}`;
    if (!this.#symbols.has(symbol)) this.#symbols.set(symbol, file);
    return symbol;
  }

  #addMessage(file: string, scope: string, message: DescriptorProto): void {
    const typeName = this.#declare(file, scope, message.name);
    this.#messages.add(typeName);
    for (const { name } of [...message.field, ...message.oneofDecl]) this.#declare(file, typeName, name);
    for (const nested of message.nestedType) this.#addMessage(file, typeName, nested);
    for (const nested of message.enumType) this.#addEnum(file, typeName, nested);
    for (const extension of message.extension) this.#addExtension(file, typeName, extension);
  }

  #addEnum(file: string, scope: string, enumeration: EnumDescriptorProto): void {
    this.#declare(file, scope, enumeration.name);
    // The values of an enum are siblings of it, descriptor.proto says.
    for (const { name } of enumeration.value) this.#declare(file, scope, name);
  }

  #addExtension(file: string, scope: string, { name, extendee, number }: FieldDescriptorProto): void {
    this.#declare(file, scope, name);
    const message = extendee.replace(/^\./, "");
    const numbers = this.#extensions.get(message) ?? new Map<number, string>();
    this.#extensions.set(message, numbers);
    if (!numbers.has(number)) numbers.set(number, file);
  }
}
