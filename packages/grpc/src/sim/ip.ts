/** Tells an IP address from a name, well enough for a world whose addresses it hands out itself. */

// Four numbers, or hex groups with colons.
const ipv4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const ipv6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i;

export function isIP(text: string): boolean {
  return ipv4.test(text) || ipv6.test(text);
}
