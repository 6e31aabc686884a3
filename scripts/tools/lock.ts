import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LockOptions {
  readonly signal: AbortSignal;
  /** Called once when another run holds the lock. */
  readonly onWait: () => void;
  /** A holder that gave no sign of life for so long is gone; default 30 s. */
  readonly staleMs?: number;
}

/**
 * Runs `body` while holding the lock file `file`, which is touched as a sign of life (a process id would mean nothing in
 * another container). It saves work only: what `body` does must be safe even if two runs did it at once.
 */
export async function withLock<T>(file: string, options: LockOptions, body: () => Promise<T>): Promise<T> {
  const owner = randomUUID();
  const staleMs = options.staleMs ?? 30_000;
  for (let isFirst = true; !(await tryLock(file, owner)); isFirst = false) {
    options.signal.throwIfAborted();
    if (isFirst) options.onWait();
    if (await isStale(file, staleMs)) await discard(file, owner);
    else await sleep(Math.min(500, staleMs / 3), undefined, { signal: options.signal });
  }
  const touch = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), staleMs / 6);
  try {
    return await body();
  } finally {
    clearInterval(touch);
    if ((await readFile(file, 'utf8').catch(() => '')) === owner) await rm(file, { force: true });
  }
}

async function tryLock(file: string, owner: string): Promise<boolean> {
  try {
    await writeFile(file, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(file: string, staleMs: number): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleMs;
}

async function discard(file: string, owner: string): Promise<void> {
  const aside = `${file}.${owner}`;
  await rename(file, aside).catch(() => undefined);
  await rm(aside, { force: true });
}
