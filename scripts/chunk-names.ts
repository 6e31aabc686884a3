import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeSplittingOptions } from 'rolldown';

/** Packages that have a file of their own in `dist/`; but for undici, each is loaded only where something asks for it. */
const PACKAGES = /[\\/]node_modules[\\/](undici|zod|yaml|tar)[\\/]/;
/** What only a step of a job loads. */
const OF_STEPS = /[\\/]src[\\/](?:main|host[\\/]actions)[\\/]/;
/** GitHub's toolkit, of which a bundle holds little more than the log: what else it imports is no part of a start. */
const TOOLKIT = /[\\/]node_modules[\\/]@actions[\\/]/;

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/**
 * Says into which file a module goes, so that a promotion opens few files when it starts, and none in vain: `promote` for
 * what it alone loads then, `engine` for what another action does too, one for each large package. All else is left to
 * the bundler, which puts together what is always loaded together.
 */
export function nameChunks(root: string): CodeSplittingOptions {
  const folder = join(root, 'src', 'main');
  const others = readdirSync(folder).filter((file) => file !== 'promote.ts' && file !== 'cli.ts');
  const starts = new Map<string, ReadonlySet<string>>();
  const startsWith = (file: string, id: string, graph: ModuleGraph): boolean => {
    const start = starts.get(file) ?? listStatic(join(folder, file), graph);
    starts.set(file, start);
    return start.has(id);
  };
  return {
    groups: [
      { debugName: 'packages', priority: 2, name: namePackage },
      {
        debugName: 'start',
        priority: 1,
        name: (id, graph) => {
          if (OF_STEPS.test(id) || TOOLKIT.test(id) || !startsWith('promote.ts', id, graph)) return null;
          return others.some((file) => startsWith(file, id, graph)) ? 'engine' : 'promote';
        },
      },
    ],
  };
}

/** The whole of undici goes with the package that asks for it; see lean-undici.ts. */
function namePackage(id: string): string | null {
  const name = PACKAGES.exec(id)?.[1] ?? null;
  return name === 'undici' && !id.endsWith('?lean') ? null : name;
}

/** Every module that is loaded with this one. */
function listStatic(entry: string, graph: ModuleGraph): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const id of found) {
    if (TOOLKIT.test(id)) continue;
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  }
  return found;
}
