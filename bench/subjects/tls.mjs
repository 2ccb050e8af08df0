/** The certificates of the TLS rows: those of the library's tests. */
import fs from "node:fs";

const read = (name) => fs.readFileSync(new URL(`../../packages/grpc/test/data/tls/${name}`, import.meta.url), "utf8");

export const ca = read("ca.pem");
export const cert = read("server.pem");
export const key = read("server.key");
/** The name in the certificate. */
export const serverName = "localhost";
