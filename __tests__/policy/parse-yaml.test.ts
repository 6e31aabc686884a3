import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { parseYaml } from '../../src/policy/parse-yaml.ts';
import { MAX_PROBLEMS } from '../../src/policy/schema-problems.ts';

const schema = z.strictObject({ count: z.number().transform((n) => n * 2), name: z.string().optional() });

describe('parseYaml', () => {
  it('gives what the schema makes of the document', () => {
    expect(parseYaml(schema, 'count: 21\n', 'a.yml')).toEqual({ value: { count: 42 }, problems: [] });
  });

  it.each(['', '\n\n', '# only a comment\n', '---\n', 'null'])('takes %j for empty, which is a problem', (text) => {
    expect(parseYaml(schema, text, 'a.yml')).toEqual({
      value: undefined,
      problems: [{ where: 'a.yml:1:1', message: 'it is empty.', fix: 'Fill it, or leave it out.' }],
    });
  });

  it('tells what the reader, the schema and the inspection find at once, in the order of the lines', () => {
    const text = 'name: 1\ncount: 1\nother: x\nname: 2\n';
    const inspect = () => [{ where: 'a.yml:2:1', message: 'inspected.', fix: '' }];
    const { value, problems } = parseYaml(schema, text, 'a.yml', inspect);
    expect(value).toBeUndefined();
    expect(problems.map(({ where }) => where)).toEqual(['a.yml:1:7', 'a.yml:2:1', 'a.yml:3:1', 'a.yml:4:1']);
  });

  it('has no value when only the inspection finds something', () => {
    const inspect = () => [{ where: 'a.yml:1:1', message: 'inspected.', fix: '' }];
    expect(parseYaml(schema, 'count: 1', 'a.yml', inspect)).toMatchObject({ value: undefined, problems: [{}] });
  });

  it('gives what was written to the inspection', () => {
    const seen: boolean[] = [];
    parseYaml(schema, 'count: 1', 'a.yml', (yaml) => {
      seen.push(yaml.has(['count']), yaml.has(['name']));
      return [];
    });
    expect(seen).toEqual([true, false]);
  });

  it('does not ask the schema about what is no YAML', () => {
    const { value, problems } = parseYaml(schema, 'count: [1', 'a.yml');
    expect(value).toBeUndefined();
    expect(problems.map(({ message }) => message).join()).not.toContain('count');
    expect(problems.length).toBeGreaterThan(0);
  });

  it('sorts places by their numbers, not their letters', () => {
    const lines = Array.from({ length: 11 }, (_, i) => `k${i}: 1`);
    const { problems } = parseYaml(schema, ['count: 1', ...lines].join('\n'), 'a.yml');
    expect(problems.map(({ where }) => where)).toEqual(lines.map((_, i) => `a.yml:${i + 2}:1`));
  });

  it('tells the same problem once', () => {
    const problem = { where: 'a.yml:1:1', message: 'inspected.', fix: '' };
    expect(parseYaml(schema, 'count: 1', 'a.yml', () => [problem, { ...problem }]).problems).toEqual([problem]);
  });

  it('stops telling after a hundred, and says so', () => {
    const inspect = () =>
      Array.from({ length: MAX_PROBLEMS + 1 }, (_, i) => ({ where: `a.yml:${i + 1}:1`, message: 'm', fix: '' }));
    const { problems } = parseYaml(schema, 'count: 1', 'a.yml', inspect);
    expect(problems).toHaveLength(MAX_PROBLEMS + 1);
    expect(problems.at(-1)).toEqual({ where: 'a.yml', message: 'only the first 100 problems are shown.', fix: '' });
  });
});
