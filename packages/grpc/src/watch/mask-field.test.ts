import { expect, it } from "vitest";
import { maskField } from "./mask-field.ts";

it.each([
  ["authorization", "x", "[masked, 1 octet]"],
  ["proxy-authorization", "Basic YWJj", "[masked, 10 octets]"],
  ["cookie", "a=b", "[masked, 3 octets]"],
  ["set-cookie", "a=b", "[masked, 3 octets]"],
  ["x-amz-security-token", "abc", "[masked, 3 octets]"],
  ["x-api-key", "abc", "[masked, 3 octets]"],
  ["x-goog-iap-jwt-assertion", "abc", "[masked, 3 octets]"],
  ["x-auth", "abc", "[masked, 3 octets]"],
  ["grpc-status-details-bin", "CAU", "[masked, 3 octets]"],
  ["x-forwarded", "Bearer abcdefghi", "[masked, 16 octets]"],
  ["x-note", "see eyJhbGciOi.eyJzdWIi.c2ln here", "see [masked, 24 octets] here"],
  [":path", "/a?user=1&access_token=abc&x=2", "/a?user=1&access_token=[masked]&x=2"],
])("hides what %s holds: %s", (name, value, shown) => {
  expect(maskField(name, value)).toEqual([name, shown]);
});

it.each([
  [":authority", "shop:443"],
  [":path", "/auth.v1.Tokens/Refresh"],
  ["user-agent", "grpc-node-js/1.14.7"],
  ["grpc-timeout", "1999m"],
  ["grpc-message", "no such item"],
  ["content-type", "application/grpc"],
  ["x-request-id", "4b1c"],
  ["x-author", "a person"],
])("leaves %s alone", (name, value) => {
  expect(maskField(name, value)).toEqual([name, value]);
});
