/** What a tap tells, in the order in which it happens. Plain data; `tap-line.ts` says it, `tap-filter.ts` chooses. */

import type { FrameNote } from "@holdfast/grpc/http2";
import type { Suspect } from "@holdfast/grpc/report";
import type { FrameSender, UnfinishedFrame, WatchedFrame } from "@holdfast/grpc/watch";

/** One of the things that end a connection, at `atMs` on the tap's clock. */
export type TapAct =
  | {
      readonly kind: "goaway";
      readonly by: FrameSender;
      readonly atMs: number;
      readonly code: string;
      readonly lastStreamId: number;
      readonly debugData: string;
    }
  | { readonly kind: "fin"; readonly by: FrameSender; readonly atMs: number }
  /** RST, a timeout of the network or another error of its socket. */
  | {
      readonly kind: "broken";
      readonly by: FrameSender;
      readonly atMs: number;
      /** errno-like. */
      readonly error: string;
      readonly message: string;
    }
  /** The tap could not connect to the server. */
  | {
      readonly kind: "unreachable";
      readonly by: "server";
      readonly atMs: number;
      readonly error: string;
      readonly message: string;
    }
  /** The tap itself was stopped. */
  | { readonly kind: "stopped"; readonly by: "tap"; readonly atMs: number };

/** How much a side sent. */
export interface TapCount {
  readonly frames: number;
  readonly octets: number;
}

export interface TapEnding {
  readonly connection: number;
  readonly durationMs: number;
  /** GOAWAYs, FINs and breaks in their order; of very many the middle is left out. */
  readonly acts: readonly TapAct[];
  /** Who ended it as far as the wire proves: see `EndedBy` of reports. `local` here: the tap was stopped. */
  readonly endedBy: "client" | "local" | "peer-http2" | "transport";
  /** At least one frame was seen. */
  readonly spokeHttp2: boolean;
  readonly client: TapCount;
  readonly server: TapCount;
  /** When the first FIN or break came. */
  readonly streamsOpen: number;
  /** The first ten of them. */
  readonly openStreams: readonly number[];
  readonly streamsEver: number;
  /** Frames that were cut off. */
  readonly unfinished?: Partial<Record<FrameSender, UnfinishedFrame>>;
  readonly suspects: readonly Suspect[];
  /** At most 80, oldest first; `in` came from the server. */
  readonly lastFrames: readonly FrameNote[];
}

/** `wallMs` is Unix time. */
export type TapEvent =
  | { readonly kind: "listening"; readonly wallMs: number; readonly address: string; readonly to: string }
  | {
      readonly kind: "opened";
      readonly wallMs: number;
      readonly connection: number;
      readonly client: string;
      readonly server: string;
      /** What TLS agreed on with each side; absent where a side speaks plain text. */
      readonly clientTls?: string;
      readonly serverTls?: string;
    }
  | {
      readonly kind: "frame";
      readonly wallMs: number;
      readonly connection: number;
      readonly frame: WatchedFrame;
      /** `:path` of the stream's request. */
      readonly path?: string;
    }
  /** Something that is no frame and worth knowing. */
  | { readonly kind: "note"; readonly wallMs: number; readonly connection?: number; readonly text: string }
  | { readonly kind: "ended"; readonly wallMs: number; readonly ending: TapEnding };
