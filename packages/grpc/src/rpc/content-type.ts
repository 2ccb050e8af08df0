/** Whether a message is gRPC by its media type: `application/grpc`, alone or followed by `+proto` or `;charset=…`. */

const grpc = "application/grpc";

/** What we send. */
export const grpcContentType = "application/grpc";

export function isGrpcContentType(value: string | undefined): boolean {
  if (value === undefined) return false;
  if (value === grpc) return true;
  const next = value[grpc.length];
  // `application/grpc-web` is another protocol.
  return (next === undefined || next === "+" || next === ";") && value.slice(0, grpc.length).toLowerCase() === grpc;
}
