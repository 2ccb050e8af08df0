//! One call of any kind, with messages as they are: no code has to be generated for the lab's service.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, BufMut, Bytes};
use http::uri::PathAndQuery;
use tokio_stream::{Stream, StreamExt};
use tonic::client::Grpc;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::Channel;
use tonic::{Code, Request, Status};

use crate::order::Order;

pub struct Failure {
    pub code: String,
    pub text: String,
}

impl From<Status> for Failure {
    fn from(status: Status) -> Failure {
        Failure {
            code: code_name(status.code()).to_owned(),
            text: status.to_string(),
        }
    }
}

pub async fn make_call(
    channel: Channel,
    id: u32,
    kind: &str,
    order: Arc<Order>,
    deadline: Option<Duration>,
) -> Result<(), Failure> {
    let mut client = Grpc::new(channel);
    client
        .ready()
        .await
        .map_err(|error| Status::from_error(error.into()))?;
    let message = call_message(id, order.plan.request_bytes);
    match kind {
        "server-streaming" => {
            let mut request = with_deadline(Request::new(message), deadline);
            let fields = request.metadata_mut();
            fields.insert("lab-messages", order.plan.messages.into());
            fields.insert(
                "lab-message-every-ms",
                (order.plan.message_every.as_millis() as u64).into(),
            );
            let answer = client
                .server_streaming(request, path("ServerStream"), Raw)
                .await?;
            drain(answer.into_inner()).await
        }
        "client-streaming" => {
            let request = with_deadline(Request::new(messages(message, &order)), deadline);
            client
                .client_streaming(request, path("ClientStream"), Raw)
                .await?;
            Ok(())
        }
        "bidi-streaming" => {
            let request = with_deadline(Request::new(messages(message, &order)), deadline);
            let answer = client.streaming(request, path("BidiStream"), Raw).await?;
            drain(answer.into_inner()).await
        }
        _ => {
            client
                .unary(
                    with_deadline(Request::new(message), deadline),
                    path("Call"),
                    Raw,
                )
                .await?;
            Ok(())
        }
    }
}

fn path(method: &str) -> PathAndQuery {
    format!("/holdfast.lab.v1.Lab/{method}")
        .parse()
        .expect("a path")
}

fn with_deadline<T>(mut request: Request<T>, deadline: Option<Duration>) -> Request<T> {
    if let Some(deadline) = deadline {
        request.set_timeout(deadline);
    }
    request
}

/// So far apart as the plan says.
fn messages(message: Bytes, order: &Order) -> impl Stream<Item = Bytes> + Send + use<> {
    let (count, every) = (order.plan.messages, order.plan.message_every);
    tokio_stream::iter(0..count).then(move |sent| {
        let message = message.clone();
        async move {
            if sent > 0 {
                tokio::time::sleep(every).await;
            }
            message
        }
    })
}

async fn drain(mut answers: tonic::Streaming<Bytes>) -> Result<(), Failure> {
    while answers.message().await?.is_some() {}
    Ok(())
}

/// A google.protobuf.BytesValue that begins with the call's number.
fn call_message(id: u32, size: usize) -> Bytes {
    let length = size.max(4);
    let mut message = vec![0x0a];
    let mut rest = length;
    while rest > 0x7f {
        message.push(rest as u8 & 0x7f | 0x80);
        rest >>= 7;
    }
    message.push(rest as u8);
    message.put_u32(id);
    message.resize(message.len() + length - 4, 0);
    message.into()
}

/// Passes messages as they are.
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Raw;
    type Decoder = Raw;

    fn encoder(&mut self) -> Raw {
        Raw
    }

    fn decoder(&mut self) -> Raw {
        Raw
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, message: Bytes, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        into.put(message);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(from.copy_to_bytes(from.remaining())))
    }
}

/// gRPC's name; tonic writes DeadlineExceeded.
fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
