import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
const MAX_RUNTIME = 10;

describe('a dependency', () => {
  it('is pinned exactly', () => {
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
    const overrides = Object.values(manifest.overrides).filter(
      (version) => !/^(?:\$[\w@/-]+|\d+\.\d+\.\d+)$/.test(version),
    );
    expect(overrides).toEqual([]);
  });

  it('is locked to the version and the bytes that were reviewed, those below it too', () => {
    for (const [name, version] of Object.entries(all)) {
      expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version]);
    }
    const open = Object.entries(packages).filter(([path, { integrity, link }]) => path !== '' && !link && !integrity);
    expect(open).toEqual([]);
  });

  it('runs no script when it is installed', () => {
    expect(read('.npmrc').split('\n')).toEqual(expect.arrayContaining(['ignore-scripts=true', 'save-exact=true']));
    const hooks = Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/.test(name));
    expect(hooks).toEqual([]);
  });

  it('waits a week before it is offered', () => {
    const { updates } = parse(read('.github/dependabot.yml')) as {
      updates: { 'package-ecosystem': string; cooldown?: { 'default-days'?: number } }[];
    };
    expect(updates.map((entry) => entry['package-ecosystem'])).toEqual(
      expect.arrayContaining(['npm', 'github-actions']),
    );
    for (const { cooldown } of updates) expect(cooldown?.['default-days']).toBeGreaterThanOrEqual(7);
  });

  it('of our workflows is an action by its commit', () => {
    const uses = readdirSync(join(ROOT, '.github/workflows')).flatMap((file) =>
      [...read(`.github/workflows/${file}`).matchAll(/^\s*-?\s*uses:\s*(\S+)/gm)].map(([, name = '']) => name),
    );
    expect(uses.length).toBeGreaterThan(5);
    expect(uses.filter((name) => !name.startsWith('./') && !/@[a-f0-9]{40}$/.test(name))).toEqual([]);
  });
});

describe('what runs in the action', () => {
  const names = Object.keys(manifest.dependencies);

  it('is little, and each has its reason in the documentation', () => {
    expect(names.length).toBeLessThanOrEqual(MAX_RUNTIME);
    const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| (\S.{9,}) \|$/gm)];
    const [, , chapter = ''] = /(^## What runs in the action$)([\s\S]*)/m.exec(read('docs/dependencies.md')) ?? [];
    const explained = rows.map(([row, name = '']) => (chapter.includes(row) ? name : '')).filter(Boolean);
    expect(explained.sort()).toEqual([...names].sort());
  });

  it('is shipped with its licence, and the licences of all that is bundled with it', () => {
    const licences = read('dist/licenses.txt');
    const heads = [...licences.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+) (\d+\.\d+\.\d+\S*) \((.+)\)$/gm)];
    const shipped = new Map(heads.map(([, name = '', version = '']) => [name, version]));
    for (const name of names) expect([name, shipped.get(name)]).toEqual([name, manifest.dependencies[name]]);
    const unknown = [...shipped].filter(
      ([name, version]) =>
        !Object.entries(packages).some(
          ([path, locked]) => path.endsWith(`node_modules/${name}`) && locked.version === version,
        ),
    );
    expect(unknown).toEqual([]);
    const texts = licences.split(`\n${'-'.repeat(80)}\n\n`);
    expect(
      texts.filter((text) => !/copyright|permission|licen[cs]e/i.test(text.split('\n').slice(1).join('\n'))),
    ).toEqual([]);
  });

  it('is all that is bundled', () => {
    const imports = readdirSync(join(ROOT, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [...read(join('dist', file)).matchAll(/^import [^;]*?from ["']([^"']+)["'];?$/gm)])
      .map(([, from = '']) => from);
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.filter((from) => !from.startsWith('.') && !isBuiltin(from))).toEqual([]);
  });
});

describe('the documentation of dependencies', () => {
  it('names only files that exist', () => {
    const text = read('docs/dependencies.md');
    const files = [
      ...text.matchAll(/`((?:\.github|__tests__|scripts)\/[\w./-]+|\.npmrc|package(?:-lock)?\.json|dist\/\w+\.txt)`/g),
    ];
    expect(files.length).toBeGreaterThan(8);
    for (const [, file = ''] of files) expect(() => read(file)).not.toThrow();
  });

  it('is where a contributor is sent', () => {
    expect(read('CONTRIBUTING.md')).toContain('(docs/dependencies.md)');
  });
});
