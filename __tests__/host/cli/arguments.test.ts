import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../../src/base/error.ts';
import type { InputSpec } from '../../../src/base/fields.ts';
import { isSecretInput, readArguments, toVariable } from '../../../src/host/cli/arguments.ts';
import { PROMOTE_INPUTS } from '../../../src/promote/inputs.ts';
import { VERIFY_INPUTS } from '../../../src/verify/inputs.ts';

const SPECS: Readonly<Record<string, InputSpec>> = PROMOTE_INPUTS;
const read = (...args: readonly string[]) => readArguments(args, SPECS);
const problemsOf = (...args: readonly string[]): string[] => {
  try {
    read(...args);
    return [];
  } catch (error) {
    if (error instanceof UsageError) return error.problems.map(({ where, message }) => `${where} ${message}`);
    throw error;
  }
};

describe('the flags of a command line', () => {
  it('are the inputs of the action, with the value behind a space or an equals sign', () => {
    expect(read('--source', 'a.test/b:1', '--target=c.test/d:1').inputs).toEqual({
      source: 'a.test/b:1',
      target: 'c.test/d:1',
    });
  });

  it('make a list when they are repeated', () => {
    expect(read('--target', 'c.test/d:1', '--target', 'c.test/d:2').inputs.target).toBe('c.test/d:1\nc.test/d:2');
  });

  it.each([
    [['--dry-run', '--source', 'x'], { 'dry-run': 'true', source: 'x' }],
    [['--dry-run', 'true', '--source', 'x'], { 'dry-run': 'true', source: 'x' }],
    [['--sign', 'false'], { sign: 'false' }],
    [['--sign=false', '--attest'], { sign: 'false', attest: 'true' }],
    [['--ignore-unfixed'], { 'ignore-unfixed': 'true' }],
  ])('that are true or false need no value: %j', (args, inputs) => {
    expect(read(...args).inputs).toEqual(inputs);
  });

  it('ask for help and JSON', () => {
    expect(read('--json', '--help')).toMatchObject({ json: true, help: true, inputs: {} });
    expect(read('-h')).toMatchObject({ json: false, help: true });
  });

  it('that nobody knows are told with the nearest name, all at once', () => {
    expect(() => read('--sorce', 'x', '--jsn')).toThrow(
      /--sorce.*Did you mean source\?[\s\S]*--jsn.*Did you mean json\?/,
    );
  });

  it('are all that there is: a stray word, and a flag without its value, are told', () => {
    expect(problemsOf('source')).toEqual(['source is no flag.']);
    expect(problemsOf('--source', 'a', 'b')).toEqual(['b is no flag.']);
    expect(problemsOf('--source', '--dry-run')).toEqual(['--source has no value.']);
    expect(problemsOf('--source')).toEqual(['--source has no value.']);
  });
});

describe('a secret', () => {
  it('is never a flag’s value, and not repeated when it is one', () => {
    for (const args of [
      ['--source-password', 'hunter22'],
      ['--source-password=hunter22'],
      ['--sorce-pasword', 'hunter22'],
    ]) {
      expect(problemsOf(...args)).toHaveLength(1);
      expect(problemsOf(...args).join()).not.toContain('hunter22');
    }
    expect(() => read('--source-password', 'x')).toThrow(/PROMOTE_IMAGE_SOURCE_PASSWORD.*--source-password-stdin/);
  });

  it('may come from standard input, one of them', () => {
    expect(read('--source-password-stdin')).toMatchObject({ standardInput: 'source-password', inputs: {} });
    expect(problemsOf('--source-password-stdin', '--target-password-stdin')).toHaveLength(1);
    expect(problemsOf('--source-stdin')).toHaveLength(1);
  });

  it('is every input that holds one', () => {
    const secrets = [...Object.keys(PROMOTE_INPUTS), ...Object.keys(VERIFY_INPUTS)].filter(isSecretInput);
    expect(new Set(secrets)).toEqual(new Set(['source-password', 'target-password', 'registry-auth', 'github-token']));
    expect(toVariable('source-password')).toBe('PROMOTE_IMAGE_SOURCE_PASSWORD');
  });
});
