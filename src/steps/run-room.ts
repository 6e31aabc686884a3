import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeError } from '../base/error.ts';
import type { Log } from '../base/ports.ts';

const RESULTS = 'results';

/** Where a run keeps what it needs, and what it leaves. */
export interface RunRoom {
  readonly room: string;
  /** What outlives the run: plan, reports, records. */
  readonly results: string;
}

/** Makes a directory of its own for a run. */
export async function openRunRoom(workDirectory: string): Promise<RunRoom> {
  const room = await mkdtemp(join(workDirectory, 'promote-image-'));
  const results = join(room, RESULTS);
  await mkdir(results);
  return { room, results };
}

/** Bytes, keys and tools go; the results stay for the steps that follow. What cannot be removed changes nothing in how the run ended. */
export async function clearRunRoom({ room }: Pick<RunRoom, 'room'>, log: Log): Promise<void> {
  try {
    for (const name of await readdir(room)) {
      if (name !== RESULTS) await rm(join(room, name), { recursive: true, force: true });
    }
  } catch (error) {
    log.warning(`${room} could not be emptied: ${describeError(error)}`);
  }
}
