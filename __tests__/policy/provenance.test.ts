import { describe, expect, it } from '@jest/globals';
import { readProvenance } from '../../src/policy/provenance.ts';
import { COMMIT, makeGithubProvenance, makeStatement, SLSA_TYPE } from './sample-statements.ts';

const V02 = 'https://slsa.dev/provenance/v0.2';
const OTHER = 'd'.repeat(40);

function readV1(externalParameters: unknown, resolvedDependencies: unknown = []): unknown {
  const predicate = {
    buildDefinition: { externalParameters, resolvedDependencies },
    runDetails: { builder: { id: 'https://b.io/x' } },
  };
  return readProvenance(makeStatement(SLSA_TYPE, predicate));
}

describe('SLSA provenance v1', () => {
  it("of GitHub's own action says builder, repository, ref and commit", () => {
    expect(readProvenance(makeGithubProvenance())).toEqual({
      builder: 'https://github.com/org/builds/.github/workflows/build.yml@refs/tags/v1',
      repository: 'org/app',
      ref: 'refs/heads/main',
      commit: COMMIT,
    });
  });

  it.each<[string, unknown, unknown]>([
    [
      'Cloud Build and Tekton',
      { buildConfigSource: { repository: 'https://github.com/org/app', ref: 'refs/heads/main', path: 'b.yaml' } },
      [{ uri: 'git+https://github.com/org/app.git', digest: { sha1: COMMIT } }],
    ],
    [
      'slsa-github-generator',
      { source: { uri: 'git+https://github.com/org/app@refs/heads/main', digest: { sha1: COMMIT } } },
      [],
    ],
    [
      'BuildKit',
      { configSource: { uri: 'https://github.com/org/app.git#refs/heads/main', digest: { sha1: COMMIT } } },
      [],
    ],
    [
      'an address alone',
      { source: 'git+https://github.com/org/app@refs/heads/main' },
      [{ uri: 'git+https://github.com/org/app@refs/heads/main', digest: { gitCommit: COMMIT } }],
    ],
  ])('of %s too', (_, parameters, dependencies) => {
    expect(readV1(parameters, dependencies)).toEqual({
      builder: 'https://b.io/x',
      repository: 'org/app',
      ref: 'refs/heads/main',
      commit: COMMIT,
    });
  });

  it('names no repository where only a dependency does, since that may be any', () => {
    const dependencies = [{ uri: 'git+https://github.com/org/app@refs/heads/main', digest: { gitCommit: COMMIT } }];
    expect(readV1({}, dependencies)).toEqual({ builder: 'https://b.io/x' });
  });

  it('names no repository where two parameters name two', () => {
    const source = { uri: 'git+https://github.com/org/app' };
    expect(readV1({ source, workflow: { repository: 'https://github.com/evil/app' } })).toEqual({
      builder: 'https://b.io/x',
    });
    expect(readV1({ source, workflow: { repository: 'nonsense' } })).toEqual({ builder: 'https://b.io/x' });
  });

  it('names no ref where one parameter says two', () => {
    const source = { uri: 'git+https://github.com/org/app@refs/heads/main', ref: 'refs/heads/dev' };
    expect(readV1({ source })).toEqual({ builder: 'https://b.io/x' });
  });

  it.each<[string, readonly object[]]>([
    ['none is there', []],
    [
      'it is of another repository',
      [{ uri: 'git+https://github.com/org/lib@refs/heads/main', digest: { gitCommit: COMMIT } }],
    ],
    ['it is of another ref', [{ uri: 'git+https://github.com/org/app@refs/heads/dev', digest: { gitCommit: COMMIT } }]],
    ['it is no commit', [{ uri: 'git+https://github.com/org/app@refs/heads/main', digest: { gitCommit: 'main' } }]],
    [
      'there are two',
      [COMMIT, OTHER].map((gitCommit) => ({ uri: 'git+https://github.com/org/app', digest: { gitCommit } })),
    ],
  ])('names no commit where %s', (_, dependencies) => {
    const provenance = readProvenance(makeGithubProvenance({}, dependencies));
    expect(provenance).toMatchObject({ repository: 'org/app', ref: 'refs/heads/main' });
    expect(provenance).not.toHaveProperty('commit');
  });
});

describe('SLSA provenance v0.2', () => {
  const predicate = {
    builder: { id: 'https://b.io/x' },
    invocation: {
      configSource: { uri: 'git+https://github.com/org/app@refs/tags/v1', digest: { sha1: COMMIT }, entryPoint: 'x' },
    },
    materials: [{ uri: 'git+https://github.com/org/app@refs/tags/v1', digest: { sha1: COMMIT } }],
  };

  it('says the same', () => {
    expect(readProvenance(makeStatement(V02, predicate))).toEqual({
      builder: 'https://b.io/x',
      repository: 'org/app',
      ref: 'refs/tags/v1',
      commit: COMMIT,
    });
  });

  it('is not read as v1, nor v1 as it', () => {
    expect(readProvenance(makeStatement(SLSA_TYPE, predicate))).toEqual({});
    const v1 = makeGithubProvenance() as { predicate: unknown };
    expect(readProvenance(makeStatement(V02, v1.predicate))).toEqual({});
  });
});

describe('anything else', () => {
  it.each<[unknown]>([[undefined], [null], ['x'], [[]], [{}], [makeStatement('https://slsa.dev/provenance/v1/', {})]])(
    'is no provenance: %j',
    (statement) => {
      expect(readProvenance(statement)).toBeUndefined();
    },
  );
});
