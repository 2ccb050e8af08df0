/** What a check threw, as a few words for one line of a log. Texts of drivers hold addresses, and passwords in them. */
import { printable } from "../report/printable.ts";

const maxLength = 200;

export function failureText(thrown: unknown): string {
  const [line = ""] = wordsOf(thrown).trim().split("\n");
  // `redis://user:secret@cache:6379`; a password may itself hold an @.
  const masked = line.replace(/([a-z][a-z0-9+.-]*:\/\/)\S*@/gi, "$1[masked]@");
  return printable(masked.length > maxLength ? `${masked.slice(0, maxLength)}…` : masked);
}

/** An error of Node's `connect` that tried several addresses has a code and no message. */
function wordsOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return String(thrown);
  const { message, code, name } = thrown as Readonly<Record<"message" | "code" | "name", unknown>>;
  const words = [message, code, name].find((word) => typeof word === "string" && word !== "");
  return typeof words === "string" ? words : "an object that is no error";
}
