/** What a fact gets that cannot be meant: which one, and what was expected. Never a crash further on. */
export class FactFault extends Error {
  readonly fact: string;

  constructor(fact: string, message: string) {
    super(message);
    this.fact = fact;
  }
}
