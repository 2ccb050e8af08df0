/** What a call that brought no answer met, as a finding. Pure, and the same for every step that calls. */

import { errorCode } from "@holdfast/grpc/http2";
import { catalogId } from "@holdfast/grpc/report";
import { statusName } from "@holdfast/grpc/rpc";
import type { CallOutcome, Wire, WireEnd } from "../wire/index.ts";
import { failed } from "./finding.ts";
import type { Finding } from "./step.ts";

/** How the connection is, after the call. */
export interface AfterCall {
  readonly end: WireEnd | undefined;
  /** The server had said GOAWAY. */
  readonly isLeaving: boolean;
  /** A frame was begun by the peer and not finished. */
  readonly unfinished: Wire["log"]["unfinished"];
}

/** For an outcome that is not a whole answer with status OK. `what` is for instance `the health check`. */
export function callFinding(outcome: CallOutcome, after: AfterCall, what: string): Finding {
  if (outcome.status !== undefined) return statusFinding(outcome, outcome.status, what);
  const took = `${Math.round(outcome.tookMs)} ms`;
  switch (outcome.end.kind) {
    case "timed-out":
      return failed(
        "answer-timed-out",
        `No answer to ${what} in ${took}${partText(outcome, after)}.`,
        "The connection works and the handler does not: a full thread pool, a lock, or a proxy that cannot reach its backend.",
      );
    case "reset-by-peer":
      return resetFinding(outcome.end.code, what);
    case "reset-by-us": {
      const why = outcome.end.violation?.detail ?? "it was cancelled";
      return failed(
        "http2-violation",
        `The answer to ${what} broke a rule of HTTP/2: ${why}.`,
        "A defect of the server or of something between.",
      );
    }
    case "goaway-above-last-id":
      return failed(
        "stream-not-processed",
        `The server said GOAWAY and did not take ${what}.`,
        "It is leaving; a client sends such a call again elsewhere.",
      );
    case "connection":
      return lostFinding(after, what, partText(outcome, after));
    case "too-large":
      return failed(
        "answer-unreadable",
        `The answer to ${what} is larger than such an answer can be.`,
        "Whatever answers is no such service.",
      );
    case "not-opened":
      if (after.isLeaving) {
        const text = `The server said GOAWAY before ${what} could be sent.`;
        return failed(
          "stream-not-processed",
          text,
          "It takes nothing new there; a client sends such a call elsewhere.",
        );
      }
      return failed(
        "no-stream",
        `No stream could be opened for ${what}.`,
        "The server allows none (MAX_CONCURRENT_STREAMS).",
      );
    case "cancelled":
    case "complete":
      return failed(
        "answer-unreadable",
        `The answer to ${what} ended without headers.`,
        "A defect of the server or of something between.",
      );
  }
}

function statusFinding(outcome: CallOutcome, status: NonNullable<CallOutcome["status"]>, what: string): Finding {
  const name = statusName(status.code);
  switch (status.kind) {
    case "peer-status":
      return failed(
        "status-from-server",
        `The server answered ${what} with ${name}${status.message === "" ? "" : `: ${status.message}`}.`,
        name === "UNAUTHENTICATED" || name === "PERMISSION_DENIED"
          ? "It asks for credentials, which this command does not send; health is best left open to probes."
          : "The path works; the status is the server's own, or of what stands in front of it.",
      );
    case "http-status":
      return failed(
        "http-error",
        `The answer to ${what} is ${status.message}${bodyText(outcome)}.`,
        "Not a gRPC server but something before it answered: a proxy, a gateway, a web server without such a route.",
      );
    case "not-grpc":
      return failed(
        "not-grpc",
        `The answer to ${what} is no gRPC: ${status.message}${bodyText(outcome)}.`,
        "A web server, a login page or a proxy answered in the server's place.",
      );
    case "missing-status":
      return failed(
        "no-status",
        `The answer to ${what} came without trailers: no grpc-status.`,
        "Something between does not pass trailers on, or the server broke off; clients report UNKNOWN or INTERNAL.",
      );
  }
}

function resetFinding(code: number, what: string): Finding {
  const word = Object.entries(errorCode).find(([, number]) => number === code)?.[0] ?? `0x${code.toString(16)}`;
  const text = `The server reset the stream of ${what}: RST_STREAM ${word}.`;
  if (code === errorCode.REFUSED_STREAM) {
    return failed(
      "stream-refused",
      text,
      "It did not process it: it is shutting down or full; clients may send such a call again.",
    );
  }
  const entry = catalogId("STREAM_RESET", [{ kind: "stream-reset", code }]);
  return failed(
    "stream-reset",
    text,
    "The server, or a proxy in its place, gave the call up; its log has the reason.",
    entry,
  );
}

function lostFinding({ end }: AfterCall, what: string, part: string): Finding {
  const goaway = end?.goaways.at(-1);
  if (end?.kind === "violation") {
    const detail = end.violation?.detail ?? "what came";
    return failed(
      "http2-violation",
      `What came in answer to ${what} is not HTTP/2: ${detail}.`,
      "A defect of the server or of something between; the connection cannot go on.",
    );
  }
  if (goaway !== undefined) {
    const text = `The connection ended during ${what}${part}, after GOAWAY (${goaway.debugData === "" ? `code ${goaway.code}` : goaway.debugData}).`;
    return failed("closed-after-goaway-in-call", text, "The server left and did not wait for calls that it had taken.");
  }
  if (end?.kind === "rst") {
    return failed(
      "reset-in-call",
      `The connection was reset (RST) during ${what}${part}.`,
      "A crash, a firewall, or a load balancer that gave the connection up.",
    );
  }
  const how = end?.kind === "fin" ? "closed (FIN)" : `lost${end?.error === undefined ? "" : ` (${end.error.message})`}`;
  return failed(
    "closed-in-call",
    `The connection was ${how} during ${what}${part}.`,
    "The process exited or crashed, or a proxy in front lost its backend; no GOAWAY was said.",
  );
}

/** How much of an answer there was. */
function partText(outcome: CallOutcome, { unfinished }: AfterCall): string {
  if (unfinished?.type !== undefined) {
    return `, in the middle of a frame (${unfinished.seen} of ${unfinished.length + 9} octets)`;
  }
  if (unfinished !== undefined) return ", in the middle of a frame's header";
  return outcome.headers === undefined ? "" : ", after its headers";
}

function bodyText({ bodyStart }: CallOutcome): string {
  const line = Buffer.from(bodyStart).toString("utf8").trim().split(/\s*\n/, 1)[0] ?? "";
  return line === "" ? "" : ` ("${line.slice(0, 80)}")`;
}
