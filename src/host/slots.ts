/** A number of places, taken and given back; who finds none free waits in line. */
export class Slots {
  #limit: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Resolves once a place is ours. */
  async take(): Promise<void> {
    if (this.#taken >= this.#limit) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#taken += 1;
  }

  giveBack(): void {
    this.#taken -= 1;
    while (this.#taken < this.#limit && this.#waiting.length > 0) {
      this.#taken += 1;
      this.#waiting.shift()?.();
    }
  }

  /** Never again more places than this, and never less than one. */
  lower(limit: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, limit));
  }
}
