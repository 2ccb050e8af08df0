import type { Host } from "../host/host.ts";

/** One value for each process, made when first asked for. Two worlds in one test never share it. */
export function perHost<T>(make: (host: Host) => T): (host: Host) => T {
  const values = new WeakMap<Host, T>();
  return (host) => {
    let value = values.get(host);
    if (value === undefined) {
      value = make(host);
      values.set(host, value);
    }
    return value;
  };
}
