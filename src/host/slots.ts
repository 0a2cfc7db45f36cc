/** A number of places, taken and given back; who finds none free waits in line. */
export class Slots {
  readonly #limit: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Resolves once a place is ours. */
  async take(): Promise<void> {
    if (this.#taken >= this.#limit) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#taken += 1;
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken -= 1;
  }
}
