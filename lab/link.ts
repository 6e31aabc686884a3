import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Lane } from './lane.ts';

/** What a simulated link is like. */
export interface LinkOptions {
  /** `host:port` at the far end. */
  readonly to: string;
  /** Milliseconds for a byte to go there and one to come back; a connection takes as long to be made. */
  readonly roundTrip: number;
  /** Bytes a second that all connections together get, each way; no limit when absent. */
  readonly rate?: number;
}

/** What went through a link up to now. */
export interface Moved {
  /** Bytes that arrived at the far end. */
  there: number;
  /** Bytes that arrived at the near end. */
  back: number;
}

/** A running link. */
export interface Link {
  /** `127.0.0.1:PORT`, the near end. */
  readonly host: string;
  readonly moved: Readonly<Moved>;
  /** Connections made up to now. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Bytes that one connection has under way in one direction before its sender is held up, at least; more where rate and round trip ask for it. */
const MIN_WINDOW = 4 * 1024 * 1024;
const UNLIMITED_WINDOW = 16 * 1024 * 1024;
/** What is read at once from the far end; Node's own 64 KiB cost twice the processor time. The near end has no such setting. */
const READ = 256 * 1024;

/**
 * Starts a link before a server: every byte arrives half a round trip after it was sent, and no faster than the rate,
 * which all connections share evenly. It has neither loss nor slow start: a line that is already warm.
 */
export async function startLink({ to, roundTrip, rate }: LinkOptions): Promise<Link> {
  const colon = to.lastIndexOf(':');
  const far = { host: to.slice(0, colon), port: Number(to.slice(colon + 1)), allowHalfOpen: true, noDelay: true };
  const window = rate === undefined ? UNLIMITED_WINDOW : Math.max(MIN_WINDOW, (2 * rate * roundTrip) / 1000);
  const moved: Moved = { there: 0, back: 0 };
  const makeLane = () => new Lane((rate ?? Number.POSITIVE_INFINITY) / 1000, roundTrip / 2);
  const lanes = { there: makeLane(), back: makeLane() };
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    connections++;
    const back = new Flow(lanes.back, window, (bytes) => (moved.back += bytes));
    const onread = {
      buffer: Buffer.allocUnsafeSlow(READ),
      callback: (n: number, b: Uint8Array) => back.take(copy(b, n)),
    };
    const target = connect({ ...far, onread });
    for (const socket of [client, target]) sockets.add(socket.on('close', () => sockets.delete(socket)));
    back.join(target, client);
    const there = new Flow(lanes.there, window, (bytes) => (moved.there += bytes));
    there.join(client, target);
    client.on('data', (chunk: Buffer) => {
      if (!there.take(chunk)) client.pause();
    });
    // The kernel has said yes to the client already; what the client sends now waits as long as the handshake would take.
    client.pause();
    setTimeout(() => client.resume(), roundTrip);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    moved,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const lane of Object.values(lanes)) lane.close();
      server.close();
      await once(server, 'close');
    },
  };
}

function copy(buffer: Uint8Array, length: number): Buffer {
  const chunk = Buffer.allocUnsafeSlow(length);
  chunk.set(buffer.subarray(0, length));
  return chunk;
}

/** One direction of one connection. */
class Flow {
  readonly #lane: Lane;
  readonly #window: number;
  readonly #onMoved: (bytes: number) => void;
  #ends: { readonly from: Socket; readonly to: Socket } | undefined;
  #underWay = 0;
  #isWaiting = false;
  #isHeld = false;

  constructor(lane: Lane, window: number, onMoved: (bytes: number) => void) {
    this.#lane = lane;
    this.#window = window;
    this.#onMoved = onMoved;
  }

  join(from: Socket, to: Socket): void {
    this.#ends = { from, to };
    from.on('end', () => this.#lane.send(0, () => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      if (!from.readableEnded) to.destroy();
    });
  }

  /** Sends bytes on their way; false when there must be no more of them for now. */
  take(chunk: Buffer): boolean {
    this.#underWay += chunk.length;
    this.#lane.send(chunk.length, () => {
      this.#onMoved(chunk.length);
      this.#ends?.to.write(chunk, () => {
        this.#underWay -= chunk.length;
        this.#proceed();
      });
    });
    if (this.#lane.isFull() && !this.#isWaiting) {
      this.#isWaiting = true;
      this.#lane.waitForTurn(chunk.length, () => {
        this.#isWaiting = false;
        this.#proceed();
      });
    }
    this.#isHeld = !this.#mayGoOn();
    return !this.#isHeld;
  }

  #mayGoOn(): boolean {
    return !this.#isWaiting && this.#underWay < this.#window;
  }

  #proceed(): void {
    if (!this.#isHeld || !this.#mayGoOn()) return;
    this.#isHeld = false;
    this.#ends?.from.resume();
  }
}
