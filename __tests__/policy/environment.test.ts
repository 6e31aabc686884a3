import { describe, expect, it } from '@jest/globals';
import { findUnknownEnvironment, listClaims, resolveEnvironment } from '../../src/policy/environment.ts';
import { readSample } from './sample-policy.ts';

const SAMPLE = readSample(
  'a.yml',
  `scan: { mode: report, severity: [CRITICAL, HIGH] }
targets: { allow: [a.io/*], forbidTags: [beta] }
environments:
  prod: { targets: [prod.io/*], scan: { mode: enforce } }
  qa: { scan: { mode: off } }`,
);

describe('resolveEnvironment', () => {
  it.each([undefined, 'unheard-of'])('leaves the policy as it is for %s', (environment) => {
    expect(resolveEnvironment(SAMPLE, environment)).toEqual({
      name: 'a.yml',
      sections: SAMPLE.policy,
      targetsOf: undefined,
    });
  });

  it('replaces key by key: what the environment does not name stays', () => {
    const { sections } = resolveEnvironment(SAMPLE, 'prod');
    expect(sections.scan).toEqual({ mode: 'enforce', severity: ['CRITICAL', 'HIGH'] });
    expect(sections.targets).toEqual({ allow: ['prod.io/*'], forbidTags: ['beta'] });
  });

  it.each([
    ['prod', 'prod'],
    ['qa', undefined],
  ])('says whether the targets are those of %s', (environment, targetsOf) => {
    expect(resolveEnvironment(SAMPLE, environment).targetsOf).toBe(targetsOf);
  });

  it('replaces a list as a whole', () => {
    const sample = readSample(
      'a.yml',
      'scan: { severity: [CRITICAL, HIGH] }\nenvironments: { x: { scan: { severity: [CRITICAL] } } }',
    );
    expect(resolveEnvironment(sample, 'x').sections.scan?.severity).toEqual(['CRITICAL']);
  });
});

describe('listClaims', () => {
  it('names the targets of every environment, chosen or not, that has any', () => {
    expect(listClaims(SAMPLE)).toEqual([{ policy: 'a.yml', environment: 'prod', patterns: ['prod.io/*'] }]);
  });

  it('takes the long form too', () => {
    const sample = readSample('a.yml', 'environments: { x: { targets: { allow: [x.io/*] } }, y: { targets: {} } }');
    expect(listClaims(sample)).toEqual([{ policy: 'a.yml', environment: 'x', patterns: ['x.io/*'] }]);
  });
});

describe('findUnknownEnvironment', () => {
  const silent = readSample('silent.yml', '');
  const other = readSample('b.yml', 'environments: { dev: {} }');

  it.each([
    ['none is named', [], undefined],
    ['one of the policies defines it', [other, SAMPLE], 'qa'],
    ['no policy speaks of environments: it is only a label', [silent], 'anything'],
  ])('is content when %s', (_, policies, environment) => {
    expect(findUnknownEnvironment(policies, environment)).toEqual([]);
  });

  it('is wrong use without any policy', () => {
    expect(findUnknownEnvironment([], 'prod')).toMatchObject([
      { where: 'input environment', message: 'names prod, and there is no policy.' },
    ]);
  });

  it('is wrong use when those that speak of environments do not define it, and all they define is told', () => {
    expect(findUnknownEnvironment([SAMPLE, silent, other], 'prd')).toEqual([
      {
        where: 'input environment',
        message: 'names "prd", which a.yml and b.yml do not define.',
        fix: 'Defined: prod, qa, dev.',
      },
    ]);
  });

  it('does not take a name of JavaScript for an environment', () => {
    expect(findUnknownEnvironment([other], 'constructor')).toHaveLength(1);
  });
});
