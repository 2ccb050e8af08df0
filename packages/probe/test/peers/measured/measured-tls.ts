/** The certificate of servers and proxies that are measured over TLS, and how a target of either kind is reached. */

import { createCertificate } from "@holdfast/lab";
import type { Target } from "../../../src/measure/surroundings.ts";
import type { ServerTls } from "./servers.ts";

const { certPem: cert, keyPem: key } = createCertificate();

export const measuredTls: ServerTls = { cert, key };

export function targetAt(port: number, isTls: boolean): Target {
  const where = { host: "127.0.0.1", port };
  return isTls ? { ...where, tls: { serverName: "localhost", ca: cert } } : where;
}
