/** What a bystander can say of one frame. Owns the shape; `direction-watcher.ts` fills it, `frame-line.ts` says it. */

/** Who wrote a frame. */
export type FrameSender = "client" | "server";

/** What every frame has, RFC 9113 §4.1. */
interface FrameHead {
  readonly from: FrameSender;
  /** On the clock of whoever fed the bytes, ms: when the frame's last octet passed. */
  readonly atMs: number;
  /** In the RFC's capitals, for instance `GOAWAY`; `0x1f` for a type that RFC 9113 does not know. */
  readonly type: string;
  readonly streamId: number;
  /** Octets of the payload, as the header says. */
  readonly length: number;
  readonly flags: number;
  /** The flags that this type has, by name; a bit that means nothing here is `0x40`. */
  readonly flagNames: readonly string[];
}

/** A field of a header section. Values that may be secret are masked unless whoever watches said otherwise. */
export type WatchedField = readonly [name: string, value: string];

/** How a setting stands in SETTINGS: `MAX_CONCURRENT_STREAMS`, or `0x10` for one that the RFC does not know. */
export type WatchedSetting = readonly [name: string, value: number];

/** What follows HEADERS, PUSH_PROMISE and CONTINUATION. */
interface BlockParts {
  /** Of the whole header block; only on the frame that ends it, and only if it could be decoded. */
  readonly fields?: readonly WatchedField[];
  /** Why the block that ends here could not be decoded. */
  readonly unreadable?: string;
}

/** One frame, decoded. Plain data: survives JSON. */
export type WatchedFrame = FrameHead &
  (
    | { readonly kind: "data"; readonly padBytes?: number }
    | ({ readonly kind: "headers"; readonly padBytes?: number; readonly priority?: WatchedPriority } & BlockParts)
    | { readonly kind: "priority"; readonly priority: WatchedPriority }
    | { readonly kind: "rst-stream"; readonly code: string }
    | { readonly kind: "settings"; readonly settings: readonly WatchedSetting[] }
    | ({ readonly kind: "push-promise"; readonly padBytes?: number; readonly promisedStreamId: number } & BlockParts)
    | { readonly kind: "ping"; /** Eight octets in hexadecimal. */ readonly opaque: string }
    | {
        readonly kind: "goaway";
        readonly lastStreamId: number;
        readonly code: string;
        /** As UTF-8, at most 1 KiB of it, made printable. */
        readonly debugData: string;
      }
    | { readonly kind: "window-update"; readonly increment: number }
    | ({ readonly kind: "continuation" } & BlockParts)
    /** A type that RFC 9113 does not know. */
    | { readonly kind: "unknown" }
    /** Too short for what its type and flags promise. */
    | { readonly kind: "malformed"; readonly detail: string }
  );

/** RFC 9113 §6.3, deprecated and still sent. */
export interface WatchedPriority {
  readonly dependsOn: number;
  readonly exclusive: boolean;
  /** 1 to 256. */
  readonly weight: number;
}
