import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** Every room of src/ and what it may import besides itself: imports only go down. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  base: [],
  image: ['base'],
  registry: ['image', 'base'],
  transfer: ['registry', 'image', 'base'],
  scanner: ['registry', 'transfer', 'image', 'base'],
  signer: ['image', 'base'],
  chain: ['registry', 'signer', 'image', 'base'],
  tool: ['base'],
  policy: ['image', 'base'],
  workload: ['image', 'base'],
  report: ['image', 'base'],
  inputs: ['signer', 'tool', 'policy', 'image', 'base'],
  steps: ['registry', 'transfer', 'scanner', 'signer', 'chain', 'tool', 'policy', 'report', 'image', 'base'],
  plan: ['inputs', 'image', 'base'],
  promote: [
    'plan',
    'steps',
    'inputs',
    'registry',
    'transfer',
    'scanner',
    'signer',
    'chain',
    'tool',
    'policy',
    'report',
    'image',
    'base',
  ],
  batch: ['promote', 'plan', 'steps', 'inputs', 'policy', 'report', 'image', 'base'],
  scan: [
    'steps',
    'inputs',
    'registry',
    'transfer',
    'scanner',
    'signer',
    'chain',
    'tool',
    'policy',
    'report',
    'image',
    'base',
  ],
  verify: ['plan', 'steps', 'inputs', 'registry', 'signer', 'chain', 'tool', 'policy', 'report', 'image', 'base'],
  check: ['steps', 'workload', 'inputs', 'registry', 'tool', 'policy', 'report', 'image', 'base'],
  git: ['base'],
  pin: ['check', 'git', 'workload', 'inputs', 'policy', 'report', 'image', 'base'],
  'host/machine': ['promote', 'inputs', 'registry', 'signer', 'tool', 'report', 'image', 'base'],
  'host/actions': ['host/machine', 'base'],
  'host/cli': ['host/machine', 'base'],
  main: ['host/actions', 'host/cli', 'batch', 'scan', 'verify', 'check', 'pin'],
};

/** What a room may take from Node, where it is not everything: these rooms do no IO, but that workload finds and reads files. */
const NODE_MODULES: Readonly<Record<string, readonly string[]>> = {
  image: ['node:crypto'],
  policy: [],
  workload: ['node:fs', 'node:fs/promises', 'node:path'],
  report: ['node:crypto'],
  main: [],
};

