import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readYaml } from '../../src/policy/positioned-yaml.ts';
import { describeIssues, formatPath, MAX_PROBLEMS } from '../../src/policy/schema-problems.ts';

const schema = z.strictObject({
  name: z.string(),
  mode: z.enum(['enforce', 'report', 'off']).optional(),
  list: z.array(z.strictObject({ id: z.string(), note: z.string().optional() })).optional(),
  some: z.array(z.string()).min(1).optional(),
  either: z.union([z.array(z.string()), z.strictObject({ allow: z.array(z.string()) })]).optional(),
  even: z
    .number()
    .refine((n) => n % 2 === 0, { error: 'must be even', params: { fix: 'Add one.' } })
    .optional(),
  by: z.record(z.string().regex(/^[a-z]+$/, 'a key must be in small letters.'), z.number()).optional(),
});

/** What is wrong with a document that has a name and these lines, as `line:column message fix`. */
function describeLines(lines: string, all = `name: x\n${lines}\n`): string[] {
  const yaml = readYaml(all, 'a.yml');
  const { error } = schema.safeParse(yaml.value);
  const problems = describeIssues(error?.issues ?? [], yaml, schema);
  return problems.map(({ where, message, fix }) => `${where} ${message} ${fix}`.trim());
}

describe('describeIssues', () => {
  it.each([
    ['list: 3', 'a.yml:2:7 list must be a list, not 3.'],
    ['list: [{ id: [] }]', 'a.yml:2:14 list[0].id must be a text, not a list.'],
    ['list: [{ id: }]', 'a.yml:2:14 list[0].id must be a text, not nothing.'],
    ['list:\n  - note: n', 'a.yml:3:5 list[0].id is missing. Add it.'],
    ['mode: enforced', 'a.yml:2:7 mode must be enforce or report or off, not "enforced". Did you mean enforce?'],
    ['mode: 7', 'a.yml:2:7 mode must be enforce or report or off, not 7.'],
    ['moed: off', 'a.yml:2:1 "moed" is not known here. Did you mean mode?'],
    ['list: [{ id: a, nte: b }]', 'a.yml:2:17 "nte" is not known in list[0]. Did you mean note?'],
    ['<<: { mode: off }', 'a.yml:2:1 merge keys (<<) are not supported. Write the keys out.'],
    ['some: []', 'a.yml:2:7 some is empty. Name one, or leave the key out.'],
    ['either: 5', 'a.yml:2:9 either must be a list or a map, not 5.'],
    ['either: [5]', 'a.yml:2:10 either[0] must be a text, not 5.'],
    ['either: { alow: [] }', 'a.yml:2:11 "alow" is not known in either. Did you mean allow?'],
    ['even: 3', 'a.yml:2:7 even: must be even Add one.'],
    ['by: { A: 1 }', 'a.yml:2:7 a key must be in small letters.'],
  ])('of %j tells where, what and the fix', (lines, problem) => {
    expect(describeLines(lines)).toContain(problem);
  });

  it('names the whole document when that is of the wrong kind', () => {
    expect(describeLines('', '[]')).toEqual(['a.yml:1:1 the document must be a map, not a list.']);
  });

  it('tells every problem of a document', () => {
    expect(describeLines('mode: 7\nsome: []\nother: 1')).toHaveLength(3);
  });

  it('does not repeat a long value in full', () => {
    expect(describeLines(`list: ${'x'.repeat(500)}`)[0]?.length).toBeLessThan(150);
  });

  it('tells no more than anybody reads', () => {
    const entries = Array.from({ length: MAX_PROBLEMS + 50 }, () => '  - 1');
    expect(describeLines(`some:\n${entries.join('\n')}`)).toHaveLength(MAX_PROBLEMS);
    const keys = Array.from({ length: MAX_PROBLEMS + 50 }, (_, i) => `k${i}: 1`);
    expect(describeLines(keys.join('\n'))).toHaveLength(MAX_PROBLEMS);
  });
});

describe('formatPath', () => {
  it.each([
    [['scan', 'ignore', 2, 'reason'], 'scan.ignore[2].reason'],
    [[0, 'id'], '[0].id'],
    [[], 'the document'],
  ])('of %j is %s', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});
