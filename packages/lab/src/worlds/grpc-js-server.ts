/** Owns a real server of @grpc/grpc-js under calls, and the ways in which programs stop one. */

import * as grpc from "@grpc/grpc-js";
import { readCallId, warmUpCallId } from "../call-message.ts";
import type { World } from "../experiment/world.ts";
import { labMethods } from "../drivers/lab-method.ts";
import { Ledger } from "../peer/ledger.ts";

export type GrpcJsStop =
  /** `forceShutdown()` at once. */
  | "force"
  /** `tryShutdown`, and `forceShutdown()` after one second. */
  | "two-steps"
  /** The handlers end their calls with UNAVAILABLE; then `tryShutdown`. */
  | "end-in-handler";

export interface StoppedServer {
  readonly how: GrpcJsStop;
  /** How long after the first counted call has begun, in ms. */
  readonly afterMs: number;
  /** How long a counted call takes, in ms. */
  readonly answerMs: number;
  /** Another server listens on the same port so long after the stop, in ms; it answers at once. Default: 0. */
  readonly downMs?: number;
}

type OpenCall = grpc.ServerUnaryCall<Buffer, Buffer> | grpc.ServerWritableStream<Buffer, Buffer>;

const asItIs = (bytes: Buffer): Buffer => bytes;
const methodOf = (path: string, responseStream: boolean): grpc.MethodDefinition<Buffer, Buffer> => ({
  path,
  requestStream: false,
  responseStream,
  requestSerialize: asItIs,
  requestDeserialize: asItIs,
  responseSerialize: asItIs,
  responseDeserialize: asItIs,
});
const service = {
  call: methodOf(labMethods.unary, false),
  serverStream: methodOf(labMethods["server-streaming"], true),
};

/** A server that is stopped under its calls, and the one that comes after it. */
export async function stoppedGrpcJsServer(stop: StoppedServer): Promise<World> {
  const ledger = new Ledger();
  const notes: string[] = [];
  let next: grpc.Server | undefined;
  let closed = false;
  const first = new StoppingServer(ledger, stop.answerMs);
  const port = await bind(first.server, 0);
  const restart = async (): Promise<void> => {
    await sleep(stop.afterMs);
    if (closed) return;
    first.stop(stop.how);
    await sleep(stop.downMs ?? 0);
    if (closed) return;
    next = new StoppingServer(ledger, 5).server;
    await bind(next, port).catch((error: unknown) => notes.push(`no second server: ${String(error)}`));
  };
  first.onBegun = () => void restart();
  return {
    target: `127.0.0.1:${port}`,
    executions: (callId) => ledger.executions(callId),
    notes,
    [Symbol.asyncDispose]: () => {
      closed = true;
      first.server.forceShutdown();
      next?.forceShutdown();
      return Promise.resolve();
    },
  };
}

class StoppingServer {
  readonly server = new grpc.Server();
  /** Called at the first counted call. */
  onBegun: () => void = () => {};
  readonly #ledger: Ledger;
  readonly #answerMs: number;
  readonly #open = new Map<OpenCall, (error: Partial<grpc.ServiceError>) => void>();
  #begun = false;

  constructor(ledger: Ledger, answerMs: number) {
    this.#ledger = ledger;
    this.#answerMs = answerMs;
    this.server.addService(service, {
      call: (call: grpc.ServerUnaryCall<Buffer, Buffer>, answer: grpc.sendUnaryData<Buffer>) =>
        this.#serve(call, (error) => answer(error ?? null, Buffer.alloc(0))),
      serverStream: (call: grpc.ServerWritableStream<Buffer, Buffer>) => {
        call.on("error", () => {});
        call.write(Buffer.alloc(0));
        this.#serve(call, (error) => (error === undefined ? call.end() : void call.emit("error", error)));
      },
    });
  }

  stop(how: GrpcJsStop): void {
    if (how === "force") return this.server.forceShutdown();
    if (how === "end-in-handler") {
      const leaving = { code: grpc.status.UNAVAILABLE, details: "server is restarting" };
      for (const end of this.#open.values()) end(Object.assign(new Error(leaving.details), leaving));
    }
    const force = setTimeout(() => this.server.forceShutdown(), 1_000);
    this.server.tryShutdown(() => clearTimeout(force));
  }

  #serve(call: OpenCall, end: (error?: Partial<grpc.ServiceError>) => void): void {
    const id = readCallId(call.request);
    if (id === undefined || id === warmUpCallId) return end();
    this.#ledger.execute(id);
    const timer = setTimeout(() => this.#end(call, end), this.#answerMs);
    this.#open.set(call, (error) => {
      clearTimeout(timer);
      this.#end(call, () => end(error));
    });
    call.once("cancelled", () => clearTimeout(timer));
    if (!this.#begun) this.onBegun();
    this.#begun = true;
  }

  #end(call: OpenCall, end: () => void): void {
    if (this.#open.delete(call) && !call.cancelled) end();
  }
}

function bind(server: grpc.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
