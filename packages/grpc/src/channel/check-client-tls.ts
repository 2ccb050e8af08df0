/** What a client says about TLS, checked where it comes in: a slip here could switch verification off without a word. */

import type { ClientTls } from "../host/host.ts";
import { checkNames } from "../rpc/check-options.ts";

const names = ["serverName", "ca", "cert", "key", "insecure"] satisfies (keyof Omit<ClientTls, "alpn">)[];

/** @throws TypeError for a TLS option that is unknown, or that says half of what it needs to. */
export function checkClientTls(tls: Partial<Omit<ClientTls, "alpn">> | undefined): void {
  if (tls === undefined) return;
  if (tls === null || typeof tls !== "object")
    throw new TypeError(`tls: expected an object, {} for the defaults, got ${String(tls)}`);
  if ("rejectUnauthorized" in tls) {
    throw new TypeError(
      'tls option "rejectUnauthorized" is unknown: certificates are verified, unless insecure is true',
    );
  }
  checkNames("tls option", tls, names, { servername: "serverName" });
  if ((tls.cert === undefined) !== (tls.key === undefined)) throw new TypeError("tls: cert and key go together");
  for (const name of ["ca", "cert", "key"] as const) {
    const pem = tls[name];
    if (pem !== undefined && (typeof pem !== "string" || pem === "")) {
      throw new TypeError(
        `tls option ${name}: expected PEM text, got ${typeof pem === "string" ? "nothing" : typeof pem}`,
      );
    }
  }
}
