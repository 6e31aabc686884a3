/** How many milliseconds' worth of bytes may wait for a lane before those who send are held up: more would be a queue that no good router has. */
const SLACK_MS = 4;
/** A timer that comes this much too early is in time. */
const TOLERANCE_MS = 0.5;

interface Parcel {
  readonly due: number;
  readonly deliver: () => void;
}

interface Turn {
  readonly bytes: number;
  readonly resume: () => void;
}

/** One direction of a simulated link: bytes leave one after the other at a fixed rate, and each arrives a fixed time after it left. */
export class Lane {
  readonly #rate: number;
  readonly #delay: number;
  readonly #parcels: Parcel[] = [];
  readonly #waiting: Turn[] = [];
  #free = 0;
  #timer: NodeJS.Timeout | undefined;
  #wakes = 0;

  /** `rate` in bytes a millisecond, `delay` in milliseconds. */
  constructor(rate: number, delay: number) {
    this.#rate = rate;
    this.#delay = delay;
  }

  /** Sends so many bytes; `deliver` is called when the last of them arrives, in the order of the calls. */
  send(bytes: number, deliver: () => void): void {
    this.#free = Math.max(performance.now(), this.#free) + bytes / this.#rate;
    this.#parcels.push({ due: this.#free + this.#delay, deliver });
    this.#schedule();
  }

  /** True when a sender has to wait for its turn. */
  isFull(): boolean {
    return this.#free - performance.now() > SLACK_MS;
  }

  /** Calls back when there is room for about so many bytes of this sender: in the order of the calls, so that all connections get the same share. */
  waitForTurn(bytes: number, resume: () => void): void {
    this.#waiting.push({ bytes, resume });
    this.#schedule();
  }

  /** Drops what is under way. */
  close(): void {
    clearTimeout(this.#timer);
    this.#parcels.length = 0;
    this.#waiting.length = 0;
  }

  #schedule(): void {
    const turn = this.#waiting.length > 0 ? this.#free - SLACK_MS : Number.POSITIVE_INFINITY;
    const next = Math.min(this.#parcels[0]?.due ?? Number.POSITIVE_INFINITY, turn);
    if (next === Number.POSITIVE_INFINITY || (this.#timer !== undefined && this.#wakes <= next)) return;
    clearTimeout(this.#timer);
    this.#wakes = next;
    this.#timer = setTimeout(() => this.#work(), Math.max(0, next - performance.now()));
  }

  #work(): void {
    this.#timer = undefined;
    const now = performance.now() + TOLERANCE_MS;
    const later = this.#parcels.findIndex(({ due }) => due > now);
    const arrived = this.#parcels.splice(0, later === -1 ? this.#parcels.length : later);
    for (const { deliver } of arrived) deliver();
    // What those whose turn it is send comes after this: it is reckoned with ahead.
    let free = this.#free;
    while (free - now <= SLACK_MS) {
      const turn = this.#waiting.shift();
      if (turn === undefined) break;
      free = Math.max(now, free) + turn.bytes / this.#rate;
      turn.resume();
    }
    this.#schedule();
  }
}
