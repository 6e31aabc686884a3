import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ArchiveCache } from '../../base/ports.ts';

const KEPT_NAME = 'archive';

/** The runner's tool cache, shared with other jobs and steps: whoever reads from it checks what is found. Without RUNNER_TOOL_CACHE nothing is kept. */
export function createToolCache(env: NodeJS.ProcessEnv): ArchiveCache {
  if (!env.RUNNER_TOOL_CACHE || !env.RUNNER_TEMP) {
    return { find: async () => undefined, keep: async () => undefined };
  }
  return {
    async find(name, version) {
      const { find } = await import('@actions/tool-cache');
      const folder = find(keyOf(name), version);
      return folder === '' ? undefined : join(folder, KEPT_NAME);
    },
    async keep(name, version, file, options) {
      const { cacheFile, find, findAllVersions } = await import('@actions/tool-cache');
      const key = keyOf(name);
      try {
        const kept = await cacheFile(file, KEPT_NAME, key, version);
        if (options?.dropOthers !== true) return;
        const folders = findAllVersions(key).map((other) => find(key, other));
        for (const folder of folders.filter((other) => other !== '' && other !== kept)) {
          await rm(`${folder}.complete`, { force: true });
          await rm(folder, { recursive: true, force: true });
        }
      } catch {
        // A full or read-only cache only costs the next run a download.
      }
    },
  };
}

/** Not the plain tool name, under which other actions keep unpacked tools. */
function keyOf(name: string): string {
  return `promote-image-${basename(name)}`;
}
