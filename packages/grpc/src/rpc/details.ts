/**
 * The rich status of `grpc-status-details-bin`: the message `google.rpc.Status`, read and written field by field so that
 * no generated code is needed. What a detail holds is the application's business.
 */

import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/** One `google.protobuf.Any`. */
export interface StatusDetail {
  /** For instance `type.googleapis.com/google.rpc.RetryInfo`. */
  readonly typeUrl: string;
  /** The message, serialised. */
  readonly value: Uint8Array;
}

/** `google.rpc.Status`. */
export interface RichStatus {
  readonly code: number;
  readonly message: string;
  readonly details: readonly StatusDetail[];
}

/** The header that carries it. */
export const detailsHeader = "grpc-status-details-bin";

export function encodeDetails(rich: RichStatus): Uint8Array {
  const writer = new BinaryWriter();
  if (rich.code !== 0) writer.tag(1, WireType.Varint).int32(rich.code);
  if (rich.message !== "") writer.tag(2, WireType.LengthDelimited).string(rich.message);
  for (const { typeUrl, value } of rich.details) {
    writer.tag(3, WireType.LengthDelimited).fork();
    if (typeUrl !== "") writer.tag(1, WireType.LengthDelimited).string(typeUrl);
    if (value.length > 0) writer.tag(2, WireType.LengthDelimited).bytes(value);
    writer.join();
  }
  return writer.finish();
}

/** Undefined when the bytes are not a `google.rpc.Status`; the values are slices of `bytes`. */
export function decodeDetails(bytes: Uint8Array): RichStatus | undefined {
  try {
    return readStatus(new BinaryReader(bytes));
  } catch {
    // The reader throws on what a peer got wrong; a call never fails for the sake of its details.
    return undefined;
  }
}

function readStatus(reader: BinaryReader): RichStatus {
  let code = 0;
  let message = "";
  const details: StatusDetail[] = [];
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1 && wireType === WireType.Varint) code = reader.int32();
    else if (field === 2 && wireType === WireType.LengthDelimited) message = reader.string();
    else if (field === 3 && wireType === WireType.LengthDelimited) details.push(readDetail(reader.bytes()));
    else reader.skip(wireType, field);
  }
  return { code, message, details };
}

function readDetail(bytes: Uint8Array): StatusDetail {
  const reader = new BinaryReader(bytes);
  let typeUrl = "";
  let value: Uint8Array = new Uint8Array();
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1 && wireType === WireType.LengthDelimited) typeUrl = reader.string();
    else if (field === 2 && wireType === WireType.LengthDelimited) value = reader.bytes();
    else reader.skip(wireType, field);
  }
  return { typeUrl, value };
}
