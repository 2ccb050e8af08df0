/** The methods that a server has, by path. Owns what a service definition and its handlers become; calls nothing. */

import { parseMethodPath } from "../rpc/method.ts";
import {
  type DescribedService,
  isDescribed,
  type MethodInfo,
  type MethodKind,
  methodsOf,
  type Service,
} from "../rpc/service.ts";
import type { CallContext } from "./call-context.ts";

/** One method with its handler. The codecs throw what generated code throws. */
export interface MethodEntry {
  readonly path: string;
  /** The request is a stream, and `handle` gets an iterator of messages; else it gets the one message. */
  readonly requestStream: boolean;
  /** The response is a stream, and `handle` returns an iterable; else a message or a promise of it. */
  readonly responseStream: boolean;
  decode(bytes: Uint8Array): unknown;
  encode(message: unknown): Uint8Array;
  handle(request: unknown, call: CallContext): unknown;
}

type AnyHandler = (request: unknown, call: CallContext) => unknown;

export class MethodTable {
  readonly #entries = new Map<string, MethodEntry>();
  readonly #services = new Map<string, DescribedService | undefined>();

  /** By name; with the descriptor, where there is one. */
  get services(): ReadonlyMap<string, DescribedService | undefined> {
    return this.#services;
  }

  find(path: string): MethodEntry | undefined {
    return this.#entries.get(path);
  }

  /** Why `find` found nothing, for the client. */
  whyNot(path: string): string {
    const name = parseMethodPath(path);
    if (name === undefined)
      return `${JSON.stringify(path)} is not the path of a method, expected /package.Service/Method`;
    const what = this.#services.has(name.service) ? "this server does not implement it" : "unknown service";
    return `method ${path}: ${what}`;
  }

  /** Takes on what `handlers` has of a service. Handlers may be an object or an instance of a class. */
  addService(service: Service, handlers: object): void {
    const methods = methodsOf(service);
    refuseStrangers(methods, handlers);
    if (isDescribed(service)) this.#services.set(service.typeName, service);
    for (const method of methods) {
      const handler = handlerFor(method, handlers);
      if (handler !== undefined) this.#add(entryFor(method, handler));
      else this.#know(method.path);
    }
  }

  /** Takes on a method whose messages are bytes to us. */
  addMethod(path: string, kind: MethodKind, handler: AnyHandler): void {
    if (parseMethodPath(path) === undefined) {
      throw new TypeError(`${JSON.stringify(path)} is not the path of a method, expected /package.Service/Method`);
    }
    this.#add({ path, ...flagsOf(kind), decode: asIs, encode: asBytes, handle: handler });
  }

  #add(entry: MethodEntry): void {
    if (this.#entries.has(entry.path)) throw new TypeError(`method ${entry.path} has a handler already`);
    this.#know(entry.path);
    this.#entries.set(entry.path, entry);
  }

  #know(path: string): void {
    const name = parseMethodPath(path);
    if (name !== undefined && !this.#services.has(name.service)) this.#services.set(name.service, undefined);
  }
}

function entryFor(method: MethodInfo, handle: AnyHandler): MethodEntry {
  const { path, kind, decodeRequest, encodeResponse } = method;
  return { path, ...flagsOf(kind), decode: decodeRequest, encode: encodeResponse, handle };
}

function handlerFor(method: MethodInfo, handlers: object): AnyHandler | undefined {
  for (const key of keysOf(method)) {
    const handler: unknown = (handlers as Readonly<Record<string, unknown>>)[key];
    if (handler === undefined) continue;
    if (typeof handler !== "function") throw new TypeError(`the handler ${JSON.stringify(key)} is not a function`);
    return handler.bind(handlers) as AnyHandler;
  }
  return undefined;
}

/** A misspelt handler would be an UNIMPLEMENTED in production. A class may have members of its own. */
function refuseStrangers(methods: readonly MethodInfo[], handlers: object): void {
  if (typeof handlers !== "object" || handlers === null) throw new TypeError("expected an object with handlers");
  if (Object.getPrototypeOf(handlers) !== Object.prototype) return;
  const known = new Set(methods.flatMap(keysOf));
  const stranger = Object.keys(handlers).find((key) => !known.has(key));
  if (stranger === undefined) return;
  const names = methods.map(({ localName }) => localName).join(", ");
  throw new TypeError(`the service has no method ${JSON.stringify(stranger)}; it has: ${names}`);
}

function keysOf({ localName, alias }: MethodInfo): string[] {
  return alias === undefined ? [localName] : [localName, alias];
}

function flagsOf(kind: MethodKind): { readonly requestStream: boolean; readonly responseStream: boolean } {
  return {
    requestStream: kind === "client-streaming" || kind === "bidi-streaming",
    responseStream: kind === "server-streaming" || kind === "bidi-streaming",
  };
}

function asIs(bytes: Uint8Array): Uint8Array {
  return bytes;
}

function asBytes(message: unknown): Uint8Array {
  if (message instanceof Uint8Array) return message;
  throw new TypeError(`a handler over raw bytes returned ${typeof message}, expected a Uint8Array`);
}
