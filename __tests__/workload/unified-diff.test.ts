import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatUnifiedDiff } from '../../src/workload/unified-diff.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const diff = (before: string, after: string, file = 'a.yml'): string =>
  formatUnifiedDiff({ file, before: bytes(before), after: bytes(after) });

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'diff-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** What `git apply` makes of a file. */
async function apply(before: string, patch: string, file: string): Promise<string> {
  await writeFile(join(directory, file), before);
  const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
    ...{ cwd: directory, input: patch, encoding: 'utf8' },
  });
  expect([status, stderr]).toEqual([0, '']);
  return readFile(join(directory, file), 'utf8');
}

describe('a unified diff', () => {
  it('has three lines around each change, and joins those that touch', () => {
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}\n`);
    const after = lines.with(4, 'five\n').with(9, 'ten\n').with(25, 'x\ny\n');
    expect(diff(lines.join(''), after.join('')).match(/^@@.*|^[-+].*/gm)).toEqual([
      '--- a/a.yml',
      '+++ b/a.yml',
      '@@ -2,12 +2,12 @@',
      '-line 4',
      '+five',
      '-line 9',
      '+ten',
      '@@ -23,7 +23,8 @@',
      '-line 25',
      '+x',
      '+y',
    ]);
  });

  it('of what is the same is empty', () => {
    expect(diff('same\n', 'same\n')).toBe('');
  });

  it.each([
    ['CRLF', 'a: 1\r\nimage: x\r\nb: 2\r\n', 'a: 1\r\nimage: y\r\nb: 2\r\n'],
    ['no line end at the end', 'a: 1\nimage: x', 'a: 1\nimage: y\ndigest: z'],
    ['a byte order mark', '\ufeffimage: x\n', '\ufeffimage: y\n'],
    ['an inserted first line', 'b\nc\n', 'a\nb\nc\n'],
    ['a text that was empty', '', 'a\n'],
  ])('is taken by git apply with %s', async (_name, before, after) => {
    expect(await apply(before, diff(before, after), 'a.yml')).toBe(after);
  });

  it.each(['with blank.yml', 'quote".yml', 'ü.yml', 'tab\t.yml', 'back\\slash.yml'])(
    'names the file %j as git does',
    async (file) => {
      expect(await apply('x\n', diff('x\n', 'y\n', file), file)).toBe('y\n');
    },
  );

  it('of any two texts is taken by git apply', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'image: x', '', 'image: y\r'), { maxLength: 14 })
      .map((all) => all.join('\n'));
    await fc.assert(
      fc.asyncProperty(text, text, async (before, after) => {
        fc.pre(before !== after && after !== '');
        expect(await apply(before, diff(before, after), 'a.yml')).toBe(after);
      }),
      { numRuns: 60 },
    );
  });
});
