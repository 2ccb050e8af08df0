/**
 * The drivers that need more than Node: Python with grpcio and Go, which CI has; Java with Maven and Rust with cargo, which may
 * be absent. What is absent is named.
 */

import { describe, it } from "vitest";
import { driverOf } from "../../src/drivers/drivers.ts";
import type { ClientId } from "../../src/experiment/experiment.ts";
import type { Expected } from "../driver-contract.ts";
import { testDriver } from "../driver-contract.ts";

const required: readonly ClientId[] = process.env["HOLDFAST_PEERS"] === "required" ? ["grpcio", "grpc-go"] : [];

// 1.84 says "Stream removed" around what 1.51, Debian's, says alone.
describeDriver("grpcio", {
  fin: /status = StatusCode\.UNAVAILABLE\s+details = "(Stream removed \()?Socket closed\)?"/,
  reset: /status = StatusCode\.UNAVAILABLE\s+details = "(Stream removed \()?recvmsg:Connection reset by peer/,
  goaway: "ok",
  refused: /status = StatusCode\.UNAVAILABLE[^]*Connection refused/,
  cannot: { skipVerification: true },
});

describeDriver("grpc-go", {
  fin: /^rpc error: code = Unavailable desc = error reading from server: EOF$/,
  reset: /^rpc error: code = Unavailable desc = error reading from server: .*connection reset by peer$/,
  goaway: "ok",
  refused: /^rpc error: code = Unavailable desc = connection error: desc = ".*connect: connection refused"$/,
  cannot: { options: { NoSuchOption: 1 } },
});

describeDriver("grpc-java", {
  fin: /^io\.grpc\.StatusRuntimeException: UNAVAILABLE: Network closed for unknown reason$/,
  reset: /^io\.grpc\.StatusRuntimeException: UNAVAILABLE: io exception/,
  goaway: "ok",
  refused: /^io\.grpc\.StatusRuntimeException: UNAVAILABLE: io exception/,
  cannot: { serviceConfig: '{"methodConfig": 1}' },
});

describeDriver("tonic", {
  fin: /^code: 'Unknown error', message: "transport error", source: .*BrokenPipe/,
  reset: /^code: 'Unknown error', message: "transport error", source: .*ConnectionReset/,
  goaway: /^code: 'Unknown error', message: "transport error", source: .*GoAway\(b"", NO_ERROR, Remote\)/,
  refused: /^code: 'The service is currently unavailable', message: "tcp connect error", source: .*ConnectionRefused/,
  cannot: { retry: "off" },
});

function describeDriver(client: ClientId, expected: Expected): void {
  const found = driverOf(client);
  const isAbsent = "absent" in found && !required.includes(client);
  if (isAbsent) console.log(`skipped: the driver of ${client}: ${found.absent}`);
  describe.skipIf(isAbsent)(`the driver of ${client}`, () => {
    // One after the other: five virtual machines of Java that start at once take longer than a deadline.
    if (!isAbsent) testDriver(client, expected, it);
  });
}
