import { describe, expect, it } from "vitest";
import { grpcContentType, isGrpcContentType } from "./content-type.ts";

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

  it("of ours is the plain one, which every peer knows", () => {
    expect(grpcContentType).toBe("application/grpc");
  });

  it("is not gRPC for its cousins", () => {
    for (const value of [undefined, "", "application/grp", "application/grpc-web", "application/grpcx", "text/html"]) {
      expect(isGrpcContentType(value), value).toBe(false);
    }
  });
});
