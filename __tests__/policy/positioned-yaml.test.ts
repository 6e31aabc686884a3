import { describe, expect, it } from '@jest/globals';
import { MAX_YAML_BYTES, readYaml } from '../../src/policy/positioned-yaml.ts';

const TEXT = `scan:
  mode: report
  ignore:
    - id: CVE-1
    - { id: CVE-2 }
empty:
`;

function messagesOf(text: string): string[] {
  return readYaml(text, 'a.yml').problems.map(({ where, message }) => `${where} ${message}`);
}

describe('the value', () => {
  it('is plain data', () => {
    const { value, problems } = readYaml(TEXT, 'a.yml');
    expect(problems).toEqual([]);
    expect(value).toEqual({ scan: { mode: 'report', ignore: [{ id: 'CVE-1' }, { id: 'CVE-2' }] }, empty: null });
  });

  it.each([
    ['no', 'no'],
    ['2026-12-31', '2026-12-31'],
    ['1:30', '1:30'],
    ['true', true],
    ['0o17', 15],
  ])('of %s is that of YAML 1.2', (text, value) => {
    expect(readYaml(`a: ${text}`, 'a.yml').value).toEqual({ a: value });
  });

  it('follows aliases', () => {
    expect(readYaml('a: &x [1]\nb: *x', 'a.yml')).toMatchObject({ value: { a: [1], b: [1] }, problems: [] });
  });

  it('keeps merge keys as they are written', () => {
    expect(readYaml('a: &x { k: 1 }\nb: { <<: *x }', 'a.yml').value).toEqual({ a: { k: 1 }, b: { '<<': { k: 1 } } });
  });
});

describe('a place', () => {
  const yaml = readYaml(TEXT, 'a.yml');

  it.each([
    [['scan', 'mode'], 'value', '2:9'],
    [['scan', 'mode'], 'key', '2:3'],
    [['scan', 'ignore', 1, 'id'], 'value', '5:13'],
    [['scan', 'ignore', 0], 'value', '4:7'],
    [[], 'value', '1:1'],
  ] as const)('of %j (%s) is %s', (path, part, place) => {
    expect(yaml.locate(path, part)).toBe(`a.yml:${place}`);
    expect(yaml.has(path)).toBe(true);
  });

  it('of what is not there is that of the nearest key above it', () => {
    expect(yaml.has(['scan', 'severity'])).toBe(false);
    expect(yaml.locate(['scan', 'severity'], 'value')).toBe('a.yml:1:1');
    expect(yaml.locate(['scan', 'ignore', 7, 'id'], 'value')).toBe('a.yml:3:3');
  });

  it('leads through an alias to where its value stands', () => {
    expect(readYaml('a: &x { k: 1 }\nb: *x', 'a.yml').locate(['b', 'k'], 'key')).toBe('a.yml:1:9');
  });

  it('exists for a key without a value', () => {
    expect(yaml.has(['empty'])).toBe(true);
  });
});

describe('what cannot be', () => {
  it.each([
    ['a key that stands twice', 'a: 1\nb: 2\na: 3', 'a.yml:3:1 "a" stands here twice.'],
    ['__proto__', 'a:\n  __proto__: 1', 'a.yml:2:3 "__proto__" cannot be a key.'],
    ['more than one document', 'a: 1\n---\nb: 2', 'a.yml:2:1 it holds more than one document.'],
    ['a key that is a map', '? { a: 1 }\n: 2', 'a.yml:1:3 a key must be a plain name.'],
    ['an alias of nothing', 'a: *x', 'a.yml:1:4 the alias *x stands for nothing.'],
  ])('%s is told where it stands', (_, text, message) => {
    expect(messagesOf(text)).toContain(message);
  });

  it('a document of more bytes than are read', () => {
    const text = `a: ${'é'.repeat(MAX_YAML_BYTES / 2)}`;
    expect(readYaml(text, 'a.yml').value).toBeUndefined();
    expect(messagesOf(text)).toEqual([`a.yml:1:1 it has ${MAX_YAML_BYTES + 3} bytes, more than ${MAX_YAML_BYTES}.`]);
  });

  it.each([40, 5_000])('nesting %i deep, told once', (depth) => {
    const messages = messagesOf('['.repeat(depth) + ']'.repeat(depth));
    expect(messages).toEqual([expect.stringContaining('nested')]);
  });

  it('aliases that grow without end', () => {
    const lines = Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    const yaml = readYaml(['a0: &a0 [x]', ...lines].join('\n'), 'a.yml');
    expect(yaml.value).toBeUndefined();
    expect(yaml.problems).toMatchObject([{ message: expect.stringContaining('aliases'), fix: 'Write it out.' }]);
  });
});
