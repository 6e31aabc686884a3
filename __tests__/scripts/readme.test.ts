import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, parseDocument } from 'yaml';
import { run } from '../../lab/process.ts';
import { findTool } from '../../lab/tools.ts';
import { mergePolicies } from '../../src/policy/merge.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const readme = read('README.md');
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...list('docs'), ...list('docs/adr')];

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function list(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);
}

/** The code blocks of a language, in order. */
function blocks(text: string, language: string): string[] {
  return Array.from(text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)).flatMap(([, found, body = '']) =>
    found === language ? [body] : [],
  );
}

/** A heading as GitHub names it in addresses; https://github.com/gjtorikian/html-pipeline/blob/main/lib/html_pipeline/node_filter/table_of_contents_filter.rb */
function anchorsOf(text: string): string[] {
  return Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the workflow of the README', () => {
  const [text = ''] = blocks(readme, 'yaml');
  const workflow = parse(text) as {
    jobs: { promote: { steps: readonly { id?: string; uses: string; with?: object; env?: object }[] } };
  };
  const step = workflow.jobs.promote.steps.find(({ id }) => id === 'promote');

  it('uses inputs that action.yml has, and all that it requires', () => {
    const action = parse(read('action.yml')) as { inputs: Record<string, { required: boolean }> };
    const given = Object.keys(step?.with ?? {});
    expect(given.filter((name) => action.inputs[name] === undefined)).toEqual([]);
    const required = Object.keys(action.inputs).filter((name) => action.inputs[name]?.required);
    // These two only a plan may stand for.
    expect([...required, 'source', 'target'].filter((name) => !given.includes(name))).toEqual([]);
  });

  it('gives the step the variables of its key', () => {
    expect(Object.keys(step?.env ?? {})).toEqual(['COSIGN_PRIVATE_KEY', 'COSIGN_PASSWORD']);
    expect(step?.with).toMatchObject({ 'cosign-key': 'env://COSIGN_PRIVATE_KEY' });
  });

  it('is one that act takes for valid', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'readme-test-'));
    try {
      const path = join(directory, '.github/workflows/promote.yml');
      await mkdir(dirname(path), { recursive: true });
      const validate = async (content: string) => {
        await writeFile(path, content);
        const env = { HOME: directory, PATH: process.env.PATH };
        return run(findTool('act'), ['--validate', '--strict', '-W', path], { cwd: directory, env });
      };
      expect(await validate(text)).toMatchObject({ code: 0 });
      expect((await validate(text.replace('runs-on:', 'run-on:'))).code).not.toBe(0);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('the policies of the README', () => {
  const policies = blocks(readme, 'yaml').filter((text) => /^version: 1$/m.test(text));

  it.each(policies.map((text, i) => [i + 1, text] as const))(
    'number %i is one that this release accepts and enforces, for its environments too',
    (_, text) => {
      const { policy, problems } = parsePolicy(text, 'README.md');
      expect(problems).toEqual([]);
      if (policy === undefined) throw new Error('there is no policy');
      for (const environment of [undefined, ...Object.keys(policy.environments ?? {})]) {
        expect(mergePolicies([{ name: 'README.md', policy }], environment).problems).toEqual([]);
      }
    },
  );

  it('differ for production: the first refuses HIGH there', () => {
    const { policy } = parsePolicy(policies[0] ?? '', 'README.md');
    if (policy === undefined) throw new Error('there is no policy');
    expect(policies.length).toBeGreaterThan(1);
    expect(mergePolicies([{ name: 'README.md', policy }], 'production').policy.scan.severity).toEqual([
      'CRITICAL',
      'HIGH',
    ]);
  });
});

describe('the other YAML of the README', () => {
  it('has the permission that signing without a key needs', () => {
    const [text = ''] = blocks(readme, 'yaml').filter((each) => each.startsWith('permissions:'));
    expect(parse(text)).toEqual({ permissions: { contents: 'read', 'id-token': 'write' } });
  });

  it('gives verify inputs that it has', () => {
    const [text = ''] = blocks(readme, 'yaml').filter((each) => each.includes('/verify@v1'));
    const [step] = parse(text) as { with: object }[];
    const { inputs } = parse(read('verify/action.yml')) as { inputs: object };
    expect(Object.keys(step?.with ?? {}).filter((name) => !(name in inputs))).toEqual([]);
    expect(Object.keys(step?.with ?? {})).toContain('images');
  });
});

describe('what the documents show', () => {
  it.each(documents)('%s: its YAML and JSON can be read', (document) => {
    const text = read(document);
    for (const each of blocks(text, 'yaml')) expect(parseDocument(each).errors).toEqual([]);
    for (const each of blocks(text, 'json')) expect(() => JSON.parse(each)).not.toThrow();
  });
});

describe('what the documents name', () => {
  it.each(documents)('%s: every relative link leads to a file, and to a heading where it names one', (document) => {
    const text = read(document);
    const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);
    const broken = links
      .filter((link) => !/^[a-z]+:/i.test(link))
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        const file = path === '' ? document : join(dirname(document), path);
        if (!existsSync(join(ROOT, file))) return true;
        return anchor !== undefined && !anchorsOf(read(file)).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it('are scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((document) =>
      Array.from(
        read(document).matchAll(/\bnpm (?:run ([\w-]+)|(test))\b/g),
        ([, script, test]) => script ?? test ?? '',
      ),
    );
    expect(new Set(named).size).toBeGreaterThan(2);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('are refusal codes that the code has', () => {
    const codes = Array.from(readme.matchAll(/`([A-Z]+(?:_[A-Z]+)+|VULNERABLE)`/g), ([, code = '']) => code);
    const known = read('src/policy/refusal.ts');
    const table = readme.slice(readme.indexOf('## What is refused'), readme.indexOf('## Try it here'));
    const listed = codes.filter((code) => table.includes(`\`${code}\``));
    expect(listed.length).toBeGreaterThan(5);
    expect(listed.filter((code) => !known.includes(`'${code}'`))).toEqual([]);
  });
});
