/**
 * Step 3: what the port speaks, TLS, plain HTTP/2 or something else, and whether TLS is as a client needs it. It leaves the
 * connection that later steps use.
 */

import { isIP } from "node:net";
import { openWire, type Opened, type Wire, type WireTls } from "../wire/index.ts";
import { judgeCertificate } from "./certificate-policy.ts";
import { failed } from "./finding.ts";
import { foreignSpeech } from "./foreign-speech.ts";
import type { Fact, Finding, ProbeContext, Step, StepOutcome } from "./step.ts";
import { tlsFailure } from "./tls-failure.ts";
import { versionsTaken } from "./tls-versions.ts";

/** A way to speak, tried. */
interface Tried {
  readonly wire: Wire;
  readonly opened: Opened;
}

export const tlsStep: Step = {
  id: "tls",
  title: "TLS",
  // One way after the other, each up to SETTINGS; then the versions, all at once.
  limitMs: (answerMs) => 6 * answerMs + 2_000,
  run: async (context) => {
    if (context.address === undefined) return { headline: "not tried: there is no connection", skipped: true };
    const tls = wireTls(context);
    switch (context.target.security) {
      case "plain":
        return asPlain(context, tls);
      case "tls":
        return asTls(context, tls, begin(context, tls));
      case "auto":
        return asFound(context, tls);
    }
  },
};

async function asPlain(context: ProbeContext, tls: WireTls): Promise<StepOutcome> {
  const first = await tried(begin(context, undefined));
  if (first.opened.kind === "open") return plain(context, first);
  return plainWasAsked(context, tls, first, await tried(begin(context, tls)));
}

async function asTls(context: ProbeContext, tls: WireTls, secure: Wire): Promise<StepOutcome> {
  const first = await tried(secure);
  if (spokeTls(first)) return overTls(context, tls, first);
  return tlsWasTried(context, tls, first, await tried(begin(context, undefined)));
}

/** TLS first; a port that speaks plain text may wait for ever for what a ClientHello does not bring. */
async function asFound(context: ProbeContext, tls: WireTls): Promise<StepOutcome> {
  const secure = begin(context, tls);
  const patience = new Promise<"silent">((resolve) => {
    context.network.host.timer(patienceMs, () => resolve("silent"), { background: true });
  });
  if ((await Promise.race([secure.opened, patience])) !== "silent") return asTls(context, tls, secure);
  const second = await tried(begin(context, undefined));
  if (second.opened.kind === "failed") {
    const first = await tried(secure);
    return spokeTls(first) ? overTls(context, tls, first) : tlsWasTried(context, tls, first, second);
  }
  void secure.close();
  const silence = { name: "TLS", value: `no answer to a ClientHello in ${patienceMs} ms` };
  return { ...plain(context, second), headline: plainFound, facts: [silence] };
}

const plainFound = "plain text: the port speaks HTTP/2 without TLS";
/** Three round trips of a slow path. */
const patienceMs = 1_000;

/** Whether the peer answered in TLS; what it then thought of us is another matter. */
function spokeTls({ wire, opened }: Tried): boolean {
  if (wire.met.tls !== undefined) return true;
  const fault = opened.kind === "failed" ? opened.fault : undefined;
  return fault?.stage === "tls" && foreignSpeech(wire.met.firstBytes)?.protocol === "TLS";
}

function begin(context: ProbeContext, tls: WireTls | undefined): Wire {
  const { network, target, address } = context;
  const { host, port, authority, answerMs } = target;
  const limits = { connectMs: answerMs, tlsMs: answerMs, settingsMs: answerMs };
  return openWire({
    ...{ host, port, limits, network },
    ...(address === undefined ? {} : { resolve: address }),
    ...(authority === undefined ? {} : { authority }),
    ...(tls === undefined ? {} : { tls }),
  });
}

async function tried(wire: Wire): Promise<Tried> {
  return { wire, opened: await wire.opened };
}

