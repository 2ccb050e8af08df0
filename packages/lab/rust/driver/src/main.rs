//! Makes trials with tonic: keeps the contract of packages/lab/src/experiment/client-order.ts as the drivers in
//! packages/lab/src/drivers do. Its only argument is an order in JSON, or `-` to read it from standard input.

mod call;
mod order;

use std::io::Read;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use call::{Failure, make_call};
use order::{Order, Trial};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use tonic::transport::Channel;

/// A call is given up as never settled so long after its deadline.
const GRACE: Duration = Duration::from_secs(5);
const WARM_UP_ID: u32 = 0;
const ASIDE_ID: u32 = u32::MAX;

#[tokio::main]
async fn main() {
    let mut text = std::env::args()
        .nth(1)
        .expect("expected an order in JSON, or -");
    if text == "-" {
        text.clear();
        std::io::stdin()
            .read_to_string(&mut text)
            .expect("standard input ended early");
    }
    let order = Arc::new(Order::read(&text));
    show(
        json!({"kind": "versions", "versions": {"tonic": "0.14.9", "rust": env!("RUST_VERSION")}}),
    );
    if let Some((setting, why)) = order.refusal() {
        show(json!({"kind": "unsupported", "setting": setting, "why": why}));
        return;
    }
    let waiting = Arc::new(Mutex::new(order.trials.clone().into_iter()));
    let workers: Vec<_> = (0..order.at_once.min(order.trials.len()))
        .map(|_| {
            let (order, waiting) = (order.clone(), waiting.clone());
            tokio::spawn(async move {
                loop {
                    let next = waiting.lock().expect("no holder panics").next();
                    let Some(trial) = next else { return };
                    run_trial(&order, trial).await;
                }
            })
        })
        .collect();
    for worker in workers {
        let _ = worker.await;
    }
    show(json!({"kind": "done"}));
    // Tasks of calls that never settle may still run; the run is over.
    std::process::exit(0);
}

/// Channels side by side, used by turns: what an application's pool is.
struct Pool {
    channels: Mutex<Vec<(u64, Channel)>>,
    turn: Mutex<usize>,
    trial: Trial,
    order: Arc<Order>,
}

impl Pool {
    fn open(order: &Arc<Order>, trial: Trial) -> Result<Pool, String> {
        let channels = (0..order.channels)
            .map(|number| Ok((number as u64, order.open(&trial)?)))
            .collect::<Result<Vec<_>, String>>()?;
        Ok(Pool {
            channels: Mutex::new(channels),
            turn: Mutex::new(0),
            trial,
            order: order.clone(),
        })
    }

    fn next(&self) -> usize {
        let mut turn = self.turn.lock().expect("no holder panics");
        *turn += 1;
        (*turn - 1) % self.order.channels
    }

    fn at(&self, place: usize) -> (u64, Channel) {
        self.channels.lock().expect("no holder panics")[place].clone()
    }

    /// A new channel in the place of `old`, unless another call has put one there.
    fn replace(&self, place: usize, old: u64) {
        let mut channels = self.channels.lock().expect("no holder panics");
        if channels[place].0 != old {
            return;
        }
        if let Ok(channel) = self.order.open(&self.trial) {
            channels[place] = (old + self.order.channels as u64, channel);
        }
    }
}

async fn run_trial(order: &Arc<Order>, trial: Trial) {
    let number = trial.number;
    let ids = trial.call_ids.clone();
    let broken = |why: String| show(json!({"kind": "broken", "trial": number, "why": why}));
    let pool = match Pool::open(order, trial) {
        Ok(pool) => Arc::new(pool),
        Err(why) => return broken(why),
    };
    if order.plan.warm_up {
        for place in 0..order.channels {
            let call = make_call(
                pool.at(place).1,
                WARM_UP_ID,
                "unary",
                order.clone(),
                Some(GRACE),
            );
            let failure = match timeout(2 * GRACE, call).await {
                Ok(Ok(())) => continue,
                Ok(Err(failure)) => failure.text,
                Err(_) => "nothing came back".to_owned(),
            };
            return broken(format!("the warm-up failed: {failure}"));
        }
    }
    sleep(order.plan.idle).await;
    let aside: Vec<_> = (0..order.plan.aside_calls)
        .map(|_| {
            tokio::spawn(make_call(
                pool.at(pool.next()).1,
                ASIDE_ID,
                "unary",
                order.clone(),
                None,
            ))
        })
        .collect();
    if !aside.is_empty() {
        sleep(Duration::from_millis(1)).await;
        if order.plan.aside_cancelled {
            aside.iter().for_each(|call| call.abort());
        }
    }
    if let Some(every) = order.plan.every {
        for (at, id) in ids.into_iter().enumerate() {
            if at > 0 {
                sleep(every).await;
            }
            settle(order.clone(), pool.clone(), number, id).await;
        }
    } else {
        let calls: Vec<_> = ids
            .into_iter()
            .map(|id| tokio::spawn(settle(order.clone(), pool.clone(), number, id)))
            .collect();
        for call in calls {
            let _ = call.await;
        }
    }
    aside.iter().for_each(|call| call.abort());
}

/// Prints how the call ended; prints nothing if it does not end in time.
async fn settle(order: Arc<Order>, pool: Arc<Pool>, trial: u64, id: u32) {
    let started = Instant::now();
    let Ok(ended) = timeout(patience(&order), call_as_often(&order, &pool, id)).await else {
        return;
    };
    let took_ms = started.elapsed().as_millis() as u64;
    match ended {
        Ok(()) => show(json!({"kind": "ok", "trial": trial, "id": id, "tookMs": took_ms})),
        Err(Failure { code, text }) => show(json!({
            "kind": "failed", "trial": trial, "id": id, "tookMs": took_ms, "code": code, "text": text,
        })),
    }
}

/// The call, and what an application makes of a failure by itself.
async fn call_as_often(order: &Arc<Order>, pool: &Pool, id: u32) -> Result<(), Failure> {
    let started = Instant::now();
    let place = pool.next();
    let mut times = 0;
    loop {
        let (generation, channel) = pool.at(place);
        let left = order.time_left(started);
        let ended = make_call(channel, id, &order.plan.kind, order.clone(), left).await;
        let (Err(failure), Some(again)) = (&ended, &order.again) else {
            return ended;
        };
        if times == again.times || !again.is_meant(failure) {
            return ended;
        }
        sleep(again.pause).await;
        if order.time_left(started) == Some(Duration::ZERO) {
            return ended;
        }
        if again.new_channel {
            pool.replace(place, generation);
        }
        times += 1;
    }
}

fn patience(order: &Order) -> Duration {
    let Some(deadline) = order.plan.deadline else {
        return GRACE;
    };
    let Some(again) = &order.again else {
        return deadline + GRACE;
    };
    let deadlines = if again.same_deadline {
        1
    } else {
        again.times + 1
    };
    deadlines * deadline + again.times * again.pause + GRACE
}

fn show(line: Value) {
    println!("{line}");
}
