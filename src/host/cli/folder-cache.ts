import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArchiveCache } from '../../base/ports.ts';

/** Where a user's caches are, by the XDG rules; https://specifications.freedesktop.org/basedir-spec/latest/ */
export function findCacheFolder(env: NodeJS.ProcessEnv, home: string): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || home, '.cache'), 'promote-image');
}

/** A cache in a folder, one file a version; whoever reads from it checks what is found. */
export function createFolderCache(folder: string): ArchiveCache {
  const versionsOf = (name: string): string => join(folder, basename(name));
  return {
    async find(name, version) {
      const file = join(versionsOf(name), basename(version));
      const isThere = await stat(file).then(
        (found) => found.isFile(),
        () => false,
      );
      return isThere ? file : undefined;
    },
    async keep(name, version, file, options) {
      const versions = versionsOf(name);
      const temporary = join(versions, `.${randomUUID()}`);
      try {
        await mkdir(versions, { recursive: true });
        await copyFile(file, temporary);
        await rename(temporary, join(versions, basename(version)));
        if (options?.dropOthers !== true) return;
        const others = (await readdir(versions)).filter(
          (entry) => entry !== basename(version) && !entry.startsWith('.'),
        );
        for (const other of others) await rm(join(versions, other), { force: true });
      } catch {
        // A full or read-only cache only costs the next run a download.
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}
