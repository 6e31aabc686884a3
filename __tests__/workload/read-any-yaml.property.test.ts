import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findImages } from '../../src/workload/find-images.ts';
import { readFullYaml } from '../../src/workload/full-yaml.ts';
import { readSimpleYaml } from '../../src/workload/simple-yaml.ts';
import { hold, holdLong, mutate } from '../property-runs.ts';
import { encode } from './found.ts';
import { imageFile } from './image-files.ts';

const PIECES = [
  ...['a', 'b', 'image', ': ', ':', '\n', '\n', '\n  ', '\n    ', '- ', '-', '\n- ', '\n  - ', '"x"', "'y'", '"', "'"],
  ...['[', ']', '{', '}', ', ', ' ', '  ', '#', ' # c', '|', '>', '|-', 'x:1', 'a: b', 'k:\n  ', '\r\n', '&a ', '*a'],
  ...[
    '!',
    '? ',
    '1',
    '~',
    '%',
    '---',
    '...',
    'é',
    '$',
    '<<',
    '\t',
    'key: ',
    '\n\n',
    ': |\n  x',
    ': [a, b]',
    ': {a: b}',
  ],
];
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((all) => all.join(''));
/** Characters: what the yaml package reads takes some microseconds for each. */
const LONG = 100_000;
const NAMES = ['a.yaml', 'compose.yaml', 'kustomization.yaml', 'values.yaml', 'Dockerfile'];

describe('the quick reader', () => {
  it('reads what it reads as the yaml package does', () => {
    let read = 0;
    const compare = (text: string): void => {
      const root = readSimpleYaml(text, 0, text.length);
      if (root === undefined) return;
      read++;
      expect({ root }).toEqual(readFullYaml(text, 0, false));
    };
    hold(pieces, compare, 3000);
    hold(mutate(imageFile.map(({ text }) => text.replace(/^\ufeff/, ''))), compare);
    expect(read).toBeGreaterThan(100);
  });
});

describe('any text under any name', () => {
  it('is read without a throw, and each use and flaw has its place', () => {
    const texts = fc.oneof(pieces, mutate(imageFile.map(({ text }) => text)));
    hold(fc.tuple(fc.constantFrom(...NAMES), texts), ([name, text]) => {
      const bytes = encode(text);
      const { uses, flaws } = findImages(name, bytes);
      for (const { line, column } of [...uses, ...flaws]) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(line).toBeLessThanOrEqual(text.split('\n').length);
      }
      for (const { start, end } of uses.flatMap(({ parts }) => parts.map(({ range }) => range))) {
        expect(start >= 0 && start <= end && end <= bytes.length).toBe(true);
      }
    });
  });

  it.each(NAMES)('is read in bounded time when it is long: %s', (name) => {
    const starts = [
      'image: ',
      'services:\n  a:\n    image: ',
      'a: &a\n- ',
      '{{',
      '${',
      'FROM ',
      'RUN <<A ',
      '- op: x\n  path: ',
    ];
    holdLong(starts, (text) => {
      expect(findImages(name, encode(text.slice(0, LONG))).uses.length).toBeGreaterThanOrEqual(0);
    });
  });

  it.each([
    ['nesting', `image: ${'['.repeat(100_000)}`],
    ['nested blocks', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}image:`).join('\n')],
    ['dashes', `image:\n${'- '.repeat(50_000)}x`],
  ])('is a flaw when it is all %s', (_, text) => {
    expect(findImages('a.yaml', encode(text)).flaws.map(({ message }) => message)).toEqual([
      'it is nested too deeply.',
    ]);
  });

  it.each([
    [
      'an alias bomb',
      `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`,
    ],
    ['an alias of itself', 'a: &a\n  b: *a\n'],
    ['a merge of itself', 'a: &a\n  <<: *a\n'],
  ])('is a flaw when it is %s', (_, text) => {
    const [flaw] = findImages('values.yaml', encode(`${text}image: reg.io/a:1\n`)).flaws;
    expect(flaw?.message).toMatch(/aliases are too many/);
  });
});
