import { describe, expect, it } from "vitest";
import { isGrpcContentType } from "./content-type.ts";

describe("content-type", () => {
  it("is gRPC with or without a subtype or parameter", () => {
    for (const value of [
      "application/grpc",
      "application/grpc+proto",
      "application/grpc;charset=utf-8",
      "Application/gRPC",
    ]) {
      expect(isGrpcContentType(value), value).toBe(true);
    }
  });

  it("is not gRPC for its cousins", () => {
    for (const value of [undefined, "", "application/grp", "application/grpc-web", "application/grpcx", "text/html"]) {
      expect(isGrpcContentType(value), value).toBe(false);
    }
  });
});
