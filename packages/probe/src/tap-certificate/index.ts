/** `@holdfast/probe/tap-certificate`: apart from the tap, because only a tap that speaks TLS loads what makes certificates. */

export { createTapCertificate, type TapCertificate } from "./tap-certificate.ts";
