//! Makes one call with tonic and prints its error in the shapes in which services log it, one JSON line each. The order is
//! the only argument, a JSON object as in the recorder's wire-event.ts.

use std::error::Error;
use std::time::Duration;

use bytes::{Buf, BufMut};
use serde::Deserialize;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};
use tonic::{Request, Status};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    target: String,
    call: Option<String>,
    tls: Option<String>,
    ca_pem: Option<String>,
    method: Option<String>,
    deadline_ms: Option<u64>,
    keepalive_ms: Option<u64>,
    cancel_after_ms: Option<u64>,
    max_receive_bytes: Option<usize>,
    request_bytes: Option<usize>,
}

/// Sends bytes as they are.
#[derive(Clone, Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
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
    type Item = Vec<u8>;
    type Error = Status;
    fn encode(&mut self, item: Vec<u8>, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        into.put_slice(&item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;
    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        let bytes = from.remaining();
        Ok(Some(from.copy_to_bytes(bytes).to_vec()))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let text = std::env::args().nth(1).expect("an order");
    let order: Order = serde_json::from_str(&text).expect("an order in JSON");
    if order.cancel_after_ms.is_some() {
        return; // a future is cancelled by being dropped, which prints nothing
    }
    if let Err(error) = connect(&order).await {
        show(&error);
    }
}

async fn connect(order: &Order) -> Result<(), Box<dyn Error>> {
    let tls = order.tls.as_deref().unwrap_or("plain");
    let scheme = if tls == "plain" { "http" } else { "https" };
    let mut endpoint = Endpoint::from_shared(format!("{scheme}://{}", order.target))?;
    endpoint = endpoint.timeout(Duration::from_millis(order.deadline_ms.unwrap_or(3_000)));
    if let Some(ms) = order.keepalive_ms {
        let wait = Duration::from_millis(ms);
        endpoint = endpoint.http2_keep_alive_interval(wait).keep_alive_timeout(wait);
    }
    if tls != "plain" {
        let mut config = ClientTlsConfig::new().with_native_roots();
        if tls == "trust" {
            config = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(order.ca_pem.clone().unwrap_or_default()));
        }
        endpoint = endpoint.tls_config(config)?;
    }
    let wait = Duration::from_millis(order.deadline_ms.unwrap_or(3_000) + 1_000);
    let channel = match tokio::time::timeout(wait, endpoint.connect()).await {
        Ok(connected) => connected?,
        Err(_) => return Ok(()),
    };
    tokio::time::timeout(wait, call(channel, order)).await.unwrap_or(Ok(()))
}

async fn call(channel: Channel, order: &Order) -> Result<(), Box<dyn Error>> {
    let mut client = tonic::client::Grpc::new(channel);
    if let Some(bytes) = order.max_receive_bytes {
        client = client.max_decoding_message_size(bytes);
    }
    client.ready().await?;
    let path: http::uri::PathAndQuery = order.method.as_deref().unwrap_or("/shop.v1.Orders/Get").parse()?;
    let request = Request::new(vec![0; order.request_bytes.unwrap_or(4)]);
    if order.call.as_deref() == Some("server-stream") {
        let mut stream = client.server_streaming(request, path, Raw).await?.into_inner();
        while stream.message().await?.is_some() {}
    } else {
        client.unary(request, path, Raw).await?;
    }
    Ok(())
}

fn show(error: &Box<dyn Error>) {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        chain = format!("{chain}: {inner}");
        cause = inner.source();
    }
    for text in [error.to_string(), format!("{error:?}"), format!("ERROR orders::client: get order failed error={chain}")] {
        println!("{}", serde_json::json!({ "text": text }));
    }
}
