/** `@holdfast/grpc/rpc`: gRPC's framing, metadata and statuses as pure functions, without a connection. */

export { grpcContentType, isGrpcContentType } from "./content-type.ts";
export { decodeDetails, detailsHeader, encodeDetails, type RichStatus, type StatusDetail } from "./details.ts";
export {
  defaultMaxMessageBytes,
  frameMessage,
  messagePrefix,
  MessageReader,
  type MessageFault,
  type MessageEvents,
  prefixBytes,
} from "./message.ts";
export {
  Metadata,
  metadataFromHeaders,
  metadataToHeaders,
  type MetadataInit,
  type MetadataValue,
  type MetadataValueOf,
} from "./metadata.ts";
export { methodPath, parseMethodPath, type MethodName } from "./method.ts";
export { nearest } from "./nearest.ts";
export { percentDecode, percentEncode } from "./percent-encoding.ts";
export { responseStatus, statusWithoutGrpc, type ResponseStatus } from "./response-status.ts";
export {
  type DescribedService,
  type GrpcJsMethod,
  type GrpcJsService,
  type MethodInfo,
  type MethodKind,
  methodsOf,
  type MethodTypes,
  type MethodTypesOf,
  type Service,
} from "./service.ts";
export { status, statusName, type StatusCode, type StatusName } from "./status.ts";
export { statusFromHttp } from "./status-from-http.ts";
export { statusFromConnectionLoss, statusFromReset } from "./status-from-http2.ts";
export { formatTimeout, parseTimeout } from "./timeout.ts";
