import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/base/error.ts';
import { digestOf } from '../../src/image/digest.ts';
import { DEFAULT_POLICY, readPolicies, throwProblems } from '../../src/inputs/policy-files.ts';

const POLICY = 'version: 1\nscan: { severity: [CRITICAL] }\n';

function read(input: string, files: Readonly<Record<string, string>> = {}): ReturnType<typeof readPolicies> {
  const unused = async (): Promise<never> => Promise.reject(new Error('a policy is not read from the work tree'));
  return readPolicies(input, { readText: unused, isExecutable: unused, readPolicy: async (path) => files[path] });
}

async function namesOf(input: string, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const { policies, problems } = await read(input, files);
  expect(problems).toEqual([]);
  return policies.map(({ name }) => name);
}

describe('without the input', () => {
  it.each(['', ' \n', '# none\r\n'])('(%j) the default file is read', async (input) => {
    expect(await namesOf(input, { [DEFAULT_POLICY]: POLICY })).toEqual([DEFAULT_POLICY]);
  });

  it('there need be no policy', async () => {
    expect(await read('')).toEqual({ policies: [], problems: [] });
  });
});

describe('files', () => {
  it('stand a line each, and the default file is not read beside them', async () => {
    const files = { 'a.yml': POLICY, 'b c.yml': POLICY, [DEFAULT_POLICY]: 'broken' };
    expect(await namesOf('  a.yml\r\n# not this\r\n\r\nb c.yml\r\n', files)).toEqual(['a.yml', 'b c.yml']);
  });

  it.each(['C:\\policies\\prod.yml', '/etc/policy.yml', './x.yml', 'weird:name.yml', 'scan'])(
    'may have the path %s',
    async (path) => {
      expect(await namesOf(path, { [path]: POLICY })).toEqual([path]);
    },
  );

  it('are kept with the digest of their exact text', async () => {
    const text = `\ufeff${POLICY.replaceAll('\n', '\r\n')}`;
    expect((await read('a.yml', { 'a.yml': text })).policies).toMatchObject([
      { name: 'a.yml', digest: digestOf(text) },
    ]);
  });

  it('that are missing or wrong are told together', async () => {
    const { policies, problems } = await read('gone.yml\nbad.yml\nworse.yml\ngood.yml', {
      'bad.yml': 'version: 1\nscna: {}\n',
      'worse.yml': 'version: [',
      'good.yml': POLICY,
    });
    expect(policies.map(({ name }) => name)).toEqual(['good.yml']);
    expect(problems.map(({ where }) => where.replace(/:.*/, ''))).toEqual(
      expect.arrayContaining(['input policy', 'bad.yml', 'worse.yml']),
    );
    expect(problems[0]).toMatchObject({ message: 'names gone.yml, which does not exist.' });
  });

  it('that are empty are no policy', async () => {
    expect((await read('empty.yml', { 'empty.yml': '' })).problems).not.toEqual([]);
  });
});

describe('YAML in place', () => {
  it.each([
    ['in blocks', POLICY],
    ['with Windows line ends', POLICY.replaceAll('\n', '\r\n')],
    ['as JSON', '{"version": 1}'],
    ['after a comment', '# ours\nversion: 1\n'],
    ['as a document', '---\nversion: 1\n'],
    ['with its schema first', '$schema: https://example.test/policy.schema.json\nversion: 1\n'],
    ['with its keys in quotes', '"version": 1\n'],
    ['indented', '  version: 1\n  scan: { mode: report }\n'],
  ])('is read %s', async (_, text) => {
    const { policies, problems } = await read(text, { [DEFAULT_POLICY]: POLICY });
    expect(problems).toEqual([]);
    expect(policies).toMatchObject([{ name: 'input policy', digest: digestOf(text) }]);
  });

  it('that is wrong is a problem at its line, not a missing file', async () => {
    expect((await read('version: 1\nscan: { mode: hard }\n')).problems).toMatchObject([
      { where: expect.stringMatching(/^input policy:2:/) },
    ]);
  });
});

describe('throwProblems', () => {
  it('throws all of them, or nothing', () => {
    const problems = [{ where: 'a', message: 'b', fix: 'c' }];
    expect(() => throwProblems(problems)).toThrow(UsageError);
    expect(() => throwProblems([])).not.toThrow();
  });
});