/** Who may use a package; one that is not listed may be used nowhere. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@actions/core': ['host/actions'],
  '@actions/exec': ['host/actions'],
  '@actions/github': ['host/actions'],
  '@actions/tool-cache': ['host/actions'],
  '@sigstore/core': ['signer'],
  tar: ['scanner', 'tool'],
  tinyglobby: ['workload'],
  undici: ['registry', 'tool'],
  yaml: ['policy', 'workload', 'inputs', 'promote'],
  zod: ['scanner', 'chain', 'policy', 'plan', 'inputs', 'promote', 'scan', 'verify', 'check', 'pin'],
};

const MAX_LINES = 300;
const ROOT = join(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

interface SourceFile {
  /** From the root of the checkout, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function readSources(folder: string): SourceFile[] {
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const text = readFileSync(file, 'utf8');
      return { path: relative(ROOT, file).split(sep).join('/'), text, imports: listImports(text) };
    });
}

/** The module specifiers of a file: `import … from`, `export … from`, `import '…'` and `import('…')`, types too. */
function listImports(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const statements = /(?:^|[;\n])\s*(?:import|export)\s(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/g;
  const calls = /\bimport\(\s*['"]([^'"]+)['"]/g;
  return [...code.matchAll(statements), ...code.matchAll(calls)].map((match) => match[1] ?? '');
}

/** The room a file of src/ is in: the longest one of the table that its path starts with. */
function roomOf(path: string): string {
  const inside = path.replace(/^src\//, '');
  const known = Object.keys(ROOMS).filter((room) => inside.startsWith(`${room}/`));
  return known.sort((a, b) => b.length - a.length)[0] ?? `(${dirname(inside)}: not in the table)`;
}

function resolveImport(file: SourceFile, specifier: string): string {
  return relative(ROOT, join(ROOT, dirname(file.path), specifier))
    .split(sep)
    .join('/');
}

const sources = readSources('src');
const everything = ['src', 'lab', 'scripts', '__tests__'].flatMap(readSources);

describe('the scanner of this test', () => {
  it('sees every form of import', () => {
    const text = `import { a,\n b } from './a.ts';\nimport type { C } from "../c.ts";\nexport { d } from './d.ts';\nimport 'e';\nconst f = await import('f');\n// import 'g'\n/** import 'h' */`;
    expect(listImports(text)).toEqual(['./a.ts', '../c.ts', './d.ts', 'e', 'f']);
  });

  it('sees the whole of src/', () => {
    expect(new Set(sources.map(({ path }) => roomOf(path)))).toEqual(new Set(Object.keys(ROOMS)));
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(300);
  });
});

describe('the layers', () => {
  it('are entered only downwards, along the listed edges', () => {
    const broken = sources.flatMap((file) =>
      file.imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => roomOf(resolveImport(file, specifier)))
        .filter((to) => to !== roomOf(file.path) && !ROOMS[roomOf(file.path)]?.includes(to))
        .map((to) => `${file.path} imports from ${to}, which ${roomOf(file.path)} may not know`),
    );
    expect(broken).toEqual([]);
  });

  it('have no cycle of rooms', () => {
    const edges = new Map<string, Set<string>>();
    for (const file of sources) {
      const from = roomOf(file.path);
      const targets = edges.get(from) ?? new Set<string>();
      for (const specifier of file.imports.filter((s) => s.startsWith('.'))) {
        targets.add(roomOf(resolveImport(file, specifier)));
      }
      edges.set(from, targets);
    }
    const reach = (from: string, seen = new Set<string>()): Set<string> => {
      for (const to of edges.get(from) ?? []) {
        if (to === from || seen.has(to)) continue;
        seen.add(to);
        reach(to, seen);
      }
      return seen;
    };
    expect(
      [...edges.keys()].filter((room) => reach(room).has(room)).map((room) => `${room} imports itself in a circle`),
    ).toEqual([]);
  });

  it('use only the packages and the parts of Node that are listed for them', () => {
    const broken = sources.flatMap((file) => {
      const room = roomOf(file.path);
      return file.imports
        .filter((specifier) => !specifier.startsWith('.'))
        .filter((specifier) =>
          specifier.startsWith('node:')
            ? NODE_MODULES[room]?.includes(specifier) === false
            : !PACKAGES[specifier]?.includes(room),
        )
        .map((specifier) => `${file.path} imports ${specifier}, which ${room} may not use`);
    });
    expect(broken).toEqual([]);
  });

  it('leave the environment, the arguments, the console and exit codes to the hosts', () => {
    const ports = /\bprocess\.(?:env|argv|exit|exitCode|cwd|stdout|stderr|on)\b|\bconsole\./;
    const broken = sources
      .filter(({ path }) => !path.startsWith('src/host/') && !path.startsWith('src/main/'))
      .flatMap(({ path, text }) =>
        text.split('\n').flatMap((line, i) => (ports.test(line) ? [`${path}:${i + 1} mentions ${line.trim()}`] : [])),
      );
    expect(broken).toEqual([]);
  });
});

describe('src/', () => {
  it(`has no file over ${MAX_LINES} lines`, () => {
    const long = sources.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }));
    expect(
      long.filter(({ lines }) => lines > MAX_LINES).map(({ path, lines }) => `${path} has ${lines} lines`),
    ).toEqual([]);
  });

  it('imports nothing from outside itself', () => {
    const outside = sources.flatMap((file) =>
      file.imports
        .filter(
          (specifier) => specifier.startsWith('.') && !join(ROOT, resolveImport(file, specifier)).startsWith(SRC + sep),
        )
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    expect(outside).toEqual([]);
  });

  it('has entry files that only hand over', () => {
    const heavy = sources.filter(
      ({ path, text }) => path.startsWith('src/main/') && text.trimEnd().split('\n').length > 10,
    );
    expect(heavy.map(({ path }) => `${path} has more than 10 lines`)).toEqual([]);
  });

  it('gives every dependency a name: no default export, no barrel', () => {
    const barrel = /^export (?:\*|\{[^}]*\}) from/m;
    const broken = sources.filter(({ text }) => /^export default\b/m.test(text) || barrel.test(text));
    expect(broken.map(({ path }) => `${path} exports by default or passes on what is not its own`)).toEqual([]);
  });
});

describe('the lab', () => {
  it('shares no code with what it tests, so that one bug cannot pass on both sides', () => {
    const broken = readSources('lab').flatMap((file) =>
      file.imports
        .filter((specifier) => specifier.startsWith('.') && resolveImport(file, specifier).startsWith('src/'))
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    expect(broken).toEqual([]);
  });
});

describe('file names', () => {
  it('are in kebab-case', () => {
    const odd = everything.filter(
      ({ path }) => !/(?:^|\/)[a-z0-9]+(?:-[a-z0-9]+)*(?:\.property)?(?:\.test)?\.m?ts$/.test(path),
    );
    expect(odd.map(({ path }) => `${path} is not in kebab-case`)).toEqual([]);
  });

  it('say what is inside', () => {
    const vague = everything.filter(({ path }) =>
      /(?:^|\/)(?:utils?|helpers?|common|misc|index)(?:\.ts$|\/)/.test(path),
    );
    expect(vague.map(({ path }) => `${path} could hold anything`)).toEqual([]);
  });
});
