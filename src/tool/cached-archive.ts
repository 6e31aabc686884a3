import { copyFile, rm, stat } from 'node:fs/promises';
import type { ArchiveCache, Log } from '../base/ports.ts';
import { hashFile } from './checksum.ts';
import type { ToolName } from './known-tools.ts';

const MAX_ARCHIVE_BYTES = 1024 ** 3;

/**
 * Copies a release file out of the shared tool cache to `archive`, and only then hashes it, so that nobody can swap it
 * between check and use. False, with a warning, when it is not what it should be: the cache helps, it never decides.
 */
export async function takeCachedArchive(
  { name, version }: { readonly name: ToolName; readonly version: string },
  sha256: string,
  archive: string,
  { cache, log, signal }: { readonly cache: ArchiveCache; readonly log: Log; readonly signal: AbortSignal },
): Promise<boolean> {
  try {
    const cached = await cache.find(name, version);
    if (cached === undefined) return false;
    const { size, isRegular } = await stat(cached).then((found) => ({ size: found.size, isRegular: found.isFile() }));
    if (!isRegular || size > MAX_ARCHIVE_BYTES) throw new Error('it is not a file of a sensible size');
    await copyFile(cached, archive);
    const found = await hashFile(archive, signal);
    if (found === sha256) return true;
    throw new Error(`its SHA-256 is ${found}, not ${sha256}`);
  } catch (error) {
    signal.throwIfAborted();
    await rm(archive, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    log.warning(`The tool cache's copy of ${name} ${version} is not used: ${why}.`);
    return false;
  }
}
