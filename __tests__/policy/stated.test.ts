import { describe, expect, it } from '@jest/globals';
import { GATING_KEYS, listStated, readStatements } from '../../src/policy/stated.ts';
import { readSample } from './sample-policy.ts';

function read(...samples: readonly string[]) {
  return samples
    .map((lines, i) => readSample(`${'abcdef'[i]}.yml`, lines))
    .map(({ name, policy }) => ({ name, sections: policy }));
}

describe('readStatements', () => {
  it('has what each policy states, in their order, and nothing of those that are silent', () => {
    const policies = read('scan: { mode: report }', 'scan: { severity: [CRITICAL, HIGH] }', 'scan: { mode: off }');
    expect(readStatements(policies, 'scan.mode')).toEqual([
      { policy: 'a.yml', value: 'report' },
      { policy: 'c.yml', value: 'off' },
    ]);
  });

  it('takes false and an empty list for statements', () => {
    const policies = read('images: { requireDigest: false }\nsources: { allow: [] }');
    expect(readStatements(policies, 'images.requireDigest')).toEqual([{ policy: 'a.yml', value: false }]);
    expect(readStatements(policies, 'sources.allow')).toEqual([{ policy: 'a.yml', value: [] }]);
  });
});

describe('listStated', () => {
  it('names who states what, and only what is stated', () => {
    const policies = read(
      'scan: { mode: report, ignoreUnfixed: false }\nupload: after-gates',
      'scan: { mode: off }\nregistries: { insecure: [dev.io] }',
    );
    expect(listStated(policies)).toEqual({
      'scan.mode': ['a.yml', 'b.yml'],
      'scan.ignoreUnfixed': ['a.yml'],
      upload: ['a.yml'],
      'registries.insecure': ['b.yml'],
    });
  });

  it('is empty for sections that say nothing', () => {
    expect(listStated(read('scan: {}\ntargets: {}\nsignature: {}'))).toEqual({});
  });
});

describe('GATING_KEYS', () => {
  it('are those that only mean something when findings refuse', () => {
    const all = read(
      'scan: { mode: enforce, severity: [CRITICAL], ignoreUnfixed: true, ignore: [], vex: [], databases: [db.io/x:2] }',
    );
    const others = Object.keys(listStated(all)).filter((key) => !GATING_KEYS.some((gating) => gating === key));
    expect(others).toEqual(['scan.vex', 'scan.databases']);
  });
});
