/**
 * The health of a server: what its clients, its balancers and its operators are told. Joins the board with the service,
 * the monitors and the probes; owns none of their rules.
 */
import type { Host } from "../host/host.ts";
import type { HttpListen } from "../host/http.ts";
import type { Server } from "../server/server.ts";
import type { ListenTarget } from "../server/listen-address.ts";
import { Health as HealthDescriptor } from "./health-pb.ts";
import { HealthService } from "./health-service.ts";
import { listenForProbes, type ProbeListening } from "./listen-for-probes.ts";
import { Monitor } from "./monitor.ts";
import type { Check } from "./monitored-check.ts";
import type { MonitorOptions } from "./monitor-options.ts";
import { type Readiness, readinessOf } from "./readiness.ts";
import { nameOf, type ServiceName } from "./service-name.ts";
import { checkSettable, type SettableStatus } from "./serving-status.ts";
import { StatusBoard } from "./status-board.ts";

export class Health {
  readonly #host: Host;
  readonly #listenHttp: HttpListen;
  readonly #board = new StatusBoard();
  readonly #service: HealthService;
  readonly #monitors = new Set<Monitor>();

  /** Use `createHealth`. */
  constructor(host: Host, listenHttp: HttpListen) {
    this.#host = host;
    this.#listenHttp = listenHttp;
    this.#service = new HealthService(host, this.#board);
  }

  /**
   * Says how a service is, by name or descriptor; `""` is the server as a whole, and SERVING unless told otherwise. While
   * a monitor holds it down, or once the server drains, it is NOT_SERVING whatever is set.
   *
   * @throws TypeError for a name or status that is none.
   */
  set(service: ServiceName, status: SettableStatus): this {
    checkSettable(status);
    this.#board.set(nameOf(service), status);
    return this;
  }

  /** The same for every service that was named so far, and for the server as a whole. */
  setAll(status: SettableStatus): this {
    checkSettable(status);
    this.#board.setAll(status);
    return this;
  }

  /** What clients are told now, by service. */
  get statuses(): ReadonlyMap<string, SettableStatus> {
    return new Map([...this.#board.names].map((name) => [name, this.#board.shown(name) ?? "UNKNOWN"]));
  }

  /** Whether the server wants traffic, and what is in the way: what `/readyz` shows. */
  get readiness(): Readiness {
    return readinessOf(
      this.#board,
      [...this.#monitors].flatMap(({ dependencies }) => dependencies),
    );
  }

  /**
   * Adds `grpc.health.v1.Health` to a server. Its `drain` then begins with NOT_SERVING for everything, for good; when
   * clients are told to go, watches end with UNAVAILABLE and monitors stop.
   */
  addTo(server: Pick<Server, "add" | "onDrain">): this {
    server.add(HealthDescriptor, this.#service);
    server.onDrain({
      announced: () => this.#board.leave(),
      warned: () => {
        this.#service.leave();
        for (const monitor of [...this.#monitors]) monitor.stop();
      },
    });
    return this;
  }

  /**
   * Looks at dependencies again and again, and turns the services that need them. Until its first result a dependency
   * counts as missing. Does not keep the process alive.
   *
   * @throws TypeError for checks or options that are wrong; nothing is monitored then.
   */
  monitor(checks: Readonly<Record<string, Check>>, options: MonitorOptions = {}): Monitor {
    const monitor = new Monitor(this.#host, this.#board, checks, options, () => this.#monitors.delete(monitor));
    this.#monitors.add(monitor);
    return monitor;
  }

  /**
   * Answers `/healthz` and `/readyz` over HTTP/1.1 on a port of its own; see `listenForProbes`.
   *
   * @throws TypeError at once for a target that is none.
   */
  listenForProbes(target: ListenTarget): Promise<ProbeListening> {
    return listenForProbes(this.#host, this.#listenHttp, target, () => this.readiness);
  }
}
