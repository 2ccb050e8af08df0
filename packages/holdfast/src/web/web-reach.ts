/** Who reaches a server that listens on an address, by which names, and what they may start there. Pure. */

export interface WebReach {
  /** Other machines may reach it. */
  readonly isOpen: boolean;
  /** By which it may be called besides `localhost`. */
  readonly names: readonly string[];
  /** The live demo starts processes and load: not for everybody on a network, unless somebody says so. */
  readonly hasLive: boolean;
}

/** `given`: names that somebody gave it. `isLiveWanted`: also for those who come from elsewhere. */
export function webReach(host: string, machine: string, given: readonly string[], isLiveWanted: boolean): WebReach {
  // All of 127.0.0.0/8 is the loopback (RFC 1122, 3.2.1.3).
  const isOpen = !/^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host);
  const names = isOpen ? [host, machine, ...given] : given;
  return { isOpen, names: names.map((name) => name.toLowerCase()), hasLive: !isOpen || isLiveWanted };
}
