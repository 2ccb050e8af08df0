/** The handlers of a service, as types: one function for each method, by the names that the generated code uses. */

import type { MethodKind, MethodTypes, MethodTypesOf } from "../rpc/service.ts";
import type { CallContext } from "./call-context.ts";

export type UnaryHandler<Request, Response> = (request: Request, call: CallContext) => Response | Promise<Response>;

export type ClientStreamingHandler<Request, Response> = (
  requests: AsyncIterableIterator<Request, undefined>,
  call: CallContext,
) => Response | Promise<Response>;

/** An async generator, mostly. It is closed (its `finally` runs) when the call ends before it does. */
export type ServerStreamingHandler<Request, Response> = (
  request: Request,
  call: CallContext,
) => AsyncIterable<Response> | Iterable<Response>;

export type BidiStreamingHandler<Request, Response> = (
  requests: AsyncIterableIterator<Request, undefined>,
  call: CallContext,
) => AsyncIterable<Response> | Iterable<Response>;

export type HandlerOfKind<Kind extends MethodKind, Request, Response> = {
  readonly unary: UnaryHandler<Request, Response>;
  readonly "client-streaming": ClientStreamingHandler<Request, Response>;
  readonly "server-streaming": ServerStreamingHandler<Request, Response>;
  readonly "bidi-streaming": BidiStreamingHandler<Request, Response>;
}[Kind];

type HandlerOf<Method> = Method extends MethodTypes
  ? HandlerOfKind<Method["kind"], Method["request"], Method["responseInit"]>
  : never;

/** What is left out is answered UNIMPLEMENTED. */
export type Handlers<S> = { readonly [Name in keyof MethodTypesOf<S>]?: HandlerOf<MethodTypesOf<S>[Name]> };
