/**
 * Takes secrets out of text that is going to be shown. Masks too much rather than too little: an answer never needs the
 * value of a credential.
 */

const mask = "[masked]";

interface Rule {
  /** Nothing is tried on a text without one of these, in lower case. */
  readonly marks: readonly string[];
  readonly pattern: RegExp;
  readonly to: string;
}

const name = String.raw`[\w.-]{0,40}`;
const secretNames =
  String.raw`passwo?r?d|passwd|pwd|passphrase|passcode|(?<=[_-])pass(?![a-z])|\bpass(?==)|secret|token|` +
  String.raw`(?:api|access|private|account|encryption|signing|license)[_-]?key|credential(?!s: cannot )|` +
  String.raw`session[_-]?id|(?<![a-z])sid(?![a-z])|auth(?!or(?!i[sz]))|signature|(?<=[?&])sig(?==)`;

/** Between a name and its value, as assignment, field, header, pair of texts, or pair of fields; escaped ever so often. */
const between =
  String.raw`(?:\\{0,8}["']?\s{0,4}(?::|=>?|%3[ad])\s{0,16}\\{0,8}` +
  String.raw`|["']\s{0,4},\s{0,4}(?:["']?value["']?\s{0,2}[:=]\s{0,2})?(?=["']))`;
const listed = String.raw`\[[^\]\r\n]{0,2000}\]?`;
const quotedValue = String.raw`"[^"\\]*(?:\\[^][^"\\]*)*"?|'[^'\\]*(?:\\[^][^'\\]*)*'?`;

/**
 * What a scheme is followed by has no blank in it (RFC 9110 §11.4), so where a status stands behind it that is no part of
 * the value, and what the line is about. Anything else may be, as a value that somebody folded.
 */
const schemeValue =
  String.raw`(?:bearer|basic)\s{1,4}[\w.~+/=-]{1,4000}(?=\s{1,4}(?:error: )?(?:\d{1,2} )?(?:cancelled|unknown|` +
  String.raw`invalid_argument|deadline_exceeded|not_found|already_exists|permission_denied|resource_exhausted|` +
  String.raw`failed_precondition|aborted|out_of_range|unimplemented|internal|unavailable|data_loss|unauthenticated): )`;

const rules: readonly Rule[] = [
  {
    // PEM blocks, also where line ends are written as \n; one that is cut off goes to the end of the text.
    marks: ["private key"],
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g,
    to: "-----BEGIN PRIVATE KEY----- [masked]",
  },
  {
    marks: ["authorization", "cookie"],
    // The rest of a header line, up to where a status begins, or a quote or an object ends.
    pattern: new RegExp(
      String.raw`((?:proxy-)?authorization|(?:set-)?cookie)(${between}|,\s{0,4})(?:${listed}|${quotedValue}|${schemeValue}|[^"'\r\n}\]]+)`,
      "gi",
    ),
    to: `$1$2${mask}`,
  },
  {
    marks: ["bearer", "basic", "digest", "negotiate"],
    pattern: /\b(bearer|basic|digest|negotiate)(\s{1,4}|%20|\+)[\w.~+/=:-]{6,}/gi,
    to: `$1$2${mask}`,
  },
  { marks: ["eyj"], pattern: /\beyJ[\w-]{5,}(?:\.[\w-]*){0,4}/g, to: mask }, // JWT: base64url of `{"`
  { marks: ["://"], pattern: /([a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/@"']{0,200}):[^\s"']{1,1000}@/gi, to: `$1:${mask}@` },
  { marks: ["://"], pattern: /([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s:/@"']{1,1000}@/gi, to: `$1${mask}@` },
  { marks: ["akia", "asia", "aroa", "aida"], pattern: /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}/g, to: mask },
  { marks: ["gh", "github_pat"], pattern: /\b(?:gh[opsur]_[A-Za-z0-9]{20,}|github_pat_\w{20,})/g, to: mask },
  { marks: ["glpat-"], pattern: /\bglpat-[\w-]{16,}/g, to: mask },
  { marks: ["xox"], pattern: /\bxox[abeoprs]-[\w-]{8,}/g, to: mask },
  {
    marks: ["sk-", "sk_", "pk_", "rk_"],
    pattern: /\b(?:sk|pk|rk)[-_](?:live[-_]|test[-_]|proj-|ant-)?[\w-]{16,}/g,
    to: mask,
  },
  { marks: ["aiza"], pattern: /\bAIza[\w-]{30,}/g, to: mask },
  { marks: ["hf_", "npm_"], pattern: /\b(?:hf|npm)_[A-Za-z0-9]{20,}/g, to: mask },
  { marks: ["ya29."], pattern: /\bya29\.[\w.-]{10,}/g, to: mask },
  {
    marks: ["pass", "pwd", "secret", "token", "key", "credential", "session", "sid", "auth", "sig"],
    pattern: new RegExp(
      String.raw`((?:${secretNames})${name}${between})(?:${listed}|${quotedValue}|[^\s"',;&}\])]+)`,
      "gi",
    ),
    to: `$1${mask}`,
  },
  {
    // An option on a command line, its value a word of its own.
    marks: ["-"],
    pattern: new RegExp(
      String.raw`((?<![\w-])--?[\w-]{0,40}(?:password|passwd|token|secret|api-?key)[\w-]{0,20}\s{1,4})(?:${quotedValue}|[^\s"'-][^\s"']*)`,
      "gi",
    ),
    to: `$1${mask}`,
  },
];

const secretName = new RegExp(`cookie|${secretNames}`, "i");

/** Whether a field of this name may hold a credential. */
export function isSecretName(field: string): boolean {
  return secretName.test(field);
}

/**
 * The text without the values of credentials; everything else as it was. Of a text that is too much for the engine of
 * regular expressions (some millions of escapes in one value) nothing is left.
 */
export function maskSecrets(text: string): string {
  try {
    return withoutValues(text);
  } catch {
    return mask;
  }
}

function withoutValues(text: string): string {
  const small = text.toLowerCase();
  let masked = text;
  for (const { marks, pattern, to } of rules) {
    if (marks.some((mark) => small.includes(mark))) masked = masked.replace(pattern, to);
  }
  return masked;
}
