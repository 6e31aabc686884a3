import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { renderGeneratedFiles } from '../../scripts/generate.ts';
import type { InputSpec } from '../../src/base/fields.ts';
import { CHECK_INPUTS, CHECK_OUTPUTS } from '../../src/check/inputs.ts';
import { PROMOTE_INPUTS, PROMOTE_OUTPUTS } from '../../src/promote/inputs.ts';
import { VERIFY_INPUTS, VERIFY_OUTPUTS } from '../../src/verify/inputs.ts';

const INPUTS: Readonly<Record<string, InputSpec>> = PROMOTE_INPUTS;
const ACTIONS: readonly (readonly [string, Readonly<Record<string, InputSpec>>, object])[] = [
  ['action.yml', PROMOTE_INPUTS, PROMOTE_OUTPUTS],
  ['verify/action.yml', VERIFY_INPUTS, VERIFY_OUTPUTS],
  ['check/action.yml', CHECK_INPUTS, CHECK_OUTPUTS],
];
interface ActionFile {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly required: boolean; readonly default?: string }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

let files: ReadonlyMap<string, string>;
beforeAll(async () => {
  files = await renderGeneratedFiles();
});
const text = (path: string): string => files.get(path) ?? '';
const readCommitted = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('generated files', () => {
  it('are in the checkout as their source says; npm run docs writes them', async () => {
    const stale: string[] = [];
    for (const [path, expected] of files) {
      if ((await readCommitted(path).catch(() => undefined)) !== expected) stale.push(path);
    }
    expect(stale).toEqual([]);
  });
});

describe.each(ACTIONS)('%s', (path, inputs, outputs) => {
  it('declares exactly the inputs and outputs that the code knows', () => {
    const action = parse(text(path)) as ActionFile;
    expect(Object.keys(action.inputs)).toEqual(Object.keys(inputs));
    expect(Object.keys(action.outputs)).toEqual(Object.keys(outputs));
    for (const [name, { default: fallback, required }] of Object.entries(action.inputs)) {
      expect({ name, fallback, required }).toEqual({
        name,
        fallback: inputs[name]?.default,
        required: inputs[name]?.required === true,
      });
    }
  });

  it('writes every default as text, as the runner passes it', () => {
    const action = parse(text(path)) as ActionFile;
    const odd = Object.entries(action.inputs).filter(
      ([, input]) => input.default !== undefined && typeof input.default !== 'string',
    );
    expect(odd).toEqual([]);
  });

  it('runs a file that is in the checkout', async () => {
    const { runs } = parse(text(path)) as ActionFile;
    expect(runs.using).toBe('node24');
    expect((await readCommitted(posix.join(posix.dirname(path), runs.main))).length).toBeGreaterThan(0);
  });
});

describe('the README', () => {
  it('has a row for every input and output, that stays one row', () => {
    const rows = text('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    for (const name of [...Object.keys(INPUTS), ...Object.keys(PROMOTE_OUTPUTS)]) {
      expect(rows.filter((row) => row.startsWith(`| \`${name}\` |`)).length).toBeGreaterThan(0);
    }
    const cells = (row: string) => row.replace(/\\\|/g, '').split('|').length - 2;
    expect(rows.filter((row) => cells(row) < 2 || cells(row) > 3)).toEqual([]);
  });

  it('marks what is required', () => {
    const required = Object.keys(INPUTS).filter((name) => INPUTS[name]?.required ?? INPUTS[name]?.requiredUnless);
    expect(required).toEqual(['source', 'target']);
    for (const name of required) expect(text('README.md')).toContain(`| \`${name}\` | **required** |`);
  });
});

describe('the schemas', () => {
  it.each(['policy', 'promotions', 'plan', 'batch-plan', 'record', 'chain', 'outputs'])(
    'of %s describe a JSON Schema that editors understand',
    (name) => {
      const schema = JSON.parse(text(`schemas/${name}.schema.json`)) as {
        $schema?: string;
        title?: string;
        type?: string;
      };
      expect(schema.$schema).toMatch(/^https?:\/\/json-schema\.org\//);
      expect(schema.title).toEqual(expect.any(String));
    },
  );

  it('of the record refuses fields nobody knows', () => {
    expect(JSON.parse(text('schemas/record.schema.json'))).toMatchObject({
      type: 'object',
      additionalProperties: false,
    });
  });
});
