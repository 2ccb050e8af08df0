/** What of a request's header list decides where the request goes, read in one pass. Metadata is read when asked for. */

import type { HeaderList } from "../http2/header-list.ts";

export interface RequestHead {
  readonly method: string;
  readonly path: string;
  /** `:authority`, or `host` where that is absent (RFC 9113 §8.3.1). */
  readonly authority: string;
  readonly contentType: string | undefined;
  /** `grpc-timeout`, as it came. */
  readonly timeout: string | undefined;
  /** `grpc-encoding`, as it came. */
  readonly encoding: string | undefined;
}

export function readRequestHead(list: HeaderList): RequestHead {
  let method = "";
  let path = "";
  let authority: string | undefined;
  let host = "";
  let contentType: string | undefined;
  let timeout: string | undefined;
  let encoding: string | undefined;
  for (let i = 0; i + 1 < list.length; i += 2) {
    const value = list[i + 1] as string;
    switch (list[i] as string) {
      case ":method":
        method = value;
        break;
      case ":path":
        path = value;
        break;
      case ":authority":
        authority = value;
        break;
      case "host":
        host = value;
        break;
      case "content-type":
        contentType = value;
        break;
      case "grpc-timeout":
        timeout = value;
        break;
      case "grpc-encoding":
        encoding = value;
        break;
    }
  }
  return { method, path, authority: authority ?? host, contentType, timeout, encoding };
}
