import type { Socket } from 'node:net';

/** Bytes of memory that the reads of a connection share, one after the other. */
const SLAB = 512 * 1024;

/** Bytes: less room than this is not worth a read of its own. */
const LEAST_ROOM = 64 * 1024;

/** What `net.connect` takes as `onread`. */
export interface LargeReads {
  readonly buffer: () => Uint8Array;
  readonly callback: (this: Socket, length: number, bytes: Uint8Array) => boolean;
}

/** Lets a connection read all that has arrived at once, where Node alone would take 64 KiB at a time: most of what a download costs is the handling of each piece. No memory is ever handed out twice. */
export function createLargeReads(): LargeReads {
  /** What the last read left. Node asks for the next buffer right after it, and whoever asks takes it away. */
  let rest: Uint8Array | undefined;
  return {
    buffer: () => {
      const room = rest ?? Buffer.allocUnsafeSlow(SLAB);
      rest = undefined;
      return room;
    },
    callback(length, bytes) {
      const wantsMore = this.push(bytes.subarray(0, length));
      rest = bytes.length - length < LEAST_ROOM ? undefined : bytes.subarray(length);
      return wantsMore;
    },
  };
}
