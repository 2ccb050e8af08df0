/** The metadata of a measured call: six entries, of which two change with each call unless all are to stay the same. */

const steady = {
  authorization: "Bearer 4f1d2b7c9e8a4f1d2b7c9e8a4f1d2b7c9e8a",
  "x-tenant": "acme-eu-west-1",
  "x-app": "checkout/3.14.2",
  "x-locale": "de-CH",
};

let calls = 0;

/** A record for the next call. `headers`: `changing` or `static`. */
export function nextMetadata(headers) {
  const number = headers === "static" ? 0 : ++calls;
  const digits = number.toString(16).padStart(16, "0");
  return {
    ...steady,
    traceparent: `00-4bf92f3577b34da6a3ce929d0e0e4736-${digits}-01`,
    "x-request-id": `7d2c1a90-44f1-4e0b-${digits}`,
  };
}

/** The deadline of every measured call, ms: far beyond what any of them takes. */
export const timeoutMs = 20_000;
