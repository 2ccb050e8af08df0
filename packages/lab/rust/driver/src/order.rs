//! The ClientOrder of packages/lab/src/experiment/client-order.ts, and what tonic can do of it.

use std::time::{Duration, Instant};

use serde_json::Value;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};

use crate::call::Failure;

pub struct Order {
    pub plan: Plan,
    pub again: Option<Again>,
    pub channels: usize,
    pub at_once: usize,
    pub trials: Vec<Trial>,
    setup: Value,
    cancel_asked: bool,
    close_asked: bool,
}

#[derive(Clone)]
pub struct Trial {
    pub number: u64,
    pub call_ids: Vec<u32>,
    target: String,
    ca_pem: Option<String>,
    server_name: Option<String>,
}

pub struct Plan {
    pub kind: String,
    pub every: Option<Duration>,
    pub warm_up: bool,
    pub idle: Duration,
    pub request_bytes: usize,
    pub deadline: Option<Duration>,
    pub aside_calls: u64,
    pub aside_cancelled: bool,
    pub messages: u64,
    pub message_every: Duration,
}

pub struct Again {
    pub times: u32,
    pub pause: Duration,
    pub new_channel: bool,
    pub same_deadline: bool,
    /// None: any.
    codes: Option<Vec<String>>,
    texts: Option<Vec<String>>,
}

impl Again {
    fn read(value: &Value) -> Option<Again> {
        value.is_object().then(|| Again {
            times: value["times"].as_u64().unwrap_or(0) as u32,
            pause: millis(&value["pauseMs"]).unwrap_or_default(),
            new_channel: value["newChannel"] == true,
            same_deadline: value["sameDeadline"] == true,
            codes: strings(&value["codes"]),
            texts: strings(&value["texts"]),
        })
    }

    pub fn is_meant(&self, failure: &Failure) -> bool {
        self.codes
            .as_ref()
            .is_none_or(|codes| codes.contains(&failure.code))
            && self
                .texts
                .as_ref()
                .is_none_or(|texts| texts.iter().any(|text| failure.text.contains(text)))
    }
}

const NO_POLICY: &str = "tonic's channel reads no service config and has no retry policy";
const CANNOT: [(&str, &str); 6] = [
    ("retry", NO_POLICY),
    ("serviceConfig", NO_POLICY),
    ("waitForReady", "tonic does not know wait-for-ready"),
    (
        "loadBalancing",
        "tonic's channel has one connection to one endpoint",
    ),
    ("session", "the client keeps its sessions to itself"),
    (
        "skipVerification",
        "tonic's ClientTlsConfig cannot leave out the verification of a certificate",
    ),
];

impl Order {
    pub fn read(text: &str) -> Order {
        let given: Value = serde_json::from_str(text).expect("an order in JSON");
        let (setup, plan) = (&given["setup"], &given["plan"]);
        Order {
            plan: Plan {
                kind: plan["kind"].as_str().unwrap_or("unary").to_owned(),
                every: millis(&plan["everyMs"]).filter(|every| !every.is_zero()),
                warm_up: plan["warmUp"] == true,
                idle: millis(&plan["idleMs"]).unwrap_or_default(),
                request_bytes: plan["requestBytes"].as_u64().unwrap_or(0) as usize,
                deadline: millis(&plan["deadlineMs"]),
                aside_calls: plan["aside"]["calls"].as_u64().unwrap_or(0),
                aside_cancelled: plan["aside"]["then"] == "cancel",
                messages: plan["messages"].as_u64().unwrap_or(1),
                message_every: millis(&plan["messageEveryMs"]).unwrap_or_default(),
            },
            again: Again::read(&setup["again"]),
            channels: setup["channels"].as_u64().unwrap_or(1) as usize,
            at_once: given["atOnce"].as_u64().unwrap_or(1) as usize,
            trials: given["trials"]
                .as_array()
                .into_iter()
                .flatten()
                .map(Trial::read)
                .collect(),
            setup: setup.clone(),
            cancel_asked: plan["cancelAfterMs"].is_number(),
            close_asked: plan["closeChannelAfterMs"].is_number(),
        }
    }

