import { describe, expect, it } from '@jest/globals';
import { RECORD_PREDICATE } from '../../src/chain/record.ts';
import { VSA_PREDICATE } from '../../src/chain/vsa.ts';
import { VULN_PREDICATE } from '../../src/chain/vuln.ts';
import type { TrustAnchor } from '../../src/image/trust-anchor.ts';
import type { Outcome } from '../../src/promote/outcome.ts';
import { renderVerification } from '../../src/promote/verification.ts';
import { DIGEST, parseTarget, sampleOutcome } from './sample-outcome.ts';

const WEB = `prod.example/shop/web@${DIGEST}`;

/** The cosign commands, one a line. */
function commandsOf(changes: Partial<Outcome> = {}): string[] {
  const text = renderVerification(sampleOutcome({ transparencyLog: true, ...changes })) ?? '';
  return text.split('\n').filter((line) => line.startsWith('cosign '));
}

describe('renderVerification', () => {
  it('has a command for each tag, bound to it, and those for record and summary of each repository', () => {
    const names = ['prod.example/shop/web:1', 'prod.example/shop/web:2', 'dr.example/web:1'];
    const targets = names.map((name) => ({ target: parseTarget(name), result: 'promoted' as const }));
    const [record, summary] = [RECORD_PREDICATE, VSA_PREDICATE].map(
      (type) => `cosign verify-attestation --key cosign.pub --type ${type}`,
    );
    expect(commandsOf({ targets })).toEqual([
      `cosign verify --key cosign.pub -a target=prod.example/shop/web:1 ${WEB}`,
      `cosign verify --key cosign.pub -a target=prod.example/shop/web:2 ${WEB}`,
      ...[`${record} ${WEB}`, `${summary} ${WEB}`],
      `cosign verify --key cosign.pub -a target=dr.example/web:1 dr.example/web@${DIGEST}`,
      ...[`${record} dr.example/web@${DIGEST}`, `${summary} dr.example/web@${DIGEST}`],
    ]);
  });

  it.each<[Outcome['signs'], string[]]>([
    [{ signature: true, record: false, format: 'bundle' }, ['verify']],
    [{ signature: false, record: true, format: 'bundle' }, ['verify-attestation', 'verify-attestation']],
  ])('offers only what was signed: %j', (signs, expected) => {
    expect(commandsOf({ signs }).map((command) => command.split(' ')[1])).toEqual(expected);
  });

  it('passes over the transparency log, and says why, only where there is no entry', () => {
    expect(renderVerification(sampleOutcome({ transparencyLog: true }))).not.toContain('tlog');
    expect(commandsOf({ transparencyLog: false }).every((line) => line.includes(' --insecure-ignore-tlog=true '))).toBe(
      true,
    );
    expect(renderVerification(sampleOutcome())).toContain('there is no entry for cosign to look up');
  });

  it('shows the public key, folded, with the advice not to trust it for standing there', () => {
    const text = renderVerification(sampleOutcome()) ?? '';
    expect(text).toContain('a key shown beside a signature proves nothing');
    expect(text.indexOf('<details>')).toBeLessThan(text.indexOf('-----BEGIN PUBLIC KEY-----'));
  });

  it.each<[string, Partial<Outcome>]>([
    ['a refusal', { result: 'refused' }],
    ['a failure', { result: 'failed' }],
    ['a dry run', { result: 'planned' }],
    ['no key', { publicKey: undefined }],
    ['no digest', { pinned: undefined }],
  ])('is left out after %s', (_, changes) => {
    expect(renderVerification(sampleOutcome(changes))).toBeUndefined();
  });

  it('offers the scan where it is attached, by this run or an earlier one', () => {
    const entry = { repository: 'prod.example/shop/web', predicateType: VULN_PREDICATE };
    for (const changes of [{ evidence: [{ ...entry, digest: DIGEST }] }, { kept: [entry] }]) {
      expect(commandsOf(changes).at(-1)).toBe(
        `cosign verify-attestation --key cosign.pub --type ${VULN_PREDICATE} ${WEB}`,
      );
    }
  });

  it('stays after a run that changed nothing: the evidence is there', () => {
    expect(commandsOf({ result: 'unchanged' })).toHaveLength(3);
  });
});

describe('of a keyless signature', () => {
  const anchor: TrustAnchor = {
    ...{ kind: 'certificate', name: 'the workflow', transparencyLog: true },
    identity: { kind: 'exact', text: 'https://github.com/acme/flows/.github/workflows/promote.yml@refs/tags/v1' },
    issuer: { kind: 'exact', text: 'https://token.actions.githubusercontent.com' },
    repository: 'acme/shop',
  };
  const keyless = { anchor, publicKey: undefined };
  const identity =
    '--certificate-identity=https://github.com/acme/flows/.github/workflows/promote.yml@refs/tags/v1 --certificate-oidc-issuer=https://token.actions.githubusercontent.com --certificate-github-workflow-repository acme/shop';

  it('names identity, issuer and the repository that called the workflow', () => {
    expect(commandsOf(keyless)[0]).toBe(`cosign verify ${identity} -a target=prod.example/shop/web:1.4.0 ${WEB}`);
    const text = renderVerification(sampleOutcome(keyless)) ?? '';
    expect(text).toContain('an identity shown beside a signature proves nothing');
    expect(text).not.toContain('cosign.pub');
  });

  it('names the trusted root of a private Sigstore, and passes over only what that lacks', () => {
    const base = { mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1' };
    const service = [{ a: 1 }];
    const full = JSON.stringify({
      ...base,
      certificateAuthorities: service,
      tlogs: service,
      ctlogs: service,
      timestampAuthorities: service,
    });
    const silent = { ...keyless, anchor: { ...anchor, transparencyLog: false } };
    const bare = JSON.stringify({ ...base, certificateAuthorities: service, timestampAuthorities: service });
    expect(commandsOf({ ...keyless, trustedRoot: full })[0]).toContain(
      `${identity} --trusted-root trusted_root.json -a`,
    );
    expect(commandsOf({ ...silent, trustedRoot: bare, transparencyLog: false })[0]).toContain(
      `${identity} --insecure-ignore-tlog=true --use-signed-timestamps --insecure-ignore-sct=true --trusted-root trusted_root.json -a`,
    );
  });

  it('quotes for the shell what needs it', () => {
    const odd = { ...anchor, identity: { kind: 'exact', text: "a'b c" } } as const;
    expect(commandsOf({ ...keyless, anchor: odd })[0]).toContain("'--certificate-identity=a'\\''b c' ");
  });
});

describe('of a signature in the older form', () => {
  const flags = '--key cosign.pub -a target=prod.example/shop/web:1.4.0';

  // In this form there is never an entry in the log.
  const older = '--new-bundle-format=false --insecure-ignore-tlog=true';

  it.each([
    ['legacy', [`cosign verify ${older} ${flags} ${WEB}`]],
    ['both', [`cosign verify ${flags} ${WEB}`, `cosign verify ${older} ${flags} ${WEB}`]],
  ] as const)('asks for the form that is there: %s', (format, expected) => {
    expect(commandsOf({ signs: { signature: true, record: false, format } })).toEqual(expected);
  });

  it('says who looks at it', () => {
    const signs = { signature: true, record: true, format: 'both' } as const;
    expect(renderVerification(sampleOutcome({ signs }))).toContain('OpenShift, CRI-O and podman');
    expect(renderVerification(sampleOutcome())).not.toContain('OpenShift');
  });
});
