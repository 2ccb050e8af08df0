/** `@holdfast/grpc/reflection`: lets clients such as grpcurl and `buf curl` ask a server what it can do. */
import { Reflection, type ReflectionOptions } from "./reflection.ts";

/**
 * Makes the reflection of a server; `addTo` the server to publish it.
 *
 * @throws TypeError for options that are unknown, and for descriptor sets that cannot be read or lack what they import.
 */
export function createReflection(options: ReflectionOptions = {}): Reflection {
  return new Reflection(options);
}

export type { Reflection, ReflectionOptions };
export { ServerReflection } from "./reflection-pb.ts";
