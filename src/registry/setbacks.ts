/** Bytes: a setback after this much progress counts as the first one again. */
const PROGRESS = 1024 * 1024;

/** Counts what goes wrong in a long transfer, so that it is given up when it gets nowhere and not because it is long. */
export class Setbacks {
  #count = 0;
  #last = 0;

  /** Setbacks since there was progress, this one included; `position` is how far the transfer is, in bytes. */
  count(position: number): number {
    this.#count = position - this.#last >= PROGRESS ? 1 : this.#count + 1;
    this.#last = position;
    return this.#count;
  }
}