    /// The first setting that the client does not have, and why.
    pub fn refusal(&self) -> Option<(String, String)> {
        let named = |setting: &str, why: &str| Some((setting.to_owned(), why.to_owned()));
        for (setting, why) in CANNOT {
            if !self.setup[setting].is_null() {
                return named(setting, why);
            }
        }
        if self.cancel_asked {
            return named(
                "cancelAfterMs",
                "a call of tonic is cancelled by dropping its future, and nobody hears of it",
            );
        }
        if self.close_asked {
            return named(
                "closeChannelAfterMs",
                "tonic's channel is closed by dropping it, which no call that is open allows",
            );
        }
        let trial = self.trials.first()?;
        self.open(trial)
            .err()
            .map(|why| ("options".to_owned(), why))
    }

    /// A channel that connects with its first call.
    pub fn open(&self, trial: &Trial) -> Result<Channel, String> {
        let scheme = if trial.ca_pem.is_some() {
            "https"
        } else {
            "http"
        };
        let url = format!("{scheme}://{}", trial.target);
        let mut endpoint =
            Endpoint::from_shared(url.clone()).map_err(|error| format!("{url}: {error}"))?;
        if let Some(pem) = &trial.ca_pem {
            let mut tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(pem));
            if let Some(name) = &trial.server_name {
                tls = tls.domain_name(name);
            }
            endpoint = endpoint
                .tls_config(tls)
                .map_err(|error| error.to_string())?;
        }
        let keepalive = &self.setup["keepalive"];
        if let (Some(time), Some(wait)) = (
            millis(&keepalive["timeMs"]),
            millis(&keepalive["timeoutMs"]),
        ) {
            endpoint = endpoint
                .http2_keep_alive_interval(time)
                .keep_alive_timeout(wait)
                .keep_alive_while_idle(keepalive["permitWithoutCalls"] == true);
        }
        for (name, value) in self.setup["options"].as_object().into_iter().flatten() {
            endpoint = with_option(endpoint, name, value)?;
        }
        Ok(endpoint.connect_lazy())
    }

    /// None: for ever. Each try has the deadline anew, unless they share one.
    pub fn time_left(&self, started: Instant) -> Option<Duration> {
        let deadline = self.plan.deadline?;
        let shared = self.again.as_ref().is_some_and(|again| again.same_deadline);
        Some(if shared {
            deadline.saturating_sub(started.elapsed())
        } else {
            deadline
        })
    }
}

/// The methods of Endpoint that take one plain value; times in ms.
fn with_option(endpoint: Endpoint, name: &str, value: &Value) -> Result<Endpoint, String> {
    let number = value.as_u64().unwrap_or(0);
    match name {
        "timeout" => Ok(endpoint.timeout(Duration::from_millis(number))),
        "connect_timeout" => Ok(endpoint.connect_timeout(Duration::from_millis(number))),
        "concurrency_limit" => Ok(endpoint.concurrency_limit(number as usize)),
        "buffer_size" => Ok(endpoint.buffer_size(number as usize)),
        "initial_stream_window_size" => Ok(endpoint.initial_stream_window_size(number as u32)),
        "initial_connection_window_size" => {
            Ok(endpoint.initial_connection_window_size(number as u32))
        }
        "http2_adaptive_window" => Ok(endpoint.http2_adaptive_window(value == true)),
        "http2_max_header_list_size" => Ok(endpoint.http2_max_header_list_size(number as u32)),
        _ => Err(format!(
            "the driver knows no method {name} of tonic's Endpoint"
        )),
    }
}

impl Trial {
    fn read(value: &Value) -> Trial {
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        Trial {
            number: value["trial"].as_u64().unwrap_or(0),
            call_ids: value["callIds"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_u64)
                .map(|id| id as u32)
                .collect(),
            target: text("target").unwrap_or_default(),
            ca_pem: text("caPem"),
            server_name: text("serverName"),
        }
    }
}

/// None for a word that says that there is no such time.
fn millis(value: &Value) -> Option<Duration> {
    value
        .as_f64()
        .map(|ms| Duration::from_secs_f64(ms / 1000.0))
}

fn strings(value: &Value) -> Option<Vec<String>> {
    Some(
        value
            .as_array()?
            .iter()
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect(),
    )
}
