import { readdir, readFile } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';

/** Which folders a folder imports from, by folder. */
export type FolderGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the relative imports of every `.ts` file below `root`; a file's folder is its first, below `host` its second. */
export async function readImports(root: string): Promise<FolderGraph> {
  const graph = new Map<string, Set<string>>();
  for (const name of await readdir(root, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const path = name.split(sep).join('/');
    const from = folderOf(path);
    const edges = graph.get(from) ?? new Set<string>();
    graph.set(from, edges);
    for (const specifier of listRelativeImports(await readFile(join(root, name), 'utf8'))) {
      const to = folderOf(posix.join(posix.dirname(path), specifier));
      if (to !== from) edges.add(to);
    }
  }
  return graph;
}

/** The graph as a Mermaid flowchart, without the edges that longer ways imply; throws where imports go in a circle. */
export function drawImports(graph: FolderGraph): string {
  const reach = new Map([...graph.keys()].map((folder) => [folder, findReachable(folder, graph)]));
  for (const [folder, reachable] of reach) {
    if (reachable.has(folder)) throw new Error(`imports of src/${folder} lead back to it`);
  }
  const folders = [...graph.keys()].sort();
  const lines = folders.flatMap((from) => {
    const direct = [...(graph.get(from) ?? [])].sort();
    return direct
      .filter((to) => !direct.some((other) => other !== to && reach.get(other)?.has(to)))
      .map((to) => `  ${toId(from)} --> ${toId(to)}`);
  });
  return ['flowchart TD', ...folders.map((folder) => `  ${toId(folder)}["src/${folder}"]`), ...lines].join('\n');
}

function listRelativeImports(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return Array.from(code.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*['"](\.[^'"]+)['"]/g), (match) => match[1] ?? '');
}

function findReachable(start: string, graph: FolderGraph): Set<string> {
  const found = new Set<string>();
  const queue = [...(graph.get(start) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...(graph.get(next) ?? []));
  }
  return found;
}

function folderOf(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, parts[0] === 'host' ? 2 : 1).join('/');
}

function toId(folder: string): string {
  return folder.replaceAll('/', '_');
}
