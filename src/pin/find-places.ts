import { setImmediate as nextTurn } from 'node:timers/promises';
import { findImages } from '../workload/find-images.ts';
import type { FileFlaw, ImageUse } from '../workload/image-use.ts';
import { WorkspaceReader } from '../workload/read-file.ts';

/** What the files hold, as it was read. */
export interface FoundPlaces {
  /** The bytes of the files that name an image. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
  /** In the order of files and lines; local names are left out. */
  readonly uses: readonly ImageUse[];
  readonly flaws: readonly FileFlaw[];
}

/** Milliseconds after which others get a turn, such as who wants to cancel. */
const TURN = 50;

/** Reads every file once. One that cannot be read is a flaw, and the others are still read. */
export async function findPlaces(
  files: readonly string[],
  workspace: string,
  signal: AbortSignal,
): Promise<FoundPlaces> {
  const reader = new WorkspaceReader(workspace);
  const bytes = new Map<string, Uint8Array>();
  const uses: ImageUse[] = [];
  const flaws: FileFlaw[] = [];
  let turn = performance.now();
  for (const file of files) {
    if (performance.now() - turn > TURN) {
      await nextTurn();
      signal.throwIfAborted();
      turn = performance.now();
    }
    const read = reader.read(file);
    if ('flaw' in read) {
      flaws.push({ file, line: 1, column: 1, message: read.flaw });
      continue;
    }
    const found = findImages(file, read.bytes);
    flaws.push(...found.flaws);
    const images = found.uses.filter(({ isLocal }) => isLocal !== true);
    if (images.length > 0) bytes.set(file, read.bytes);
    uses.push(...images);
  }
  return { bytes, uses, flaws };
}
