/** The port for probes over HTTP/1.1. Joins the host's server with `probe-answer.ts`. */
import type { Host } from "../host/host.ts";
import type { HttpListen } from "../host/http.ts";
import { listenAddress, type ListenTarget } from "../server/listen-address.ts";
import { ListenError } from "../server/listen-error.ts";
import { addressText } from "../transport/address-text.ts";
import { probeAnswer } from "./probe-answer.ts";
import type { Readiness } from "./readiness.ts";

export interface ProbeListening {
  /** `0.0.0.0:8080` */
  readonly address: string;
  /** 0 for a unix socket. */
  readonly port: number;
  close(): void;
  [Symbol.dispose](): void;
}

/**
 * `GET /healthz` is 200 as long as the process answers at all; `GET /readyz` is 200 while the server as a whole is
 * SERVING, else 503, and says what is in the way. The port stays open through a drain and does not keep the process alive.
 * Rejects with a `ListenError` when the host cannot.
 */
export function listenForProbes(
  host: Host,
  listenHttp: HttpListen,
  target: ListenTarget,
  readiness: () => Readiness,
): Promise<ProbeListening> {
  const address = listenAddress(target);
  return new Promise((resolve, reject) => {
    const listener = listenHttp(address, {
      listening: (bound) => {
        const port = bound.kind === "tcp" ? bound.port : 0;
        const close = (): void => listener.close();
        host.defer(() => resolve({ address: addressText(bound), port, close, [Symbol.dispose]: close }));
      },
      failed: (error) => host.defer(() => reject(new ListenError(addressText(address), error))),
      answer: (method, path) => probeAnswer(method, path, readiness),
    });
  });
}
