/** Owns what healthy services say between failures: requests, health checks, start-up, and other software of the same machine. */

import type { SeededChoice } from "./seeded-choice.ts";

export type Speaker = (atMs: number, chance: SeededChoice) => string;

const paths = ["/orders", "/orders/4711", "/cart", "/search?q=lamp", "/healthz", "/static/app.js", "/metrics"];
const methods = ["Orders/Get", "Orders/List", "Cart/Add", "Stock/Reserve", "Rates/Quote"];

const iso = (atMs: number): string => new Date(atMs).toISOString();
const clock = (atMs: number): string => iso(atMs).slice(0, 19).replace("T", " ");
const address = (chance: SeededChoice): string => `10.0.${chance.whole(0, 3)}.${chance.whole(2, 60)}`;
const rpc = (chance: SeededChoice): string => `/shop.v1.${chance.pick(methods)}`;

const web: readonly Speaker[] = [
  (at, chance) =>
    `edge-1       | ${address(chance)} - - [${clock(at)}] "GET ${chance.pick(paths)} HTTP/1.1" 200 ${chance.whole(90, 9_000)}`,
  (at, chance) =>
    `edge-1       | ${address(chance)} - - [${clock(at)}] "POST ${rpc(chance)} HTTP/2.0" 200 ${chance.whole(5, 900)}`,
  (at, chance) =>
    `web-1        | {"level":"info","message":"GET ${chance.pick(paths)} 200 ${chance.whole(1, 90)} ms","timestamp":"${iso(at)}"}`,
];

const services: readonly Speaker[] = [
  (_, chance) => `orders-1     | call ${rpc(chance)} OK in ${chance.whole(1, 40)} ms`,
  (at, chance) =>
    `{"level":30,"time":${at},"pid":1,"name":"cart","msg":"rpc ok","method":"${rpc(chance)}","ms":${chance.whole(1, 30)}}`,
  (at, chance) =>
    `billing-1    | ${clock(at)},${chance.whole(100, 999)} INFO billing.worker: invoice ${chance.whole(1_000, 9_999)} sent`,
  (at, chance) =>
    `{"level":"info","ts":"${iso(at)}","logger":"stock","msg":"finished call","grpc.code":"OK","grpc.method":"${chance.pick(methods)}"}`,
  (at, chance) =>
    `search-1     | ${clock(at)} INFO [grpc-${chance.whole(0, 7)}] c.s.search.Index - ${chance.whole(1, 90)} hits`,
  (at, chance) => `rates-1      | ${iso(at)}  INFO rates::server: quoted pair=EURUSD us=${chance.whole(40, 900)}`,
  (at) => `orders-1     | ${clock(at)} health check SERVING`,
  (at, chance) =>
    `stock-1      | ${clock(at).replaceAll("-", "/")} reserved ${chance.whole(1, 9)} of item ${chance.whole(1, 400)}`,
];

const others: readonly Speaker[] = [
  (at, chance) =>
    `db-1         | ${clock(at)}.${chance.whole(100, 999)} UTC [${chance.whole(30, 99)}] LOG:  checkpoint complete`,
  (at, chance) =>
    `db-1         | ${clock(at)}.${chance.whole(100, 999)} UTC [${chance.whole(30, 99)}] LOG:  connection received`,
  (at, chance) => `redis-1      | 1:M ${clock(at)} * ${chance.whole(1, 99)} changes in 300 seconds. Saving...`,
  (at, chance) =>
    `kafka-1      | [${clock(at)},${chance.whole(100, 999)}] INFO [Log partition=orders-${chance.whole(0, 5)}] Rolled new segment`,
  (at, chance) =>
    `Oct 02 ${clock(at).slice(11)} node-2 kubelet[${chance.whole(700, 800)}]: probe of pod cart-${chance.whole(1, 3)} succeeded`,
  (at, chance) => `Oct 02 ${clock(at).slice(11)} node-2 systemd[1]: Started session-${chance.whole(10, 99)}.scope.`,
];

/** How a day sounds: mostly requests, some services, some machines. */
export const speakers: readonly Speaker[] = [...web, ...web, ...services, ...services, ...others];
