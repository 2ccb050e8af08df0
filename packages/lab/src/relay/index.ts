/** `@holdfast/lab/relay`: what stands between a client and a server, and does what its faults say. */

export { type Certificate, createAuthority, createCertificate } from "../peer/certificate.ts";
export type { UpstreamPlace, UpstreamTls } from "./link-ends.ts";
export { Relay, type RelayFaults, type RelayOptions } from "./relay.ts";
export type { Doing, Told } from "./told.ts";