/** What is offered: the name asked for is that of the authority, as clients do it. */
function wireTls({ target }: ProbeContext): WireTls {
  const { ca, cert, key } = target;
  return {
    serverName: serverName(target.authority) ?? target.host,
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}

/** Of `name:port` or `[::1]:port` the name. */
function serverName(authority: string | undefined): string | undefined {
  if (authority === undefined || isIP(authority) !== 0) return authority;
  return authority.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

function take(context: ProbeContext, { wire }: Tried, tls: WireTls | undefined): void {
  context.tls = tls;
  context.wire = wire;
  context.wires.push(wire);
}

async function overTls(context: ProbeContext, tls: WireTls, tried: Tried): Promise<StepOutcome> {
  take(context, tried, tls);
  const { met } = tried.wire;
  const fault = tried.opened.kind === "failed" ? tried.opened.fault : undefined;
  const versions = await versionsTaken(context, tls);
  // A handshake that failed over ALPN shows no certificate; one without ALPN does.
  const seen = met.tls ?? (await certificateWithoutAlpn(context, tls));
  const facts: Fact[] = [
    ...(met.tls === undefined
      ? []
      : [
          { name: "agreed on", value: `${met.tls.version}, ${met.tls.cipher}` },
          { name: "ALPN", value: met.tls.alpn ?? "none chosen; h2 was offered" },
          { name: "handshake", value: `${Math.round(met.tls.tookMs)} ms` },
        ]),
    { name: "versions", value: versionsText(versions.taken, versions.refused) },
    ...certificateFacts(seen?.chain ?? []),
  ];
  const hasOwnAuthorities = tls.ca !== undefined;
  const wallMs = context.network.host.wallMs();
  const findings: Finding[] = [
    ...tlsFailure(fault, versions.taken, seen !== undefined),
    ...alpnFindings(met.tls?.alpn, met.tls !== undefined),
    ...(seen === undefined ? [] : judgeCertificate({ seen, serverName: tls.serverName, hasOwnAuthorities, wallMs })),
  ];
  const headline =
    met.tls === undefined
      ? "the port speaks TLS, but not with us"
      : `${met.tls.version}, ALPN ${met.tls.alpn ?? "none"}`;
  return { headline, facts, findings };
}

async function certificateWithoutAlpn(
  { network, target, address }: ProbeContext,
  tls: WireTls,
): Promise<Wire["met"]["tls"]> {
  const { host, port, answerMs } = target;
  const resolve = address === undefined ? {} : { resolve: address };
  const limits = { connectMs: answerMs, tlsMs: answerMs };
  const wire = openWire({ host, port, ...resolve, tls: { ...tls, alpn: [] }, until: "tls", limits, network });
  await wire.opened;
  void wire.close();
  return wire.met.tls;
}

function alpnFindings(alpn: string | undefined, agreed: boolean): Finding[] {
  if (!agreed || alpn === "h2") return [];
  const chose = alpn === undefined ? "chose no protocol" : `chose ${alpn}`;
  return [
    failed(
      "alpn-missing",
      `TLS came up, but the server ${chose} by ALPN; h2 was offered.`,
      "gRPC clients refuse that (grpc-go since 1.67). Turn HTTP/2 on where TLS ends; what ends TLS may be a proxy.",
    ),
  ];
}

function versionsText(taken: readonly string[], refused: readonly string[]): string {
  const takes = taken.length === 0 ? "takes none" : `takes ${taken.join(", ")}`;
  return refused.length === 0 ? takes : `${takes}; refuses ${refused.join(", ")}`;
}

function certificateFacts(chain: NonNullable<Wire["met"]["tls"]>["chain"]): Fact[] {
  const day = (ms: number): string => (Number.isNaN(ms) ? "?" : new Date(ms).toISOString().slice(0, 10));
  return chain.flatMap(({ subject, issuer, names, validFromMs, validToMs, keyKind }, index) => [
    {
      name: index === 0 ? "certificate" : `issuer ${index}`,
      value: `${subject === "" ? "(no subject)" : subject}; ${keyKind}`,
    },
    ...(index === 0 ? [{ name: "for", value: names === "" ? "no name" : names }] : []),
    { name: "valid", value: `${day(validFromMs)} to ${day(validToMs)}` },
    ...(index === chain.length - 1 ? [{ name: "issued by", value: issuer === subject ? "itself" : issuer }] : []),
  ]);
}

function plain(context: ProbeContext, tried: Tried): StepOutcome {
  take(context, tried, undefined);
  return { headline: "plain text, as asked: the port speaks HTTP/2 without TLS" };
}

/** `--insecure`, and plain HTTP/2 did not come up. */
async function plainWasAsked(context: ProbeContext, tls: WireTls, first: Tried, second: Tried): Promise<StepOutcome> {
  if (!spokeTls(second)) {
    take(context, first, undefined);
    return { headline: "plain text, as asked", findings: foreignFindings(first) };
  }
  const outcome = await overTls(context, tls, second);
  const advice = "Use TLS in the client, or the port that speaks plain text; this report goes on over TLS.";
  const finding = failed("tls-where-plain-was-asked", "Plain text was asked for, and the port speaks TLS.", advice);
  return { ...outcome, findings: [finding, ...(outcome.findings ?? [])] };
}

/** TLS was tried first and is not spoken here, or not understood. */
function tlsWasTried(context: ProbeContext, tls: WireTls, first: Tried, second: Tried): StepOutcome {
  const { security } = context.target;
  const isPlain = second.opened.kind === "open" || second.wire.met.settings !== undefined;
  const foreign = foreignFindings(second, first);
  const neither = !isPlain && foreign.length === 0;
  // What later steps say of it is about the way that the port understands, or was told to.
  take(context, neither && security === "tls" ? first : second, neither && security === "tls" ? tls : undefined);
  if (security === "tls" && isPlain) {
    const advice =
      "Use plain text in the client (insecure credentials), or the port that speaks TLS; this report goes on in plain text.";
    const finding = failed("plain-where-tls-was-asked", "TLS was asked for, and the port speaks plain HTTP/2.", advice);
    return { headline: plainFound, findings: [finding] };
  }
  if (isPlain)
    return {
      headline: plainFound,
      facts: [{ name: "TLS", value: faultText(first) }],
    };
  const facts = [
    { name: "to a ClientHello", value: faultText(first) },
    { name: "to a plain preface", value: faultText(second) },
  ];
  if (foreign.length > 0) return { headline: "the port speaks neither TLS nor HTTP/2", facts, findings: foreign };
  if (security === "tls") {
    const fault = first.opened.kind === "failed" ? first.opened.fault : undefined;
    return { headline: "no TLS here", facts, findings: tlsFailure(fault, [], false) };
  }
  return { headline: "neither TLS nor plain HTTP/2 came up", facts, skipped: true };
}

/** How the port took it. */
function faultText({ opened, wire }: Tried): string {
  if (opened.kind === "open") return "takes it";
  const speech = foreignSpeech(wire.met.firstBytes);
  if (speech !== undefined) return `answers in ${speech.protocol}`;
  const { kind, message } = opened.fault;
  if (kind === "closed") return "closes the connection";
  if (kind === "reset") return "resets the connection";
  if (kind !== "foreign") return message;
  return opened.fault.stage === "tls"
    ? "answers with something that is no TLS"
    : `answers with something else (${message})`;
}

function foreignFindings(...tried: readonly Tried[]): Finding[] {
  for (const { wire } of tried) {
    const speech = foreignSpeech(wire.met.firstBytes);
    if (speech === undefined || speech.protocol === "TLS") continue;
    const says = speech.excerpt === undefined ? "" : `: it says "${speech.excerpt}"`;
    const text = `The port speaks ${speech.protocol}, not HTTP/2${says}.`;
    const advice =
      speech.id === "http1-peer"
        ? "It is the wrong port, or HTTP/2 is off there: gRPC cannot run over HTTP/1.1. In a proxy, turn on HTTP/2 (h2c for plain text) on this listener."
        : "It is the wrong port: this is another kind of server.";
    return [failed(speech.id, text, advice)];
  }
  return [];
}
