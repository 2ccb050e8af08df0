/**
 * Whether English was left in a Chinese text. Code, quoted texts of programs and names stay as they are in every language;
 * what is looked for is prose: words in a row that are neither.
 */

import { implementations } from "../../record/vocabulary.ts";

/** Words that Chinese engineers write as they are, and names that look like plain words. */
const loanWords = new Set([
  ...implementations,
  ..."alpn apache api app backend backoff beta channel client cookie core cron curl daemon deadline dial dispatcher docker".split(
    " ",
  ),
  ..."envoy errno filter frame frontend fuse gateway go goaway google grpc grpcio grpcurl handler haproxy header headers".split(
    " ",
  ),
  ..."health helm hook host httpd hyper idle ingress iptables istio journal java jitter keepalive kill kubectl kubelet".split(
    " ",
  ),
  ..."kubernetes linkerd linux listener mesh message metadata mux netty nginx nghttpd node ping pod pods preface".split(
    " ",
  ),
  ..."proxy python reset resolver ruby rust server service settings sidecar socket ss sticky stream strace streams".split(
    " ",
  ),
  ..."stub systemd target tcpdump tonic trailer trailers traefik tshark ulimit unary undici upstream watchdog wireshark".split(
    " ",
  ),
]);

/** Names of more than one plain word. */
const names = /\b([A-Z]\w+ )*Load Balanc(er|ers|ing)\b|\bSpring Boot\b|\bCloud Run\b/g;

/** Small words that no name consists of: two words with one of them between are a sentence. */
const smallWords = new Set(
  "a an and are as at be been but by can do does for from has have if in into is it its no not of on or so than that the their then there this to was were when which will with without you your".split(
    " ",
  ),
);

/** The first run of English words that is not found in one of `programTexts` either, or undefined. */
export function englishLeft(text: string, programTexts: readonly string[] = []): string | undefined {
  const prose = text
    .replaceAll(/```[\s\S]*?```/g, "。")
    .replaceAll(/`[^`]*`|"[^"\n]*"|“[^”\n]*”|「[^」\n]*」|https?:\/\/\S+/g, "。")
    .replaceAll(names, "。");
  // A run goes on over blanks, commas and the like; Chinese, and what was taken out, ends it.
  const runs = [...prose.matchAll(/[A-Za-z][\w'’./:+%=-]*(?:[ ,;()]+[A-Za-z0-9][\w'’./:+%=-]*)*/g)].map(([run]) => run);
  const isQuoted = (run: string) => programTexts.some((known) => known.includes(run.replace(/[.:]+$/, "")));
  const left = runs.find((run) => isEnglish(run) && !isQuoted(run));
  if (left !== undefined) return left;
  // A field without a Chinese character may consist of names and code alone.
  return /\p{Script=Han}/u.test(prose) ? undefined : runs.find((run) => plainWords(run).length > 0 && !isQuoted(run));
}

function isEnglish(run: string): boolean {
  const words = run.split(/[ ,;()]+/);
  const plain = plainWords(run);
  return plain.length >= 2 || (words.length >= 2 && plain.some((word) => smallWords.has(word)));
}

/** Words as sentences have them, in small letters: no capitals inside, no digits, no signs, and not known to be a name. */
function plainWords(run: string): string[] {
  const words = run.split(/[ ,;()]+/).map((word) => word.replace(/[.:]+$/, ""));
  const plain = words.filter((word) => /^[A-Za-z][a-z]*(['’][a-z]+)?$/.test(word)).map((word) => word.toLowerCase());
  return plain.filter((word) => !loanWords.has(word));
}
