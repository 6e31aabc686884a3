import { describe, expect, it } from '@jest/globals';
import { readInputs } from '../../../src/host/actions/inputs.ts';

describe('readInputs', () => {
  it('reads what the runner passes, by the names of action.yml', () => {
    const env = { 'INPUT_DRY-RUN': 'true', INPUT_SOURCE: 'r.test/app:1', INPUT_TARGET: '' };
    expect(readInputs(env)).toEqual({ 'dry-run': 'true', source: 'r.test/app:1', target: '' });
  });

  it('reads nothing else', () => {
    expect(readInputs({ PATH: '/bin', GITHUB_TOKEN: 't', MY_INPUT_X: 'y' })).toEqual({});
  });

  it('leaves values as they are', () => {
    expect(readInputs({ 'INPUT_SOURCE-PASSWORD': '  p w \n' })).toEqual({ 'source-password': '  p w \n' });
  });
});
