import type { YamlAlias, YamlMap, YamlNode, YamlPair } from './yaml-node.ts';

/** The way to a node from the root of its document, last step first. */
export interface Path {
  readonly parent: Path | undefined;
  readonly step: string | number;
  readonly depth: number;
}

export function extendPath(parent: Path | undefined, step: string | number): Path {
  return { parent, step, depth: (parent?.depth ?? 0) + 1 };
}

/** A node where a reader of the file meets it: through an alias, it stands elsewhere. */
export interface Met {
  readonly node: Exclude<YamlNode, YamlAlias>;
  readonly path: Path | undefined;
  /** The first alias on the way. */
  readonly via?: { readonly alias: YamlAlias };
}

/** A value of a mapping under its key, with where the key stands. */
export interface MetEntry extends Met {
  readonly key: string;
  readonly keyStart: number;
}

/** Thrown where aliases lead round in a circle or to more than anyone wrote. */
export class TooManyAliases extends Error {}

const MAX_ALIASED = 100_000;
const MAX_DEPTH = 256;

/** Reads through aliases and merges, within bounds: an alias bomb ends in TooManyAliases. */
export interface YamlWalker {
  /** The values of a mapping as its reader has them: what it merges is in it, unless it has the key itself. */
  listEntries(met: Met): MetEntry[];
  listItems(met: Met): Met[];
}

export function createWalker(): YamlWalker {
  let aliased = 0;
  const meet = (node: YamlNode, path: Path | undefined, via: Met['via'], depth = 0): Met => {
    if (via !== undefined && ++aliased > MAX_ALIASED) throw new TooManyAliases();
    if (path !== undefined && path.depth > MAX_DEPTH) throw new TooManyAliases();
    if (node.kind !== 'alias') return via === undefined ? { node, path } : { node, path, via };
    if (depth > MAX_DEPTH) throw new TooManyAliases();
    return meet(node.target, path, via ?? { alias: node }, depth + 1);
  };
  const enter = ({ key, keyStart, value }: YamlPair, met: Met): MetEntry => {
    const { node, path, via } = meet(value, extendPath(met.path, key), met.via);
    return via === undefined ? { node, path, key, keyStart } : { node, path, via, key, keyStart };
  };
  const collect = (map: YamlMap, met: Met, taken: Map<string, MetEntry>, entries: MetEntry[], depth: number): void => {
    if (depth > MAX_DEPTH) throw new TooManyAliases();
    const own: MetEntry[] = [];
    for (const pair of map.pairs) {
      if (pair.isMerge || taken.has(pair.key)) continue;
      own.push(enter(pair, met));
    }
    for (const entry of own) taken.set(entry.key, entry);
    entries.push(...own);
    for (const { value, isMerge } of map.pairs) {
      if (!isMerge) continue;
      for (const source of listSources(meet(value, met.path, met.via))) {
        if (source.node.kind === 'map') collect(source.node, source, taken, entries, depth + 1);
      }
    }
  };
  /** What `<<` names: a mapping, or several of which the first has its way. */
  const listSources = (met: Met): Met[] =>
    met.node.kind === 'seq' ? met.node.items.map((item) => meet(item, met.path, met.via)) : [met];

  return {
    listEntries: (met) => {
      if (met.node.kind !== 'map') return [];
      if (!met.node.pairs.some(({ isMerge }) => isMerge)) return met.node.pairs.map((pair) => enter(pair, met));
      const entries: MetEntry[] = [];
      collect(met.node, met, new Map(), entries, 0);
      return entries;
    },
    listItems: (met) =>
      met.node.kind === 'seq'
        ? met.node.items.map((item, step) => meet(item, extendPath(met.path, step), met.via))
        : [],
  };
}

/** `spec.containers[0].image`; a key that is no plain name stands in brackets. */
export function formatPath(path: Path | undefined): string {
  let text = '';
  for (let at = path; at !== undefined; at = at.parent) {
    const { step } = at;
    const isName = typeof step === 'string' && /^[^\s.[\]"'\p{Cc}]+$/u.test(step);
    const shown = isName ? step : `[${JSON.stringify(step)}]`;
    text = `${shown}${text === '' || text.startsWith('[') ? '' : '.'}${text}`;
  }
  return text;
}

/** The way to a node by what is written, not through an alias. */
export function findPath(root: YamlNode, target: YamlNode): Path | undefined {
  const stack: { readonly node: YamlNode; readonly path: Path | undefined }[] = [{ node: root, path: undefined }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { node, path: parent } = top;
    if (node === target) return parent;
    if (node.kind === 'map') {
      for (const pair of node.pairs) stack.push({ node: pair.value, path: extendPath(parent, pair.key) });
    } else if (node.kind === 'seq') {
      node.items.forEach((item, step) => {
        stack.push({ node: item, path: extendPath(parent, step) });
      });
    }
  }
  return undefined;
}
