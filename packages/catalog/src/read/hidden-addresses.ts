/**
 * Addresses that people hide before they show a text (`<ip>:<port>`, `***`, `$HOST:$PORT`, `10.0.*.*`) written as one word,
 * so that it stands where programs write an address. What already reads as one, such as `x.x.x.x:443`, stays.
 */

/** What stands in brackets, if it is a name for an address and not an element or a value. */
const words = String.raw`[^<>{}[\]()\n"=/]{0,30}(?<![A-Za-z])(?:ip|ips|ipv[46]|host|hostname|addr|address|server|domain|endpoint|url|port|redacted|removed|hidden|masked|omitted|private|internal|snip|secret)(?![A-Za-z])[^<>{}[\]()\n"=/]{0,30}`;
const named = new RegExp(
  String.raw`<${words}>|\$?\{{1,2}${words}\}{1,2}|\[[^\]\n]{0,12} ${words}\]|<[\w .-]{1,30}>(?=:\d{2,5}\b)|\((?:ip|host|redacted|removed|hidden|masked)\)(?=[:\s]|$)`,
  "gi",
);
/** Of a shell: `$IP`, `$SERVER_HOST`. */
const variable = /\$[A-Z_]{0,20}(?:IP|HOST|HOSTNAME|ADDR|ADDRESS|PORT|SERVER|ENDPOINT)(?![A-Za-z_])/g;
/** Stars, number signs or an ellipsis, alone or as a part of a dotted address; two stars are bold print. */
const dotted = /(?<![\w.*#])(?:(?:\d{1,3}|[*#]{1,3}|[xX]{1,3})\.){3}(?:\d{1,3}|[*#]{1,3}|[xX]{1,3})(?![\w.*#])/g;
const blotted = /(?<=^|[\s(:"'/>@])(?:\*{3,}|#{3,}|\u2026(?=:\d)|\u2588{2,}|\u25a0{2,})(?=$|[\s):,;"'\]]|->)/gm;

/** Text without hidden addresses comes back as it is. */
export function writeHiddenAddresses(text: string): string {
  if (!/[<{$*#[(\u2026\u2588\u25a0]/.test(text)) return text;
  return text
    .replace(named, "hidden")
    .replace(variable, "hidden")
    .replace(dotted, (all) => (/[*#]/.test(all) ? "hidden" : all))
    .replace(blotted, "hidden");
}
