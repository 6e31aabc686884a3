import { describe, expect, it } from '@jest/globals';
import type { CertificateAnchor, KeyAnchor } from '../../src/image/trust-anchor.ts';
import { listIdentityFlags, listRootFlags } from '../../src/signer/anchor-flags.ts';
import { parseTrustedRoot } from '../../src/signer/sigstore-config.ts';

const KEY: KeyAnchor = { kind: 'key', name: 'keys/a.pub', key: 'PEM', transparencyLog: true };
const CERTIFICATE: CertificateAnchor = {
  kind: 'certificate',
  name: 'dev@example.com',
  transparencyLog: true,
  identity: { kind: 'exact', text: 'dev@example.com' },
  issuer: { kind: 'regexp', text: 'https://a|https://b' },
};
const root = (...lists: readonly string[]) =>
  parseTrustedRoot(
    JSON.stringify({
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      ...Object.fromEntries(lists.map((list) => [list, [{}]])),
    }),
  );
const ALL = ['tlogs', 'certificateAuthorities', 'ctlogs', 'timestampAuthorities'] as const;
const without = (...names: readonly string[]) => root(...ALL.filter((name) => !names.includes(name)));

describe('the flags for an identity', () => {
  it('compare it as it is, and a pattern with all of the text', () => {
    expect(listIdentityFlags(CERTIFICATE)).toEqual([
      '--certificate-identity=dev@example.com',
      '--certificate-oidc-issuer-regexp=^(?:https://a|https://b)$',
    ]);
    expect(listIdentityFlags({ ...CERTIFICATE, repository: 'org/app' }).slice(2)).toEqual([
      '--certificate-github-workflow-repository',
      'org/app',
    ]);
  });

  it.each(['a)|(?:b', '(', '[', '\\'])('refuse the pattern %j, which could reach out of the whole', (text) => {
    const anchor = { ...CERTIFICATE, identity: { kind: 'regexp', text } } as const;
    expect(() => listIdentityFlags(anchor)).toThrow(expect.objectContaining({ code: 'TRUST_UNUSABLE' }));
  });

  it.each(['exact', 'regexp'] as const)('refuse an empty text that is %s', (kind) => {
    const anchor = { ...CERTIFICATE, issuer: { kind, text: '' } };
    expect(() => listIdentityFlags(anchor)).toThrow(expect.objectContaining({ code: 'TRUST_UNUSABLE' }));
  });

  it('hold a text that looks like a flag together with its own', () => {
    const anchor = { ...CERTIFICATE, identity: { kind: 'exact', text: '--insecure-ignore-sct' } } as const;
    expect(listIdentityFlags(anchor)[0]).toBe('--certificate-identity=--insecure-ignore-sct');
  });
});

describe('the flags for a trusted root', () => {
  const quiet = { transparencyLog: false } as const;
  const NO_LOG = '--insecure-ignore-tlog=true';

  it('leave nothing out where everything can be checked', () => {
    for (const trusted of [undefined, root(...ALL)]) {
      expect(listRootFlags(KEY, trusted)).toEqual([]);
      expect(listRootFlags(CERTIFICATE, trusted)).toEqual([]);
    }
  });

  it('leave out the log for whom none is demanded, and then want a time stamp of a certificate', () => {
    expect(listRootFlags({ ...KEY, ...quiet }, root())).toEqual([NO_LOG]);
    expect(listRootFlags({ ...CERTIFICATE, ...quiet }, without('tlogs'))).toEqual([NO_LOG, '--use-signed-timestamps']);
    expect(listRootFlags({ ...CERTIFICATE, ...quiet }, undefined)).toEqual([NO_LOG, '--use-signed-timestamps']);
    expect(listRootFlags({ ...CERTIFICATE, ...quiet }, without('timestampAuthorities'))).toEqual([NO_LOG]);
  });

  it('leave out the log of certificates only where the root has none', () => {
    expect(listRootFlags(CERTIFICATE, without('ctlogs'))).toEqual(['--insecure-ignore-sct=true']);
  });

  it('are none where the root proves nothing', () => {
    for (const [anchor, trusted, message] of [
      [KEY, without('tlogs'), /keys\/a\.pub counts only with an entry/],
      [CERTIFICATE, without('tlogs'), /names no log/],
      [CERTIFICATE, without('certificateAuthorities'), /names no certificate authority/],
    ] as const) {
      const error = { code: 'TRUST_UNUSABLE', message: expect.stringMatching(message), hint: expect.any(String) };
      expect(() => listRootFlags(anchor, trusted)).toThrow(expect.objectContaining(error));
    }
  });
});
