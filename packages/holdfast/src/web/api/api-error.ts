/** What the API answers instead of a result: a status and one object that says what was wrong and what was expected. */

export type ApiErrorKind =
  | "empty-input"
  | "too-large"
  | "bad-json"
  | "bad-utf8"
  | "cut-off"
  | "bad-request"
  | "unsupported-type"
  | "unknown-question"
  | "unknown-answer"
  | "not-found"
  | "method-not-allowed"
  | "foreign-origin"
  | "foreign-host"
  | "internal";

export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, kind: ApiErrorKind, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.details = details;
  }

  toResponse(): Response {
    const body = { error: { kind: this.kind, message: this.message, ...this.details } };
    const { allowed } = this.details;
    return new Response(`${JSON.stringify(body, null, 2)}\n`, {
      status: this.status,
      // RFC 9110, 15.5.6: a 405 names what is allowed.
      headers: { "content-type": "application/json", ...(typeof allowed === "string" ? { allow: allowed } : {}) },
    });
  }
}
