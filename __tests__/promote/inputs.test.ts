import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { PROMOTE_INPUTS, PROMOTE_OUTPUTS } from '../../src/promote/inputs.ts';
import { toOutputs } from '../../src/promote/outputs.ts';
import { sampleOutcome } from './sample-outcome.ts';

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  inputs: Record<string, { default?: string; required?: boolean }>;
  outputs: Record<string, object>;
};

describe('the inputs of promote', () => {
  it('are those of action.yml, with their defaults', () => {
    const ours = Object.entries(PROMOTE_INPUTS).map(([name, spec]) => [
      name,
      'default' in spec ? spec.default : undefined,
    ]);
    const theirs = Object.entries(action.inputs).map(([name, { default: value }]) => [name, value]);
    expect(ours).toEqual(theirs);
  });

  it('are described in a sentence', () => {
    for (const { description } of Object.values(PROMOTE_INPUTS))
      expect(description).toMatch(/^(?:[A-Z`]|cosign ).*\.$/s);
  });
});

describe('the outputs of promote', () => {
  it('are those of action.yml, and all of them are set', () => {
    expect(Object.keys(PROMOTE_OUTPUTS)).toEqual(Object.keys(action.outputs));
    expect(Object.keys(toOutputs(sampleOutcome())).sort()).toEqual(Object.keys(PROMOTE_OUTPUTS).sort());
  });
});
