/**
 * A server on the bare transport: answers any request with what it got, length first. For meeting other people's clients;
 * it has no handlers, no routing, no gRPC.
 */
import { createHash } from "node:crypto";
import { nodeHost } from "../../../src/host/node/node-host.ts";
import type { Listener } from "../../../src/host/host.ts";
import { headerValue } from "../../../src/http2/header-list.ts";
import type { Http2Stream, StreamEvents } from "../../../src/http2/stream.ts";
import type { TerminationReport } from "../../../src/report/termination-report.ts";
import { Transport } from "../../../src/transport/transport.ts";

export class EchoServer {
  port = 0;
  requests = 0;
  readonly transports = new Set<Transport>();
  #onEnded: (report: TerminationReport, of: Transport) => void = () => undefined;
  #listener: Listener | undefined = undefined;

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#listener = nodeHost().listen(
        { address: { kind: "tcp", host: "127.0.0.1", port: 0 } },
        {
          listening: (address) => {
            if (address.kind === "tcp") this.port = address.port;
            resolve();
          },
          accepted: (socket) => {
            const transport: Transport = new Transport(
              nodeHost(),
              "server",
              "a client",
              {},
              {
                onReady: () => undefined,
                onSettings: () => undefined,
                onStream: (stream) => this.#serve(transport, stream),
                onGoaway: () => undefined,
                onEnded: (report) => {
                  this.transports.delete(transport);
                  this.#onEnded(report, transport);
                },
              },
            );
            this.transports.add(transport);
            nodeHost().defer(() => transport.start(socket));
            return transport;
          },
          failed: (error) => reject(new Error(error.message)),
          closed: () => undefined,
        },
      );
    });
  }

  /** The report of the first to end of the connections that come from now on; one of before may end still. */
  nextReport(): Promise<TerminationReport> {
    const earlier = new Set(this.transports);
    return new Promise((resolve) => {
      this.#onEnded = (report, of) => {
        if (!earlier.has(of)) resolve(report);
      };
    });
  }

  close(): void {
    this.#listener?.close();
    for (const transport of [...this.transports]) transport.close("closed");
  }

  #serve({ connection }: Transport, stream: Http2Stream): StreamEvents {
    const hash = createHash("sha256");
    let received = 0;
    let answerBytes = 2;
    const answer = (): void => {
      this.requests++;
      connection.sendHeaders(
        stream,
        [":status", "200", "x-received", `${received}`, "x-sha256", hash.digest("hex")],
        false,
      );
      connection.sendData(stream, pattern(answerBytes), false);
      connection.sendTrailers(stream, ["x-done", "yes"]);
    };
    return {
      onHeaders: (list, end) => {
        answerBytes = Number(/^\/bytes\/(\d+)$/.exec(headerValue(list, ":path") ?? "")?.[1] ?? 2);
        if (end) answer();
      },
      onData: (bytes, end) => {
        received += bytes.length;
        hash.update(bytes);
        connection.credit(stream, bytes.length);
        connection.free(stream, bytes.length);
        if (end) answer();
      },
      onTrailers: () => answer(),
      onDrain: () => undefined,
      onClosed: () => undefined,
    };
  }
}

/** Octets that tell where a stream was cut or mixed up. */
export function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 7 + (i >> 8)) & 0xff;
  return bytes;
}
