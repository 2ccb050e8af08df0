/** What a service may be called by. Owns the limit of a name's length, for users and clients alike. */

/** A name, or a descriptor of protobuf-es that has it. `""` is the server as a whole. */
export type ServiceName = string | { readonly typeName: string };

/** No name in protobuf comes near. Clients send any; each watch keeps one. */
const maxNameLength = 1_024;

/** @throws TypeError for what is no name. */
export function nameOf(service: ServiceName): string {
  const given: unknown = typeof service === "object" && service !== null ? service.typeName : service;
  if (typeof given === "string" && fits(given)) return given;
  const got = typeof given === "string" ? `one of ${given.length} characters` : typeof given;
  throw new TypeError(
    `service: expected the name of a service ("" for the server as a whole) or its descriptor, got ${got}`,
  );
}

export function fits(name: string): boolean {
  return name.length <= maxNameLength;
}
