import { describe, expect, it } from "vitest";
import { maskSecrets } from "./mask-secrets.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const secret = ["s3cr3t", "v4lue", "0123456789"].join("");
const jwt = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "c2lnbmF0dXJl"].join(".");
const awsKey = `AKIA${"ABCDEFGH23456789"}`;

describe("masking", () => {
  it.each([
    `authorization: Bearer ${secret}`,
    `Authorization: Basic ${secret}==`,
    `"authorization":"Bearer ${secret}"`,
    `'authorization' => 'Bearer ${secret}'`,
    `cookie: sid=${secret}; theme=dark`,
    `Set-Cookie: sid=${secret}`,
    `GET https://user:${secret}@db.example/x`,
    `postgres://u:${secret}@db:5432/shop`,
    `?api_key=${secret}&x=1`,
    `"apiKey": "${secret}"`,
    `x-api-key: ${secret}`,
    `password=${secret}`,
    `DB_PASSWORD="${secret}"`,
    `\\"token\\":\\"${secret}\\"`,
    `access_token: '${secret}'`,
    `client_secret=${secret}`,
    `AWS_SECRET_ACCESS_KEY=${secret}`,
    `metadata: Metadata { 'x-auth-token' => [ '${secret}' ] }`,
    `-----BEGIN RSA PRIVATE KEY-----\\n${secret}\\n-----END RSA PRIVATE KEY-----`,
    `-----BEGIN PRIVATE KEY-----\n${secret}`,
    `got ghp_${secret}${secret}`,
    `run --password ${secret} --verbose`,
    `SMTP_PASS=${secret}`,
    `password%3D${secret}`,
    `AccountKey=${secret};EndpointSuffix=x`,
    `GET /blob?se=1&sig=${secret}`,
    `https://user:a@b@${secret}@db.example/x`,
    `https://${secret}@git.example/x`,
    `"x-api-key":["one","${secret}"]`,
    String.raw`\\\"token\\\":\\\"${secret}\\\"`,
    String.raw`\"cookie\":\"a=1; b=${secret}\"`,
    `("x-api-key", "${secret}")`,
    `_Metadatum(key='authorization', value='${secret}')`,
    `{"name":"password","value":"${secret}"}`,
    `hf_${secret}${secret}`,
  ])("%s", (text) => {
    expect(maskSecrets(text)).not.toContain(secret);
    expect(maskSecrets(text)).toContain("[masked]");
  });

  it("leaves the status that stands behind a header's value, and nothing else", () => {
    const error = "14 UNAVAILABLE: Connection dropped";
    expect(maskSecrets(`authorization: Bearer ${secret} ${error}`)).toBe(`authorization: [masked] ${error}`);
    expect(maskSecrets(`authorization: Basic x== Error: ${error}`)).toBe(`authorization: [masked] Error: ${error}`);
    for (const rest of [`x ${secret}`, `x ${secret} ${error}`, `x, Bearer ${secret}`, `x 14: ${secret}`])
      expect(maskSecrets(`authorization: Bearer ${rest}`)).toBe("authorization: [masked]");
  });

  it("knows tokens by their own shape", () => {
    expect(maskSecrets(`x ${jwt} y`)).toBe("x [masked] y");
    expect(maskSecrets(`x ${awsKey} y`)).toBe("x [masked] y");
  });

  it.each([
    "Error: 14 UNAVAILABLE: Connection dropped",
    "authentication handshake failed: EOF",
    "http://10.0.0.1:50051/shop.Shop/Get",
    "keepalive_time_ms=30000",
    ":authority=shop.example:50051",
    "inside: the loop",
    "--- PASS: TestDrain",
    "credentials: cannot check peer: missing selected ALPN property",
  ])("leaves alone what is none: %s", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it("throws for no text, however long a value is", () => {
    expect(maskSecrets(`password='${"x".repeat(20_000_000)}`)).toBe("password=[masked]");
    expect(maskSecrets(`password="${String.raw`\a`.repeat(20_000_000)}`)).toMatch(/^(?:password=)?\[masked\]$/);
  });
});
