/** What a server under attack is told by its only argument, and what it says when it listens. */

export interface SubjectOrder {
  /** Absent: plain text. */
  readonly tls?: { readonly certPem: string; readonly keyPem: string };
  /** How long a TLS handshake may take, ms, where a server can be told so; for attacks that wait. Absent: its default. */
  readonly tlsHandshakeMs?: number;
  /** Limits of ours that are shortened so that an attack need not last minutes. Others have no such options. */
  readonly limits?: Readonly<Record<string, number>>;
}

/** The one method that gives more than it gets: any request is answered by a message of `largeBytes`. */
export const largePath = "/holdfast.Abuse/Large";
export const echoPath = "/holdfast.Abuse/Echo";

/** 64 KiB: as large as the first window of a connection, RFC 9113 §6.9.2. */
export const largeBytes = 65_536;

export function readOrder(): SubjectOrder {
  return JSON.parse(process.argv[2] ?? "{}") as SubjectOrder;
}

/** The parent is gone when its pipe ends. */
export function announce(port: number): void {
  process.stdin.on("end", () => process.exit()).resume();
  process.stdout.write(`listening ${port}\n`);
}
