/**
 * What a server tells of its own interface. Owns where the descriptors come from: the services that were added to it, and
 * descriptor sets; what is answered is `answer-reflection.ts`.
 */
import type { DescFile } from "@bufbuild/protobuf";
import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { checkNames } from "../rpc/check-options.ts";
import type { Handlers } from "../server/handlers.ts";
import type { Server } from "../server/server.ts";
import { answerReflection, type Question, type ReflectedServer } from "./answer-reflection.ts";
import { DescriptorIndex } from "./descriptor-index.ts";
import { readDescriptorSet } from "./read-descriptor-set.ts";
import { ServerReflection } from "./reflection-pb.ts";
import { v1alphaService } from "./v1alpha.ts";

export interface ReflectionOptions {
  /**
   * Descriptors of services that were added without (grpc-js definitions, raw methods), and of extensions that no service
   * imports: each the bytes of a google.protobuf.FileDescriptorSet with its imports, as `buf build -o` writes it. What they
   * hold goes before what the services bring.
   */
  readonly descriptorSets?: readonly Uint8Array[];
}

/** A request as both versions have it. */
interface Request {
  readonly host: string;
  readonly messageRequest: Question;
}

export class Reflection {
  readonly #files: readonly FileDescriptorProto[];

  /** Use `createReflection`. */
  constructor(options: ReflectionOptions) {
    checkNames("reflection option", options, ["descriptorSets"], { descriptorSet: "descriptorSets" });
    const { descriptorSets = [] } = options;
    if (!Array.isArray(descriptorSets))
      throw new TypeError(`reflection option descriptorSets: expected a list, got ${typeof descriptorSets}`);
    this.#files = descriptorSets.flatMap((bytes, at) => readDescriptorSet(bytes, at + 1));
    refuseGaps(this.#files);
  }

  /**
   * Adds grpc.reflection.v1 and v1alpha to a server. They tell of every service of it, whenever it is added, to whoever can
   * connect.
   */
  addTo(server: Pick<Server, "add" | "services">): this {
    const index = new DescriptorIndex();
    for (const file of this.#files) index.add(file);
    const reflected = (): ReflectedServer => {
      for (const service of server.services.values()) {
        // Descriptors have their file; the server does not need it and does not ask.
        const file = (service as { readonly file?: DescFile } | undefined)?.file;
        if (file !== undefined) index.addDescriptor(file);
      }
      return { index, services: [...server.services.keys()].sort() };
    };
    const serverReflectionInfo = async function* (requests: AsyncIterable<Request>) {
      const sent = new Set<string>();
      for await (const request of requests) {
        const messageResponse = answerReflection(request.messageRequest, reflected(), sent);
        yield { validHost: request.host, originalRequest: request, messageResponse };
      }
    };
    const handlers = { serverReflectionInfo } as Handlers<typeof ServerReflection>;
    server.add(ServerReflection, handlers).add(v1alphaService(), handlers);
    return this;
  }
}

/** A client cannot use a file without what it imports, and would learn of the gap in words that do not help it. */
function refuseGaps(files: readonly FileDescriptorProto[]): void {
  const present = new Set(files.map(({ name }) => name));
  for (const { name, dependency } of files) {
    const missing = dependency.find((imported) => !present.has(imported));
    if (missing === undefined) continue;
    throw new TypeError(
      `descriptor sets: ${name} imports ${missing}, which is in none of them; ` +
        "buf build -o includes imports, protoc needs --include_imports",
    );
  }
}
