import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

/** One threat of SECURITY.md: its points by their names, and the tests that show what holds. */
interface Threat {
  readonly name: string;
  readonly points: readonly string[];
  readonly tests: readonly { readonly test: string; readonly file: string }[];
}

function readThreats(): Threat[] {
  const text = readFileSync(join(ROOT, 'SECURITY.md'), 'utf8');
  const [, chapter = ''] = /^## Threats[^\n]*\n([\s\S]*?)(?=^## )/m.exec(text) ?? [];
  return chapter
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const points = [...section.matchAll(/^- \*\*([^*]+?):?\*\*/gm)].map(([, point = '']) => point);
      const [, shown = ''] = /^- \*\*Shown by:\*\* (.*)$/m.exec(section) ?? [];
      const tests = [...shown.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, test = '', file = '']) => ({ test, file }));
      return { name: section.split('\n')[0] ?? '', points, tests };
    });
}

const threats = readThreats();

describe('the threat model', () => {
  it('has every threat that was asked for', () => {
    expect(threats.map(({ name }) => name)).toEqual([
      'A compromised scanner',
      'A compromised source registry',
      'Hostile image metadata',
      'A signature by the wrong one',
      'A hostile pull request',
      'A workflow that gets round the policy',
      'A stolen runner log',
      'A race for the tag',
      'A download of a tool is tampered with',
      'A compromised dependency',
      'A run that dies half-way, or is cancelled',
    ]);
  });

  it.each(threats.map((threat) => [threat.name, threat] as const))(
    '%s: says what holds, what does not, and names tests that exist',
    (_, { points, tests }) => {
      expect(points).toEqual(['It can', 'Holds', 'Does not', 'Shown by']);
      expect(tests.length).toBeGreaterThanOrEqual(2);
      const missing = tests.filter(({ test, file }) => !hasTest(file, test));
      expect(missing).toEqual([]);
    },
  );
});

/** True when a test, a group of tests or a case of one is called so; only what jest runs counts. */
function hasTest(file: string, name: string): boolean {
  if (!/^__tests__\/.+\.ts$/.test(file)) return false;
  const text = readText(file);
  const quoted = ["'", '"', '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
  if (file.endsWith('.test.ts')) return quoted && /\b(?:it|describe)\b/.test(text);
  const scenes = `./${file.split('/').at(-1)}`;
  return quoted && readText(file.replace(/[^/]+$/, 'leaks.test.ts')).includes(`from '${scenes}'`);
}

function readText(file: string): string {
  try {
    return readFileSync(join(ROOT, file), 'utf8');
  } catch {
    return '';
  }
}
