/**
 * What the benches say to each other: the service `t.T` (the name that the limit loops know), a message of about 100
 * bytes, and its codecs. The message is protobuf's own `google.protobuf.Field`, so that every language has generated code
 * for it without a compiler in the bench; the service is described here, for the same reason.
 */
import { create, createFileRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FieldSchema, FileDescriptorProtoSchema, file_google_protobuf_type } from "@bufbuild/protobuf/wkt";

const file = create(FileDescriptorProtoSchema, {
  name: "t.proto",
  package: "t",
  syntax: "proto3",
  dependency: ["google/protobuf/type.proto"],
  service: [
    {
      name: "T",
      method: [
        { name: "Say", inputType: ".google.protobuf.Field", outputType: ".google.protobuf.Field" },
        {
          name: "Watch",
          inputType: ".google.protobuf.Field",
          outputType: ".google.protobuf.Field",
          serverStreaming: true,
        },
      ],
    },
  ],
});

/** protobuf-es's description of the service, as its generated code would have it. */
export const described = createFileRegistry(file, () => file_google_protobuf_type).getService("t.T");

export const message = create(FieldSchema, {
  kind: 9,
  cardinality: 1,
  number: 7,
  name: "customer_name",
  typeUrl: "type.googleapis.com/shop.v1.Customer",
  jsonName: "customerName",
  defaultValue: "somebody who ordered",
  packed: true,
});

/** The same as bytes: 99 of them. */
export const messageBytes = Buffer.from(toBinary(FieldSchema, message));

/** Messages of one answer of the streaming benches. */
export const streamedMessages = 10_000; // the figure that "small streamed messages" are measured with

const asBuffer = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const encode = (value) => asBuffer(toBinary(FieldSchema, value));
const decode = (bytes) => fromBinary(FieldSchema, bytes);
const same = (bytes) => bytes;

/** grpc-js's form of the service: with the same `toBinary` and `fromBinary`, or with bytes in and out. */
export function definition(codec) {
  return {
    say: method("Say", codec, false),
    watch: method("Watch", codec, true),
    // Large messages are bytes whatever the codec: what is measured is the way, not the encoding.
    fetch: method("Fetch", "bytes", false),
    push: method("Push", "bytes", false),
  };
}

function method(name, codec, responseStream) {
  const [write, read] = codec === "bytes" ? [same, same] : [encode, decode];
  return {
    path: `/t.T/${name}`,
    requestStream: false,
    responseStream,
    requestSerialize: write,
    requestDeserialize: read,
    responseSerialize: write,
    responseDeserialize: read,
  };
}

/** What a call sends and gets with a codec; `textBytes` of text that gzip makes a fifth of, where there is such a figure. */
export function sample(codec, textBytes) {
  if (textBytes !== undefined) return orderText(textBytes);
  return codec === "bytes" ? messageBytes : message;
}

/** JSON as a service answers it: names that repeat, values that do not. */
function orderText(bytes) {
  let text = "";
  for (let i = 0; text.length < bytes; i++) {
    const id = Math.imul(i + 1, 2_654_435_761) >>> 0; // Knuth's multiplier: values without a pattern
    text += JSON.stringify({ orderId: id, customerName: `customer ${id % 9_973}`, state: "held", cents: id % 100_003 });
  }
  return Buffer.from(text.slice(0, bytes));
}
