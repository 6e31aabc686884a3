import { describe, expect, it } from '@jest/globals';
import type { CertificateAnchor, SignerIdentity } from '../../src/image/trust-anchor.ts';
import { demandCaller, judgeCaller } from '../../src/signer/caller-repository.ts';

const OWN = 'https://github.com/org/app/.github/workflows/promote.yml@refs/heads/main';
const SHARED = 'https://github.com/shared/flows/.github/workflows/promote.yml@refs/heads/main';
const PIPELINE = 'https://gitlab.com/group/project//.gitlab-ci.yml@refs/heads/main';
const MAIL = 'dev@example.com';

const makeAnchor = (text: string, repository?: string, kind: 'exact' | 'regexp' = 'exact'): CertificateAnchor => ({
  kind: 'certificate',
  name: text,
  transparencyLog: true,
  identity: { kind, text },
  issuer: { kind: 'exact', text: 'https://token.test' },
  ...(repository === undefined ? {} : { repository }),
});
const makeSigner = (identity: string, repository?: string): Extract<SignerIdentity, { kind: 'certificate' }> => ({
  kind: 'certificate',
  identity,
  issuer: 'https://token.test',
  ...(repository === undefined ? {} : { repository }),
});

describe('for whom a certificate is', () => {
  it.each<[string, CertificateAnchor, [string, string?]]>([
    ['the repository of the workflow itself', makeAnchor(OWN), [OWN, 'org/app']],
    ['the same by a pattern', makeAnchor('.*', undefined, 'regexp'), [OWN, 'org/app']],
    ['the repository that is demanded', makeAnchor(SHARED, 'org/app'), [SHARED, 'org/app']],
    ['the project of a pipeline', makeAnchor(PIPELINE), [PIPELINE, 'group/project']],
    ['a person', makeAnchor(MAIL), [MAIL]],
  ])('may be %s', (_what, anchor, signer) => {
    expect(judgeCaller(anchor, makeSigner(...signer))).toBeUndefined();
  });

  it.each<[string, CertificateAnchor, [string, string?], string]>([
    [
      'a stranger that calls our workflow',
      makeAnchor(OWN),
      [OWN, 'evil/x'],
      `for evil/x: name the caller's repository`,
    ],
    ['a stranger, by a pattern', makeAnchor('.*', undefined, 'regexp'), [OWN, 'evil/x'], 'name the caller'],
    ['us, while nobody said so', makeAnchor(SHARED), [SHARED, 'org/app'], `for org/app: name the caller's repository`],
    ['somebody else than is demanded', makeAnchor(SHARED, 'org/app'), [SHARED, 'evil/x'], 'not for org/app'],
    ['a name in other letters', makeAnchor(SHARED, 'org/app'), [SHARED, 'Org/App'], 'not for org/app'],
    ['nobody it names', makeAnchor(OWN), [OWN], 'no repository that its certificate names'],
    ['a person, where a repository is demanded', makeAnchor(MAIL, 'org/app'), [MAIL], 'not for org/app'],
  ])('may not be %s', (_what, anchor, signer, reason) => {
    expect(judgeCaller(anchor, makeSigner(...signer))).toContain(reason);
  });
});

describe('what cosign must demand where we cannot look', () => {
  it.each<[string, CertificateAnchor, ReturnType<typeof demandCaller>]>([
    ['what the anchor says', makeAnchor(SHARED, 'org/app'), { repository: 'org/app' }],
    ['the same beside a pattern', makeAnchor('.*', 'org/app', 'regexp'), { repository: 'org/app' }],
    ["the workflow's own repository", makeAnchor(OWN), { repository: 'org/app' }],
    ['nothing of a person', makeAnchor(MAIL), {}],
    ['what cannot be said of a pattern', makeAnchor('.*', undefined, 'regexp'), 'unknown'],
    ['what cannot be said of a pipeline', makeAnchor(PIPELINE), 'unknown'],
  ])('is %s', (_what, anchor, demand) => {
    expect(demandCaller(anchor)).toEqual(demand);
  });
});
