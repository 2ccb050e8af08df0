/** The `:path` of a gRPC call, `/package.Service/Method`. Names are case-sensitive and taken as they stand. */

export interface MethodName {
  /** `package.Service` */
  readonly service: string;
  readonly method: string;
}

/** Undefined when the path is not that of a gRPC method. */
export function parseMethodPath(path: string): MethodName | undefined {
  // The service may itself hold slashes in exotic set-ups; the method is what follows the last one.
  const slash = path.lastIndexOf("/");
  if (path[0] !== "/" || slash < 2 || slash === path.length - 1) return undefined;
  return { service: path.slice(1, slash), method: path.slice(slash + 1) };
}

export function methodPath({ service, method }: MethodName): string {
  return `/${service}/${method}`;
}
