/** Why a TLS handshake failed, in words, from the word of OpenSSL. Pure. */

import type { TlsVersion, WireFault } from "../wire/index.ts";
import { failed } from "./finding.ts";
import type { Finding } from "./step.ts";

/**
 * @param taken Versions that the server takes when each is offered alone.
 * @param withoutAlpn The handshake succeeded without the extension.
 */
export function tlsFailure(
  fault: WireFault | undefined,
  taken: readonly TlsVersion[],
  withoutAlpn: boolean,
): Finding[] {
  if (fault === undefined) return [];
  const word = `${fault.word ?? ""} ${fault.message}`;
  if (/CERTIFICATE_REQUIRED|certificate required/i.test(word)) return [wantsCertificate(fault)];
  if (/NO_APPLICATION_PROTOCOL|no application protocol/i.test(word)) {
    const text = "The server ended the handshake over ALPN: it knows TLS, but not h2 (alert no_application_protocol).";
    return [failed("alpn-missing", text, "Turn HTTP/2 on where TLS ends; gRPC clients offer nothing else.")];
  }
  if (fault.stage !== "tls") return afterHandshake(fault, word);
  const old = taken.length > 0 && taken.every((version) => version === "TLSv1" || version === "TLSv1.1");
  if (old) {
    const text = `The server takes no TLS newer than ${taken[0] ?? "1.1"}; HTTP/2 needs 1.2 or higher (RFC 9113 §9.2).`;
    return [failed("tls-version-too-old", text, "Raise the server's TLS version: no gRPC client can connect.")];
  }
  if (withoutAlpn && /ALERT.HANDSHAKE.FAILURE/i.test(word)) {
    const text = `The handshake fails with ALPN h2 and succeeds without (${fault.message}).`;
    return [failed("alpn-missing", text, "Turn HTTP/2 on where TLS ends; gRPC clients offer nothing else.")];
  }
  return [failed("tls-handshake-failed", `The TLS handshake failed: ${fault.message}.`, adviceFor(fault, word))];
}

/** A server of TLS 1.3 judges the client's certificate when the client has already begun to speak. */
function afterHandshake(fault: WireFault, word: string): Finding[] {
  if (fault.kind !== "refused" || !/alert/i.test(word)) return [];
  const text = `The server ended TLS right after the handshake: ${fault.message}.`;
  return [failed("tls-handshake-failed", text, adviceFor(fault, word))];
}

function wantsCertificate(fault: WireFault): Finding {
  const text = `The server wants a client certificate and got none (${fault.message}).`;
  return failed(
    "client-certificate-wanted",
    text,
    "Mutual TLS is on: give --cert and --key, and the same to the client.",
  );
}

function adviceFor(fault: WireFault, word: string): string {
  if (/(UNKNOWN.CA|BAD.CERTIFICATE|CERTIFICATE.(EXPIRED|UNKNOWN|REVOKED))/i.test(word)) {
    return "The server does not accept the client certificate that was given: another authority, or it has expired.";
  }
  if (/UNRECOGNIZED.NAME/i.test(word))
    return "The server knows no such name (SNI): dial it by a name that it serves, or set --authority.";
  if (/HANDSHAKE.FAILURE/i.test(word))
    return "No common cipher or version, or the server wants a client certificate (--cert, --key).";
  if (fault.kind === "silent" || fault.kind === "unfinished") {
    return "The port takes connections and does not answer a ClientHello: something that waits for other words, or a server that is stuck.";
  }
  if (fault.kind === "closed" || fault.kind === "reset") {
    return "The server hung up on a ClientHello: it may speak plain text, or a load balancer has no healthy target behind it.";
  }
  return "OpenSSL gave this reason; the server's log has its side of it.";
}
