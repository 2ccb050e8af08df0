/** Asks a server once how a service is. */
import type { CallOptions } from "../channel/call-options.ts";
import type { Channel } from "../channel/channel.ts";
import { StatusError } from "../report/status-error.ts";
import { status } from "../rpc/status.ts";
import { Health } from "./health-pb.ts";
import { nameOf, type ServiceName } from "./service-name.ts";
import { type ServingStatus, statusName } from "./serving-status.ts";
import { withoutHealthService } from "./without-health-service.ts";

/** 5 s: a server that needs longer to say that it is well is not. */
const defaultTimeoutMs = 5_000;

/**
 * How a service is, `grpc.health.v1.Health/Check`. `""` asks for the server as a whole. `SERVICE_UNKNOWN` when the server
 * was never told of the service. `options.timeoutMs`: default 5,000.
 *
 * @throws StatusError when nothing is known: UNAVAILABLE, DEADLINE_EXCEEDED …; UNIMPLEMENTED from a server without health.
 */
export async function check(
  channel: Pick<Channel, "client" | "target">,
  service: ServiceName = "",
  options: CallOptions = {},
): Promise<ServingStatus> {
  const name = nameOf(service);
  try {
    const { timeoutMs = defaultTimeoutMs } = options;
    const answer = await channel.client(Health).check({ service: name }, { ...options, timeoutMs });
    return statusName(answer.status);
  } catch (thrown) {
    const error = StatusError.from(thrown);
    if (error.code === status.NOT_FOUND) return "SERVICE_UNKNOWN";
    if (error.code === status.UNIMPLEMENTED) throw withoutHealthService(channel.target, "Check", error);
    throw thrown;
  }
}
